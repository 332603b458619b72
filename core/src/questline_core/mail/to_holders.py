"""Mails of plugins to whoever holds a permission, to one person, or to an address."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import or_, select

from questline_core.access.models import RoleGrant
from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.mail.service import Reader, queue_mail
from questline_core.mail.texts import FALLBACK, MailText, language_of
from questline_sdk.mail import MailFile, Mails, MailWords
from questline_sdk.permissions import Role
from questline_sdk.services import Service

MOST = 200
"""Of people who are told; in no sensible tenant do more run the same thing."""


class PluginMails:
    """What plugins send."""

    def __init__(self, ctx: HostContext) -> None:
        self._ctx = ctx

    async def to_holders(
        self, permission: str, kind: str, words: Mapping[str, MailWords], *, path: str | None = None, **values: str
    ) -> Sequence[UUID]:
        """Queue a mail to each active person who holds a permission everywhere in the tenant."""
        readers = await _holders(self._ctx, permission)
        for reader in readers:
            await queue_mail(self._ctx, kind, reader, path=path, text=_text(words, reader), files=(), **values)
        return [reader.user_id for reader in readers if reader.user_id]

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
        """Queue a mail to one active person; what would go with it is not made where there is no mail server."""
        person = select(User.id, User.email, User.display_name, User.locale)
        row = (await self._ctx.session.execute(person.where(User.id == user_id, User.status == "active"))).one_or_none()
        if row is None:
            return False
        reader = Reader(email=row.email, user_id=row.id, name=row.display_name, locale=row.locale)
        made = await files(language_of(row.locale)) if files and self._ctx.host.mail_server else ()
        await queue_mail(self._ctx, kind, reader, path=path, text=_text(words, reader), files=made, **values)
        return True

    async def to_address(
        self,
        email: str,
        kind: str,
        words: Mapping[str, MailWords],
        *,
        locale: str = FALLBACK,
        path: str | None = None,
        **values: str,
    ) -> bool:
        """Queue a mail to an address; says whether the site sends mail."""
        if self._ctx.host.mail_server is None:
            return False
        reader = Reader(email=email, locale=locale)
        await queue_mail(self._ctx, kind, reader, path=path, text=_text(words, reader), files=(), **values)
        return True


def _text(words: Mapping[str, MailWords], reader: Reader) -> MailText:
    own = words.get(language_of(reader.locale), words[FALLBACK])
    return MailText(subject=own.subject, paragraphs=list(own.paragraphs), button=own.button)


async def _holders(ctx: HostContext, permission: str) -> list[Reader]:
    host = ctx.host
    enabled, grants = await host.enablement.of(ctx.tenant_id), await host.roles.grants(ctx.tenant_id)
    names = {role.value for role in Role} | {role for role, _ in grants}
    roles = [role for role in names if permission in host.permissions.of_role(role, enabled, grants)]
    granted = select(RoleGrant.user_id).where(RoleGrant.role.in_(roles), RoleGrant.scope_id.is_(None))
    rows = await ctx.session.execute(
        select(User.id, User.email, User.display_name, User.locale)
        .where(User.status == "active", or_(User.role.in_(roles), User.id.in_(granted)))
        .order_by(User.created_at, User.id)
        .limit(MOST)
    )
    return [Reader(email=row.email, user_id=row.id, name=row.display_name, locale=row.locale) for row in rows]


MAIL_SERVICES = [Service(protocol=Mails, factory=lambda ctx: PluginMails(cast("HostContext", ctx)))]
