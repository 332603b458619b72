"""What people are asked to agree to: documents in versions and languages, drafted and published by the tenant."""

from typing import Annotated

import msgspec
from sqlalchemy import delete, func, select, update

from questline_core.context import HostContext
from questline_core.privacy.models import ConsentDocument
from questline_core.privacy.settings import rules_of
from questline_sdk import Conflict, Context, Invalid, NotFound

MARKETING = "marketing"
FALLBACK = "en"
Kind = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]{0,39}$", description="Such as terms or marketing.")]
LanguageTag = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class DocumentText(msgspec.Struct, frozen=True, kw_only=True):
    """A document in one language: its title, what the box beside it says, and the whole of it as Markdown."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    question: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    body: Annotated[str, msgspec.Meta(max_length=100_000)] = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it is written.

    Args:
        required: Nobody may use the site without agreeing.
        renews: Who agreed to the version before is asked again; left out for mended slips.
        texts: By language; one in English.
    """

    required: bool
    renews: bool = True
    texts: Annotated[dict[LanguageTag, DocumentText], msgspec.Meta(min_length=1, max_length=20)]


async def published(ctx: Context) -> list[ConsentDocument]:
    """The newest published version of each kind that is in use; in minors' mode none about marketing."""
    newest = (
        select(ConsentDocument.kind, func.max(ConsentDocument.version).label("version"))
        .where(ConsentDocument.published_at.is_not(None))
        .group_by(ConsentDocument.kind)
        .subquery()
    )
    same = (ConsentDocument.kind == newest.c.kind) & (ConsentDocument.version == newest.c.version)
    statement = select(ConsentDocument).join(newest, same).where(ConsentDocument.retired_at.is_(None))
    order = (ConsentDocument.required.desc(), ConsentDocument.kind)
    found = list(await ctx.session.scalars(statement.order_by(*order)))
    if found and (await rules_of(ctx)).minors:
        return [each for each in found if each.kind != MARKETING]
    return found


async def valid_from(ctx: Context) -> dict[str, int]:
    """By kind, the oldest version that an agreement to still holds: nothing since has asked for it anew."""
    statement = (
        select(ConsentDocument.kind, func.max(ConsentDocument.version).label("version"))
        .where(ConsentDocument.published_at.is_not(None), ConsentDocument.renews | (ConsentDocument.version == 1))
        .group_by(ConsentDocument.kind)
    )
    return {row.kind: row.version for row in await ctx.session.execute(statement)}


async def all_versions(ctx: Context) -> list[ConsentDocument]:
    """Every version of every document, drafts and retired ones too, newest first."""
    order = (ConsentDocument.kind, ConsentDocument.version.desc())
    return list(await ctx.session.scalars(select(ConsentDocument).order_by(*order)))


async def save_draft(ctx: HostContext, kind: str, draft: Draft) -> ConsentDocument:
    """Write the draft of the next version; raises `Invalid` where there is no English text."""
    if FALLBACK not in draft.texts:
        raise Invalid.field("texts", "needs a text in English (en), for who reads no other language of it")
    values = {
        "required": draft.required,
        "renews": draft.renews,
        "texts": msgspec.to_builtins(draft.texts),
        "changed_at": ctx.now,
        "changed_by": ctx.actor.id if ctx.actor else None,
    }
    found = await _draft(ctx, kind)
    if found is None:
        last = await ctx.session.scalar(select(func.max(ConsentDocument.version)).where(ConsentDocument.kind == kind))
        found = ConsentDocument(kind=kind, version=(last or 0) + 1, **values)
        ctx.session.add(found)
    else:
        for name, value in values.items():
            setattr(found, name, value)
    await ctx.session.flush()
    await ctx.audit("privacy.document.drafted", subject=("consent_document", kind), after={"version": found.version})
    return found


async def publish(ctx: HostContext, kind: str) -> ConsentDocument:
    """Put the draft in force; who has to agree is asked at their next visit. Raises `NotFound`."""
    found = await _draft(ctx, kind)
    if found is None:
        raise NotFound("There is no draft.")
    found.published_at = ctx.now
    await ctx.session.flush()
    after = {"version": found.version, "required": found.required, "renews": found.renews}
    await ctx.audit("privacy.document.published", subject=("consent_document", kind), after=after)
    return found


async def discard(ctx: HostContext, kind: str) -> None:
    """Throw the draft away."""
    await ctx.session.execute(
        delete(ConsentDocument).where(ConsentDocument.kind == kind, ConsentDocument.published_at.is_(None))
    )


async def retire(ctx: HostContext, kind: str) -> None:
    """Ask for this no more; what people said stays. Raises `Conflict` where it is not asked for."""
    statement = (
        update(ConsentDocument)
        .where(
            ConsentDocument.kind == kind,
            ConsentDocument.published_at.is_not(None),
            ConsentDocument.retired_at.is_(None),
        )
        .values(retired_at=ctx.now)
    )
    if not (await ctx.session.execute(statement.returning(ConsentDocument.id))).all():
        raise Conflict("Nobody is asked for this now.", code="document_not_published")
    await ctx.audit("privacy.document.retired", subject=("consent_document", kind))


def text_in(document: ConsentDocument, locale: str) -> tuple[str, DocumentText]:
    """A document in the reader's language, or in English; and which it is."""
    for language in (locale, locale.partition("-")[0], FALLBACK):
        if language in document.texts:
            return language, msgspec.convert(document.texts[language], DocumentText)
    language, text = next(iter(document.texts.items()))
    return language, msgspec.convert(text, DocumentText)


async def _draft(ctx: Context, kind: str) -> ConsentDocument | None:
    statement = select(ConsentDocument).where(ConsentDocument.kind == kind, ConsentDocument.published_at.is_(None))
    return await ctx.session.scalar(statement.with_for_update())
