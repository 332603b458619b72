"""Privacy: what a plugin hands out of a person's data, and what people agreed to."""

import hashlib
from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

import msgspec

_COLOURS = ("Amber", "Blue", "Coral", "Golden", "Green", "Ivory", "Jade", "Lilac", "Ruby", "Silver", "Teal", "Violet")
_ANIMALS = (
    *("Badger", "Beaver", "Crane", "Dolphin", "Falcon", "Fox", "Gecko", "Heron", "Ibis", "Koala", "Lynx", "Marmot"),
    *("Otter", "Owl", "Panda", "Puffin", "Raven", "Robin", "Seal", "Swift", "Tapir", "Turtle", "Weasel", "Wren"),
)


class PersonalFile(msgspec.Struct, frozen=True, kw_only=True):
    """A blob that belongs to a person; put it anywhere into what `personal_data` returns.

    The archive holds the file, and in its place in the JSON the path to it. When the person is erased the blob is
    removed once the plugin's rows are.

    Args:
        key: The blob's key in the store.
        name: What the file is called in the archive, with its ending.
    """

    key: str
    name: str


class Consents(Protocol):
    """What people agreed to (provided by core).

    Kinds are the tenant's documents: `terms`, `privacy`, `marketing`, `analytics`, `ai` and whatever else it asks for.

    Example:
        if await ctx.service(Consents).given(user_id, "marketing"):
            ...
    """

    async def given(self, user_id: UUID, kind: str) -> bool:
        """Say whether the person has agreed to the present version and not withdrawn; False for an unknown kind."""
        ...

    async def who_gave(self, user_ids: Iterable[UUID], kind: str) -> frozenset[UUID]:
        """Those of these people who have agreed, in one statement."""
        ...

    async def may_sell(self, user_id: UUID) -> bool:
        """Say whether the person's data may be sold or shared for advertising: False after an opt-out (CCPA)."""
        ...

    async def minors(self) -> bool:
        """Say whether the tenant's people are minors: pseudonyms by default, and no marketing."""
        ...


def pseudonym(user_id: UUID) -> str:
    """A name that says nothing of the person, always the same one; two people may have the same.

    Who has the id can work it out; `UserCard.pseudonym` is one that nobody can.
    """
    digest = hashlib.sha256(user_id.bytes).digest()
    number = int.from_bytes(digest[2:4], "big") % 1000
    return f"{_COLOURS[digest[0] % len(_COLOURS)]} {_ANIMALS[digest[1] % len(_ANIMALS)]} {number:03}"
