"""What a column keeps of a person, said beside the column, so that it can be exported, erased and looked up."""

from typing import Any, Literal

import msgspec

KEY = "questline.personal"
"""The key of the declaration in a column's `info`."""

UNTIL_ERASED = "until the account is erased"

Category = Literal["identity", "contact", "profile", "content", "performance", "activity", "technical", "financial"]
"""Kinds of personal data.

`identity` and `contact` say who somebody is and how to reach them, `profile` what they chose to show or to have,
`content` what they wrote, `performance` how well they did, `activity` what they did and when, `technical` what their
device told, `financial` what they paid.
"""


class PersonalData(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration: the column holds data of the person its row belongs to.

    Args:
        category: The kind of data.
        purpose: What it is kept for, in a sentence's words.
        retention: How long it is kept.
    """

    category: Category
    purpose: str
    retention: str = UNTIL_ERASED


class NotPersonal(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration: the column looks like personal data and is none, and why."""

    reason: str


def personal(*, category: Category, purpose: str, retention: str = UNTIL_ERASED) -> dict[Any, Any]:
    """Declare a column as personal data; give it to `mapped_column(info=...)`.

    The plugin must then implement `personal_data`, whose answer holds the column, and `erase_personal_data`, unless
    the row goes with the user by its foreign key.

    Raises:
        ValueError: The purpose or the retention is empty.

    Example:
        comment: Mapped[str] = mapped_column(info=personal(category="content", purpose="shown below the lesson"))
    """
    if not purpose.strip() or not retention.strip():
        raise ValueError("personal data need a purpose and a retention")
    return {KEY: PersonalData(category=category, purpose=purpose, retention=retention)}


def not_personal(reason: str) -> dict[Any, Any]:
    """Say that a column which looks like personal data is none, and why.

    Raises:
        ValueError: The reason is empty.

    Example:
        rule: Mapped[str] = mapped_column(info=not_personal("the key of a rule, written by the tenant"))
    """
    if not reason.strip():
        raise ValueError("say why the column holds no personal data")
    return {KEY: NotPersonal(reason=reason)}


def declaration(info: dict[Any, Any]) -> PersonalData | NotPersonal | None:
    """What a column's `info` declares; None where it says nothing."""
    found = info.get(KEY)
    return found if isinstance(found, PersonalData | NotPersonal) else None
