"""The HTTP API of a person's own privacy: take my data along, erase me, what I agree to."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream

from questline_core.auth.accounts import get_user
from questline_core.auth.keys import KeySet
from questline_core.auth.second_factor import demand_recent, is_recent
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.responses import NO_CONTENT, problems
from questline_core.privacy import consents, requests
from questline_core.privacy.archives import CONTENT_TYPE, archive_of, link_to
from questline_core.privacy.cards import consent_cards, request_card
from questline_core.privacy.choices import browser_opted_out, choice_of, choose_selling, honour_browser, needs_parent
from questline_core.privacy.schemas import (
    ArchiveLink,
    ChooseSelling,
    ConfirmErasure,
    ConsentWord,
    Documents,
    GiveConsents,
    MyPrivacy,
    RequestCard,
)
from questline_core.privacy.settings import rules_of
from questline_core.privacy.signing import ArchiveKey
from questline_sdk import Conflict, Invalid

OWN = "identity.profile.manage"
GPC_SINCE = dt.date(2026, 11, 23)
Ctx = NamedDependency[HostContext]
Locale = Annotated[str, QueryParameter(max_length=35, pattern=r"^[A-Za-z0-9-]*$", description="A BCP 47 tag.")]


@get("/privacy/mine", operation_id="get_my_privacy", permission=OWN, before_consent=True)
async def get_my_privacy(ctx: Ctx) -> MyPrivacy:
    """What the site keeps, asks and lets the person decide; a Global Privacy Control signal is kept as an opt-out."""
    user = await get_user(ctx, ctx.user.id)
    await honour_browser(ctx, user.id)
    rules, choice = await rules_of(ctx), await choice_of(ctx, user.id)
    return MyPrivacy(
        email=user.email,
        recent=await is_recent(ctx),
        requests=[request_card(each) for each in await requests.requests_of(ctx, user.id)],
        grace_days=rules.grace_days,
        archive_days=rules.archive_days,
        consents=await consent_cards(ctx, user.locale, user.id),
        history=[
            ConsentWord(**{name: getattr(each, name) for name in ConsentWord.__struct_fields__})
            for each in await consents.history(ctx, user.id)
        ],
        do_not_sell=choice is not None and choice.do_not_sell,
        do_not_sell_at=choice.do_not_sell_at if choice is not None else None,
        browser_opted_out=browser_opted_out(),
        minors=rules.minors,
        parent_needed=await needs_parent(ctx, user.id, user.role),
        parent_email=choice.parent_email if choice is not None else None,
        parent_asked_at=choice.parent_asked_at if choice is not None else None,
        parent_answer=choice.parent_answer if choice is not None else None,  # type: ignore[arg-type]
        contact=rules.contact,
    )


@post("/privacy/mine/exports", operation_id="request_my_export", permission=OWN, before_consent=True)
async def request_my_export(ctx: Ctx) -> RequestCard:
    """Have an archive of everything made; needs a recent proof of identity. The open request where there is one."""
    await demand_recent(ctx)
    return request_card(await requests.request_export(ctx, ctx.user.id))


@post(
    "/privacy/mine/exports/{request_id:uuid}/link",
    operation_id="link_my_archive",
    permission=OWN,
    before_consent=True,
    status_code=200,
)
async def link_my_archive(ctx: Ctx, request_id: FromPath[UUID]) -> ArchiveLink:
    """An address that downloads an archive, for five minutes; needs a recent proof of identity."""
    await demand_recent(ctx)
    url, expires_at = await link_to(ctx, await requests.one_request(ctx, request_id, user_id=ctx.user.id))
    return ArchiveLink(url=url, expires_at=expires_at)


@get(
    "/privacy/archives/{ticket:str}",
    operation_id="download_archive",
    public=True,
    own_encoding=True,
    media_type=CONTENT_TYPE,
    responses={200: ResponseSpec(data_container=bytes, media_type=CONTENT_TYPE, generate_examples=False)}
    | problems(409, 422),
)
async def download_archive(ctx: Ctx, host: NamedDependency[Host], ticket: FromPath[str]) -> Stream:
    """The archive that a link leads to."""
    request = await archive_of(ctx, ticket)
    headers = {
        "content-disposition": f'attachment; filename="my-data-{request.requested_at:%Y-%m-%d}.zip"',
        "content-length": str(request.archive_bytes),
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
    }
    return Stream(host.store.stream(str(request.archive)), media_type=CONTENT_TYPE, headers=headers)


@post("/privacy/mine/erasure", operation_id="request_my_erasure", permission=OWN, before_consent=True)
async def request_my_erasure(ctx: Ctx, data: JSONBody[ConfirmErasure]) -> RequestCard:
    """Be erased after the days of grace; needs a recent proof of identity, and the address typed."""
    await demand_recent(ctx)
    if data.confirmation.strip().lower() != (await get_user(ctx, ctx.user.id)).email:
        raise Invalid.field("confirmation", "is not the e-mail address of this account")
    return request_card(await requests.request_erasure(ctx, ctx.user.id))


@delete(
    "/privacy/mine/requests/{request_id:uuid}",
    operation_id="cancel_my_request",
    permission=OWN,
    before_consent=True,
    status_code=200,
)
async def cancel_my_request(ctx: Ctx, request_id: FromPath[UUID]) -> RequestCard:
    """Take back a request that has not begun."""
    return request_card(await requests.cancel(ctx, request_id, user_id=ctx.user.id))


@post("/privacy/mine/consents", operation_id="give_consents", permission=OWN, before_consent=True, status_code=204)
async def give_consents(ctx: Ctx, data: JSONBody[GiveConsents]) -> None:
    """Agree, or withdraw, which is as easy."""
    locale = (await get_user(ctx, ctx.user.id)).locale
    await consents.answer(ctx, ctx.user.id, data.consents, source=data.source, locale=locale)


@put(
    "/privacy/mine/do-not-sell",
    operation_id="choose_selling",
    permission=OWN,
    before_consent=True,
    status_code=204,
    responses=NO_CONTENT | problems(409),
)
async def choose_my_selling(ctx: Ctx, data: JSONBody[ChooseSelling]) -> None:
    """Say whether one's data may be sold or shared for advertising (CCPA).

    409 where the browser sends Global Privacy Control and they should be: a person turns that off in their browser.
    """
    if browser_opted_out() and not data.do_not_sell:
        raise Conflict(
            "Your browser sends Global Privacy Control, which the site honours. Turn it off there first.",
            code="browser_opted_out",
        )
    await choose_selling(ctx, ctx.user.id, do_not_sell=data.do_not_sell, source="person")


@get("/privacy/documents", operation_id="list_privacy_documents", public=True)
async def list_privacy_documents(ctx: Ctx, locale: Locale = "en") -> Documents:
    """What the site asks people to agree to, in a language; for the sign-up page."""
    return Documents(documents=await consent_cards(ctx, locale, None))


@get("/privacy/keys", operation_id="get_archive_keys", public=True)
async def get_archive_keys(host: NamedDependency[Host]) -> KeySet:
    """The public key that verifies archives."""
    return ArchiveKey.of(host.settings).public


class GpcSupport(msgspec.Struct, frozen=True, kw_only=True):
    """That the site honours Global Privacy Control, and since when it says so."""

    gpc: bool
    last_update: dt.date = msgspec.field(name="lastUpdate")


@get("/.well-known/gpc.json", operation_id="get_gpc_support", public=True, tenantless=True, sync_to_thread=False)
def get_gpc_support() -> Response[GpcSupport]:
    """What the specification of Global Privacy Control has browsers and people look for."""
    return Response(GpcSupport(gpc=True, last_update=GPC_SINCE), headers={"cache-control": "public, max-age=86400"})


support_router = Router("", route_handlers=[get_gpc_support], tags=["privacy"])
router = Router(
    "/api/v1",
    route_handlers=[
        get_my_privacy,
        request_my_export,
        link_my_archive,
        download_archive,
        request_my_erasure,
        cancel_my_request,
        give_consents,
        choose_my_selling,
        list_privacy_documents,
        get_archive_keys,
    ],
    tags=["privacy"],
)
