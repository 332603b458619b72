"""What people said to the tenant's documents; every word is kept, the newest counts."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import distinct_on

from questline_core.context import HostContext
from questline_core.privacy.answers import Answer
from questline_core.privacy.choices import browser_opted_out, choice_of, needs_parent
from questline_core.privacy.documents import published, text_in, valid_from
from questline_core.privacy.models import Consent, ConsentDocument
from questline_core.privacy.settings import rules_of
from questline_sdk import Conflict, Context, Invalid
from questline_sdk.privacy import Consents
from questline_sdk.services import Service


async def newest_of(ctx: Context, user_ids: Iterable[UUID], kind: str | None = None) -> dict[tuple[UUID, str], Consent]:
    """The newest word of each of these people on each kind."""
    statement = (
        select(Consent)
        .ext(distinct_on(Consent.user_id, Consent.kind))
        .where(Consent.user_id.in_(list(user_ids)))
        .order_by(Consent.user_id, Consent.kind, Consent.at.desc(), Consent.id.desc())
    )
    if kind is not None:
        statement = statement.where(Consent.kind == kind)
    return {(each.user_id, each.kind): each for each in await ctx.session.scalars(statement)}


async def history(ctx: Context, user_id: UUID) -> list[Consent]:
    """Everything that a person said, newest first."""
    statement = select(Consent).where(Consent.user_id == user_id).order_by(Consent.at.desc(), Consent.id.desc())
    return list(await ctx.session.scalars(statement))


async def due(ctx: Context, user_id: UUID) -> list[ConsentDocument]:
    """The required documents that a person has yet to agree to."""
    documents = [each for each in await published(ctx) if each.required]
    if not documents:
        return []
    said, oldest = await newest_of(ctx, [user_id]), await valid_from(ctx)
    return [each for each in documents if not _holds(said.get((user_id, each.kind)), oldest)]


async def is_kept_out(ctx: Context, user_id: UUID, role: str) -> bool:
    """Say whether a person has to agree to something, or a parent of theirs, before they may do anything else."""
    return bool(await due(ctx, user_id)) or await needs_parent(ctx, user_id, role)


async def answer(ctx: HostContext, user_id: UUID, answers: Sequence[Answer], *, source: str, locale: str) -> None:
    """Keep what a person says.

    Raises:
        Conflict: There is a newer version by now (`document_changed`).
        Invalid: Nobody asks for this.
    """
    documents = {each.kind: each for each in await published(ctx)}
    rows: list[dict[str, Any]] = []
    for each in answers:
        document = documents.get(each.kind)
        if document is None:
            raise Invalid.field("consents", f"nobody asks for {each.kind!r}")
        if document.version != each.version:
            raise Conflict("The text has changed meanwhile; read it again.", code="document_changed")
        language, _ = text_in(document, locale)
        rows.append(
            {
                "user_id": user_id,
                "kind": each.kind,
                "version": each.version,
                "given": each.given,
                "at": ctx.now,
                "source": source,
                "language": language,
            }
        )
    if rows:
        await ctx.session.execute(insert(Consent), rows)
        after = {each.kind: each.given for each in answers}
        await ctx.audit("privacy.consents.answered", subject=("user", user_id), after=after)


async def answer_known(ctx: HostContext, user_id: UUID, answers: Sequence[Answer], *, locale: str) -> None:
    """Keep what somebody said when they signed up, as far as it is still asked: the gate asks for the rest."""
    asked = {(each.kind, each.version) for each in await published(ctx)}
    known = [each for each in answers if (each.kind, each.version) in asked]
    await answer(ctx, user_id, known, source="sign_up", locale=locale)


async def check_sign_up(ctx: HostContext, answers: Sequence[Answer]) -> None:
    """Raise `Invalid` where somebody who signs up declines what is required; who was not asked meets the gate."""
    if not answers:
        return
    agreed = {(each.kind, each.version) for each in answers if each.given}
    if any(each.required and (each.kind, each.version) not in agreed for each in await published(ctx)):
        raise Invalid.field("consents", "you have to agree to what is required")


class ConsentBook:
    """The service for plugins."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def given(self, user_id: UUID, kind: str) -> bool:
        """Say whether the person has agreed."""
        return user_id in await self.who_gave([user_id], kind)

    async def who_gave(self, user_ids: Iterable[UUID], kind: str) -> frozenset[UUID]:
        """Those of these people who have agreed."""
        if all(each.kind != kind for each in await published(self._ctx)):
            return frozenset()
        oldest = await valid_from(self._ctx)
        said = await newest_of(self._ctx, user_ids, kind)
        return frozenset(user_id for (user_id, _), word in said.items() if _holds(word, oldest))

    async def may_sell(self, user_id: UUID) -> bool:
        """Say whether the person's data may be sold; never in a request whose browser asks that they be not."""
        if browser_opted_out():
            return False
        choice = await choice_of(self._ctx, user_id)
        return not await self.minors() and not (choice is not None and choice.do_not_sell)

    async def minors(self) -> bool:
        """Say whether the tenant's people are minors."""
        return (await rules_of(self._ctx)).minors


PRIVACY_SERVICES = [Service(protocol=Consents, factory=ConsentBook)]


def _holds(word: Consent | None, oldest: dict[str, int]) -> bool:
    return word is not None and word.given and word.version >= oldest.get(word.kind, 1)
