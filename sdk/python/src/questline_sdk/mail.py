"""Mails of plugins: to people who run something in the tenant, or to one person."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

import msgspec


class MailWords(msgspec.Struct, frozen=True, kw_only=True):
    """What a mail says in one language; `{{ name }}` stands for a value, `{{ site }}` for the tenant's name.

    Args:
        subject: Its subject.
        paragraphs: Its text.
        button: What the link is called; None for a mail without one.
    """

    subject: str
    paragraphs: tuple[str, ...]
    button: str | None = None


class MailFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that goes with a mail.

    Args:
        name: Its file name.
        media_type: Such as `application/pdf`.
        content: Its bytes; a few hundred kilobytes at most.
    """

    name: str
    media_type: str
    content: bytes


class Mails(Protocol):
    """Mails in the tenant's look (provided by core).

    Example:
        await ctx.service(Mails).to_holders(
            "shop.orders.manage", "shop.sold_out", {"en": WORDS, "de": GERMAN}, path="/x/shop", item="Mug"
        )
    """

    async def to_holders(
        self, permission: str, kind: str, words: Mapping[str, MailWords], *, path: str | None = None, **values: str
    ) -> Sequence[UUID]:
        """Queue a mail, in this transaction, to each person who holds a permission everywhere in the tenant.

        Args:
            permission: Who is told.
            kind: What the mail is about, with the plugin's id before it, for the record of mails.
            words: By language; `en` must be there and is taken where the reader's is not.
            path: Where its button leads, on the tenant's site.
            values: What the words name.

        Returns:
            The ids of those who are told.
        """
        ...

    async def to_user(
        self,
        user_id: UUID,
        kind: str,
        words: Mapping[str, MailWords],
        *,
        path: str | None = None,
        files: Callable[[str], Awaitable[Sequence[MailFile]]] | None = None,
        **values: str,
    ) -> bool:
        """Queue a mail, in this transaction, to one person.

        Args:
            user_id: Who is told.
            kind: What the mail is about, with the plugin's id before it, for the record of mails.
            words: By language; `en` must be there and is taken where the reader's is not.
            path: Where its button leads, on the tenant's site.
            files: Makes what goes with it, in a language; not asked where no mail leaves the site.
            values: What the words name.

        Returns:
            Whether there is such a person, and active.
        """
        ...

    async def to_address(
        self,
        email: str,
        kind: str,
        words: Mapping[str, MailWords],
        *,
        locale: str = "en",
        path: str | None = None,
        **values: str,
    ) -> bool:
        """Queue a mail, in this transaction, to an address that may belong to nobody here, such as an invited one.

        Args:
            email: The address.
            kind: What the mail is about, with the plugin's id before it, for the record of mails.
            words: By language; `en` must be there and is taken where the reader's is not.
            locale: The reader's language, as far as anybody knows.
            path: Where its button leads, on the tenant's site.
            values: What the words name.

        Returns:
            Whether the site sends mail; where it does not, hand the link on in another way.
        """
        ...
