"""The HTTP API of those who answer for a tenant's privacy."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET

from questline_core.auth.accounts import get_user, user_by_email
from questline_core.auth.second_factor import demand_recent
from questline_core.auth.sessions import end_sessions_of
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.privacy import cards, documents, holds, requests
from questline_core.privacy.archives import link_to
from questline_core.privacy.choices import choose_selling, needs_parent, set_parental_consent
from questline_core.privacy.documents import Draft
from questline_core.privacy.parents import parental_consents
from questline_core.privacy.register import as_csv, register
from questline_core.privacy.retention import check_shortened, schedules
from questline_core.privacy.schemas import (
    ArchiveLink,
    DocumentVersion,
    DocumentVersions,
    HoldCard,
    Holds,
    LiftHold,
    MakeRequest,
    ParentalConsent,
    PersonPrivacy,
    PrivacyRequestCard,
    RegisterOfProcessing,
    RequestKind,
    RequestState,
    RetentionPlan,
    SetHold,
)
from questline_core.privacy.settings import PrivacyRules, change_rules, rules_of
from questline_sdk import Page

MANAGE = "tenant.privacy.manage"
Ctx = NamedDependency[HostContext]
Cursor = Annotated[str | None, QueryParameter(max_length=1000, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="The most items to answer with.")]
KindFilter = Annotated[RequestKind | None, QueryParameter(description="Only exports or only erasures.")]
Search = Annotated[
    str | None, QueryParameter(max_length=100, pattern=r"^[^\x00]*$", description="Part of a name or of an address.")
]
Given = Annotated[bool | None, QueryParameter(description="Only those for whom a parent has agreed, or has not.")]
StateFilter = Annotated[RequestState | None, QueryParameter(name="state", description="Only requests in this state.")]


@get("/privacy/requests", operation_id="list_privacy_requests", permission=MANAGE)
async def list_privacy_requests(
    ctx: Ctx, kind: KindFilter = None, in_state: StateFilter = None, cursor: Cursor = None, limit: Limit = 20
) -> Page[PrivacyRequestCard]:
    """Exports and erasures, newest first."""
    return await cards.privacy_requests(ctx, kind=kind, state=in_state, cursor=cursor, limit=limit)


@get("/privacy/requests/{request_id:uuid}", operation_id="get_privacy_request", permission=MANAGE)
async def get_privacy_request(ctx: Ctx, request_id: FromPath[UUID]) -> PrivacyRequestCard:
    """A request with the proof of what was done."""
    return await cards.privacy_request(ctx, await requests.one_request(ctx, request_id))


@post("/privacy/requests", operation_id="make_privacy_request", permission=MANAGE)
async def make_privacy_request(ctx: Ctx, data: JSONBody[MakeRequest]) -> PrivacyRequestCard:
    """Begin an export or an erasure for somebody; needs a recent proof of identity."""
    await demand_recent(ctx)
    user = await user_by_email(ctx, data.email)
    make = requests.request_export if data.kind == "export" else requests.request_erasure
    return await cards.privacy_request(ctx, await make(ctx, user.id))


@post(
    "/privacy/requests/{request_id:uuid}/cancellation",
    operation_id="cancel_privacy_request",
    permission=MANAGE,
    status_code=200,
)
async def cancel_privacy_request(ctx: Ctx, request_id: FromPath[UUID]) -> PrivacyRequestCard:
    """Take back a request that has not begun."""
    return await cards.privacy_request(ctx, await requests.cancel(ctx, request_id))


@post(
    "/privacy/requests/{request_id:uuid}/link",
    operation_id="link_privacy_archive",
    permission=MANAGE,
    status_code=200,
)
async def link_privacy_archive(ctx: Ctx, request_id: FromPath[UUID]) -> ArchiveLink:
    """An address that downloads somebody's archive, for five minutes; needs a recent proof of identity."""
    await demand_recent(ctx)
    url, expires_at = await link_to(ctx, await requests.one_request(ctx, request_id))
    return ArchiveLink(url=url, expires_at=expires_at)


@get("/privacy/holds", operation_id="list_legal_holds", permission=MANAGE)
async def list_legal_holds(ctx: Ctx) -> Holds:
    """Holds, those in force first."""
    return Holds(holds=await cards.holds(ctx))


@post("/privacy/holds", operation_id="set_legal_hold", permission=MANAGE)
async def set_legal_hold(ctx: Ctx, data: JSONBody[SetHold]) -> HoldCard:
    """Keep somebody's data; needs a recent proof of identity."""
    await demand_recent(ctx)
    user = await user_by_email(ctx, data.email)
    return cards.hold_card(await holds.set_hold(ctx, user.id, data.reason.strip()), user)


@post("/privacy/holds/{hold_id:uuid}/lifting", operation_id="lift_legal_hold", permission=MANAGE, status_code=200)
async def lift_legal_hold(ctx: Ctx, hold_id: FromPath[UUID], data: JSONBody[LiftHold]) -> HoldCard:
    """End a hold; an erasure that waits for it goes on. Needs a recent proof of identity."""
    await demand_recent(ctx)
    hold = await holds.lift_hold(ctx, hold_id, data.reason.strip())
    return cards.hold_card(hold, await get_user(ctx, hold.user_id))


@get("/privacy/retention", operation_id="get_retention", permission=MANAGE)
async def get_retention(ctx: Ctx) -> RetentionPlan:
    """What is kept how long, and how much is past its time."""
    return RetentionPlan(schedules=await schedules(ctx), rules=await rules_of(ctx))


@put("/privacy/settings", operation_id="set_privacy_settings", permission=MANAGE)
async def set_privacy_settings(ctx: Ctx, host: NamedDependency[Host], data: JSONBody[PrivacyRules]) -> PrivacyRules:
    """Decide about grace, archives, minors and how long data are kept; needs a recent proof of identity."""
    await demand_recent(ctx)
    check_shortened(host.registry, data)
    await change_rules(ctx, data)
    return data


@get("/privacy/register", operation_id="get_processing_register", permission=MANAGE)
async def get_processing_register(host: NamedDependency[Host]) -> RegisterOfProcessing:
    """What is kept of people, for what, and how long: as the code declares it."""
    return RegisterOfProcessing(entries=register(host.registry))


@get(
    "/privacy/register/export",
    operation_id="export_processing_register",
    permission=MANAGE,
    media_type="text/csv",
    responses={200: ResponseSpec(data_container=str, media_type="text/csv", generate_examples=False)},
)
async def export_processing_register(host: NamedDependency[Host]) -> Response[str]:
    """The register as CSV."""
    headers = {"content-disposition": 'attachment; filename="processing-register.csv"'}
    return Response(as_csv(register(host.registry)), media_type="text/csv", headers=headers)


@get("/privacy/document-versions", operation_id="list_document_versions", permission=MANAGE)
async def list_document_versions(ctx: Ctx) -> DocumentVersions:
    """Every version of every document, drafts too."""
    return DocumentVersions(versions=await cards.document_versions(ctx))


@put("/privacy/documents/{kind:str}/draft", operation_id="save_document_draft", permission=MANAGE)
async def save_document_draft(ctx: Ctx, kind: FromPath[documents.Kind], data: JSONBody[Draft]) -> DocumentVersion:
    """Write the next version of a document."""
    return cards.document_version(await documents.save_draft(ctx, kind, data))


@delete("/privacy/documents/{kind:str}/draft", operation_id="discard_document_draft", permission=MANAGE)
async def discard_document_draft(ctx: Ctx, kind: FromPath[documents.Kind]) -> None:
    """Throw the draft away."""
    await documents.discard(ctx, kind)


@post(
    "/privacy/documents/{kind:str}/publication",
    operation_id="publish_document",
    permission=MANAGE,
    status_code=200,
)
async def publish_document(ctx: Ctx, kind: FromPath[documents.Kind]) -> DocumentVersion:
    """Put the draft in force; needs a recent proof of identity."""
    await demand_recent(ctx)
    return cards.document_version(await documents.publish(ctx, kind))


@post("/privacy/documents/{kind:str}/retirement", operation_id="retire_document", permission=MANAGE, status_code=204)
async def retire_document(ctx: Ctx, kind: FromPath[documents.Kind]) -> None:
    """Ask people for this no more; needs a recent proof of identity."""
    await demand_recent(ctx)
    await documents.retire(ctx, kind)


@get("/privacy/parental-consents", operation_id="list_parental_consents", permission=MANAGE)
async def list_parental_consents(
    ctx: Ctx, search: Search = None, given: Given = None, cursor: Cursor = None, limit: Limit = 20
) -> Page[ParentalConsent]:
    """Those who learn, by name, with whether a parent has agreed."""
    return await parental_consents(ctx, search=search, given=given, cursor=cursor, limit=limit)


@put("/privacy/people/{user_id:uuid}", operation_id="set_person_privacy", permission=MANAGE, status_code=204)
async def set_person_privacy(ctx: Ctx, user_id: FromPath[UUID], data: JSONBody[PersonPrivacy]) -> None:
    """Note that a parent agrees or has taken that back, which ends sessions; or an opt-out that came by letter."""
    user = await get_user(ctx, user_id)
    if data.parental_consent is not UNSET:
        await set_parental_consent(ctx, user_id, given=data.parental_consent)
        if await needs_parent(ctx, user_id, user.role):
            await end_sessions_of(ctx, user_id, reason="parent_needed")
    if data.do_not_sell is not UNSET:
        await choose_selling(ctx, user_id, do_not_sell=data.do_not_sell, source="admin")


router = Router(
    "/api/v1",
    route_handlers=[
        list_privacy_requests,
        get_privacy_request,
        make_privacy_request,
        cancel_privacy_request,
        link_privacy_archive,
        list_legal_holds,
        set_legal_hold,
        lift_legal_hold,
        get_retention,
        set_privacy_settings,
        get_processing_register,
        export_processing_register,
        list_document_versions,
        save_document_draft,
        discard_document_draft,
        publish_document,
        retire_document,
        list_parental_consents,
        set_person_privacy,
    ],
    tags=["privacy"],
)
