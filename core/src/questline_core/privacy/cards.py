"""Requests, documents and holds as the API shows them."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.plugins.documents import render_document
from questline_core.privacy.consents import newest_of
from questline_core.privacy.documents import all_versions, published, text_in, valid_from
from questline_core.privacy.models import Consent, ConsentDocument, LegalHold, PrivacyRequest
from questline_core.privacy.schemas import (
    ConsentCard,
    DocumentVersion,
    HoldCard,
    PersonRef,
    PrivacyRequestCard,
    RequestCard,
)
from questline_sdk import Context, Page
from questline_sdk.pages import decode_cursor, paginate

HOLDS = 200


def request_card(request: PrivacyRequest) -> RequestCard:
    """A request as its person sees it."""
    return msgspec.convert(request, RequestCard, from_attributes=True)


async def consent_cards(ctx: HostContext, locale: str, user_id: UUID | None) -> list[ConsentCard]:
    """What people are asked, with what this person said that still holds."""
    said = await newest_of(ctx, [user_id]) if user_id else {}
    oldest = await valid_from(ctx)
    return [
        _card(each, locale, said.get((user_id, each.kind)) if user_id else None, oldest.get(each.kind, 1))
        for each in await published(ctx)
    ]


def _card(document: ConsentDocument, locale: str, word: Consent | None, oldest: int) -> ConsentCard:
    language, text = text_in(document, locale)
    holds = word is not None and (word.version >= oldest or not word.given)
    return ConsentCard(
        kind=document.kind,
        version=document.version,
        required=document.required,
        language=language,
        title=text.title,
        question=text.question,
        body_html=render_document(text.body),
        given=word.given if word is not None and holds else None,
        at=word.at if word is not None and holds else None,
    )


async def privacy_requests(
    ctx: Context, *, kind: str | None, state: str | None, cursor: str | None, limit: int
) -> Page[PrivacyRequestCard]:
    """Requests, newest first."""
    statement = _with_people().order_by(PrivacyRequest.id.desc()).limit(limit + 1)
    if kind is not None:
        statement = statement.where(PrivacyRequest.kind == kind)
    if state is not None:
        statement = statement.where(PrivacyRequest.state == state)
    if cursor is not None:
        (last,) = decode_cursor(cursor, tuple[UUID])
        statement = statement.where(PrivacyRequest.id < last)
    rows = [_request(*row, report=False) for row in await ctx.session.execute(statement)]
    return paginate(rows, limit, key=lambda each: (each.id,))


async def privacy_request(ctx: Context, request: PrivacyRequest) -> PrivacyRequestCard:
    """One request with its proof."""
    row = (await ctx.session.execute(_with_people().where(PrivacyRequest.id == request.id))).one()
    return _request(*row, report=True)


def _with_people() -> Any:
    same = (User.tenant_id == PrivacyRequest.tenant_id) & (User.id == PrivacyRequest.user_id)
    return select(PrivacyRequest, User).outerjoin(User, same)


def _request(request: PrivacyRequest, user: User | None, *, report: bool) -> PrivacyRequestCard:
    return PrivacyRequestCard(
        **msgspec.structs.asdict(request_card(request)),
        person=person_ref(user) if user is not None else None,
        by_person=request.requested_by is None or request.requested_by == request.user_id,
        report=request.report if report else None,
    )


def person_ref(user: User) -> PersonRef:
    """Who somebody is."""
    return PersonRef(id=user.id, display_name=user.display_name, email=user.email)


async def holds(ctx: Context) -> list[HoldCard]:
    """Holds, those in force first, then by time."""
    same = (User.tenant_id == LegalHold.tenant_id) & (User.id == LegalHold.user_id)
    order = (LegalHold.lifted_at.is_not(None), LegalHold.id.desc())
    rows = await ctx.session.execute(select(LegalHold, User).join(User, same).order_by(*order).limit(HOLDS))
    return [hold_card(hold, user) for hold, user in rows]


def hold_card(hold: LegalHold, user: User) -> HoldCard:
    """A hold as it is shown."""
    return HoldCard(
        id=hold.id,
        person=person_ref(user),
        reason=hold.reason,
        set_at=hold.set_at,
        set_by=hold.set_by,
        lifted_at=hold.lifted_at,
        lift_reason=hold.lift_reason,
    )


async def document_versions(ctx: Context) -> list[DocumentVersion]:
    """Every version of every document, with how many agree to it."""
    newest = (
        select(Consent.kind, Consent.version, Consent.given)
        .ext(distinct_on(Consent.user_id, Consent.kind))
        .order_by(Consent.user_id, Consent.kind, Consent.at.desc(), Consent.id.desc())
        .subquery()
    )
    count = select(newest.c.kind, newest.c.version, func.count()).where(newest.c.given)
    rows = await ctx.session.execute(count.group_by(newest.c.kind, newest.c.version))
    agreed = {(kind, version): number for kind, version, number in rows}
    return [document_version(each, agreed.get((each.kind, each.version), 0)) for each in await all_versions(ctx)]


def document_version(document: ConsentDocument, agreed: int = 0) -> DocumentVersion:
    """A version as its authors see it."""
    shown = msgspec.convert(document, DocumentVersion, from_attributes=True)
    return msgspec.structs.replace(shown, agreed=agreed)
