"""Reading a request's resource: what clients leave out or write their own way, before the library checks it."""

import contextlib
import re
import zoneinfo
from typing import Any
from uuid import UUID

from scim2_models import InvalidValueException, NotFoundException

from questline_scim.resources import Email, User

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def completed(payload: dict[str, Any]) -> dict[str, Any]:
    """A person's payload with what we need and some clients leave out: an address, a name to show, being active.

    Names of attributes are the same in upper and lower case (RFC 7643, 2.1).
    """
    given = {name.lower(): value for name, value in payload.items()}
    found = dict(payload)
    name, user_name = given.get("name"), given.get("username")
    if not given.get("emails") and isinstance(user_name, str) and "@" in user_name:
        found = {key: value for key, value in found.items() if key.lower() != "emails"}
        found["emails"] = [{"value": user_name, "type": "work", "primary": True}]
    if given.get("active") is None:
        found = {key: value for key, value in found.items() if key.lower() != "active"}
        found["active"] = True
    if not given.get("displayname"):
        parts = {key.lower(): value for key, value in name.items()} if isinstance(name, dict) else {}
        whole = " ".join(str(parts[key]) for key in ("givenname", "familyname") if parts.get(key))
        found = {key: value for key, value in found.items() if key.lower() != "displayname"}
        found["displayName"] = parts.get("formatted") or whole or user_name
    return found


def primary_of(user: User) -> Email:
    """The address that is the account's; raises `InvalidValueException` where there is none."""
    emails = [each for each in user.emails or [] if each.value]
    if not emails:
        raise InvalidValueException(detail="emails holds no address.")
    return next((each for each in emails if each.primary), emails[0])


def language_of(user: User) -> str | None:
    """The language to write to a person in, if they have one that is a language tag."""
    for text in (user.preferred_language, user.locale):
        tag = (text or "").partition(",")[0].strip().replace("_", "-")
        if LANGUAGE.fullmatch(tag):
            return tag
    return None


def time_zone_of(user: User) -> str | None:
    """The time zone of a person, if it is one."""
    with contextlib.suppress(ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        if user.timezone:
            return zoneinfo.ZoneInfo(user.timezone).key
    return None


def id_of(text: str | None) -> UUID:
    """The id in an address; raises `NotFoundException` for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        raise NotFoundException(detail=f"There is no resource {text}.") from None
