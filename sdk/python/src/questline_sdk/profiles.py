"""Custom fields of people's profiles: what a plugin asks of each person, beside their name and language.

A plugin declares its fields with `register_profile_fields`; core shows them in the profile form, to those who manage
people and in imports, checks what is entered, keeps it, exports it and erases it with the person.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol
from uuid import UUID

import msgspec

FieldKind = Literal["text", "long_text", "number", "boolean", "date", "choice"]
"""What a field holds: a line, several lines, a number, yes or no, a date (ISO 8601), one of its choices."""

Texts = Mapping[str, str]
"""A text by language (`en`, `de`); there is always one in `en`."""


class ProfileChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One of the values of a field of choices.

    Args:
        value: What is kept; never changed once people have it.
        label: What people read.
    """

    value: str
    label: Texts


class ProfileField(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a plugin adds to profiles.

    Args:
        name: `<plugin id>.<word>`; never changed once people have values.
        label: What the field is called.
        purpose: What the plugin needs it for, in a sentence; shown below the field.
        kind: What it holds.
        choices: The values of a field of choices.
        max_length: The longest text, in characters.
        seen_by: `self` is the person and those who manage people; `everyone` all who are signed in; `managers` only
            those who manage people.
        edited_by: `self` is the person and those who manage people; `managers` only those who manage people.

    Example:
        ProfileField(name="crm.department", label={"en": "Department", "de": "Abteilung"},
                     purpose={"en": "Courses are reported by department."})
    """

    name: str
    label: Texts
    purpose: Texts
    kind: FieldKind = "text"
    choices: Sequence[ProfileChoice] = ()
    max_length: int = 200
    seen_by: Literal["everyone", "self", "managers"] = "self"
    edited_by: Literal["self", "managers"] = "self"


class ProfileFields(Protocol):
    """What people have in the fields of the tenant's plugins (provided by core)."""

    async def all(self) -> Mapping[str, ProfileField]:
        """Each field by its name, in load order."""
        ...

    async def values(self, user_ids: Iterable[UUID], name: str) -> Mapping[UUID, Any]:
        """What these people have in a field; those without a value are left out."""
        ...
