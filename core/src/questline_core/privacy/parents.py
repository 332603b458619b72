"""For whom a parent has agreed, and for whom one has yet to: what those who answer for privacy work through."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased

from questline_core.auth.models import User
from questline_core.privacy.cards import person_ref
from questline_core.privacy.choices import STAFF
from questline_core.privacy.models import PrivacyChoice
from questline_core.privacy.schemas import ParentalConsent
from questline_sdk import Context, Invalid, Page
from questline_sdk.pages import decode_cursor, paginate

Noted = aliased(User)
"""Who noted that a parent agreed."""
NAME = func.lower(User.display_name)


async def parental_consents(
    ctx: Context, *, search: str | None, given: bool | None, cursor: str | None, limit: int
) -> Page[ParentalConsent]:
    """Those who learn, by name, with whether a parent has agreed.

    Args:
        ctx: The unit of work.
        search: Part of a name or of an address.
        given: Only those for whom a parent has agreed, or only those for whom none has.
        cursor: Where the page before ended.
        limit: The most to answer with.
    """
    matching = [User.role.not_in(STAFF), *_matching(search)]
    if given is not None:
        has = func.coalesce(PrivacyChoice.parental_consent, False)
        matching.append(has if given else ~has)
    total = await ctx.session.scalar(_joined(select(func.count())).where(*matching))
    statement = _joined(select(User, PrivacyChoice, Noted, NAME.label("name"))).where(*matching)
    if cursor is not None:
        name, user_id = decode_cursor(cursor, tuple[str, UUID])
        if "\0" in name:
            raise Invalid.field("cursor", "is not one of ours")
        statement = statement.where(tuple_(NAME, User.id) > tuple_(literal(name), literal(user_id, Uuid)))
    found: Sequence[Any] = (await ctx.session.execute(statement.order_by(NAME, User.id).limit(limit + 1))).all()
    names = {row.User.id: row.name for row in found}
    page = paginate(
        [_card(user, choice, noted) for user, choice, noted, _ in found],
        limit,
        lambda each: (names[each.person.id], each.person.id),
    )
    return Page(items=page.items, next_cursor=page.next_cursor, total=total)


def _joined(statement: Any) -> Any:
    chose = and_(PrivacyChoice.tenant_id == User.tenant_id, PrivacyChoice.user_id == User.id)
    noted = and_(Noted.tenant_id == User.tenant_id, Noted.id == PrivacyChoice.parental_consent_by)
    return statement.select_from(User).outerjoin(PrivacyChoice, chose).outerjoin(Noted, noted)


def _matching(search: str | None) -> list[ColumnElement[bool]]:
    term = (search or "").strip()
    return [or_(*(each.icontains(term, autoescape=True) for each in (User.display_name, User.email)))] if term else []


def _card(user: User, choice: PrivacyChoice | None, noted: User | None) -> ParentalConsent:
    return ParentalConsent(
        person=person_ref(user),
        given=choice is not None and choice.parental_consent,
        at=choice.parental_consent_at if choice is not None else None,
        noted_by=noted.display_name if noted is not None else None,
        parent_email=choice.parent_email if choice is not None else None,
        asked_at=choice.parent_asked_at if choice is not None else None,
        answer=choice.parent_answer if choice is not None else None,  # type: ignore[arg-type]
    )
