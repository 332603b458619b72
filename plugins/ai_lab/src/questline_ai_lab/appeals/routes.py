"""The API of appeals, under `/api/v1/p/ai_lab`."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from questline_ai_lab.appeals import service
from questline_ai_lab.appeals.schemas import AppealCard, AppealDetail, AppealView, Decision, Reason
from questline_ai_lab.permissions import DECIDE, PRACTISE
from questline_sdk import Context, Page
from questline_sdk.pages import DEFAULT_LIMIT, MAX_LIMIT

Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT)]


@post("/answers/{answer_id:uuid}/appeal", operation_id="ai_lab_appeal", permission=PRACTISE)
async def appeal(ctx: NamedDependency[Context], answer_id: FromPath[UUID], data: JSONBody[Reason]) -> AppealView:
    """Appeal to the instructor against the score of an answer of yours, once."""
    return await service.appeal(ctx, answer_id, data.reason)


@delete("/answers/{answer_id:uuid}/appeal", operation_id="ai_lab_withdraw_appeal", permission=PRACTISE)
async def withdraw_appeal(ctx: NamedDependency[Context], answer_id: FromPath[UUID]) -> None:
    """Withdraw an appeal that nobody has decided on."""
    await service.withdraw(ctx, answer_id)


@get("/appeals", operation_id="ai_lab_list_appeals", permission=DECIDE, scoped=True)
async def list_appeals(
    ctx: NamedDependency[Context],
    decided: FromQuery[bool] = False,
    cursor: FromQuery[str | None] = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[AppealCard]:
    """The appeals in courses where you may decide: open ones oldest first, decided ones newest first."""
    return await service.find(ctx, decided=decided, cursor=cursor, limit=limit)


@get("/appeals/{appeal_id:uuid}", operation_id="ai_lab_get_appeal", permission=DECIDE, scoped=True)
async def get_appeal(ctx: NamedDependency[Context], appeal_id: FromPath[UUID]) -> AppealDetail:
    """An appeal with its evidence."""
    return await service.read(ctx, appeal_id)


@post(
    "/appeals/{appeal_id:uuid}/decision",
    operation_id="ai_lab_decide_appeal",
    permission=DECIDE,
    scoped=True,
    status_code=200,
)
async def decide_appeal(
    ctx: NamedDependency[Context], appeal_id: FromPath[UUID], data: JSONBody[Decision]
) -> AppealDetail:
    """Say which score counts, and why; once."""
    return await service.decide(ctx, appeal_id, data)


APPEAL_ROUTES = [appeal, withdraw_appeal, list_appeals, get_appeal, decide_appeal]
