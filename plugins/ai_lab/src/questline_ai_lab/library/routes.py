"""The API of the prompt library, under `/api/v1/p/ai_lab/library`."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from questline_ai_lab.library import service
from questline_ai_lab.library.schemas import PromptInput, PromptView, Shelf, Sort, TagCount
from questline_ai_lab.permissions import KEEP, MODERATE
from questline_sdk import Context, Page
from questline_sdk.pages import DEFAULT_LIMIT, MAX_LIMIT

Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT)]
Words = Annotated[str, QueryParameter(max_length=200)]


@get("/library", operation_id="ai_lab_list_prompts", permission=KEEP)
async def list_prompts(
    ctx: NamedDependency[Context],
    shelf: FromQuery[Shelf] = "mine",
    q: Words = "",
    tag: Words = "",
    sort: FromQuery[Sort] = "newest",
    cursor: FromQuery[str | None] = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[PromptView]:
    """The prompts that you keep, or those that are shared; `q` looks in title and text."""
    return await service.find(ctx, shelf, words=q, tag=tag, sort=sort, cursor=cursor, limit=limit)


@get("/library/tags", operation_id="ai_lab_list_prompt_tags", permission=KEEP)
async def list_tags(ctx: NamedDependency[Context], shelf: FromQuery[Shelf] = "mine") -> list[TagCount]:
    """The tags of a shelf, the most used first."""
    return await service.tags(ctx, shelf)


@post("/library", operation_id="ai_lab_keep_prompt", permission=KEEP)
async def keep_prompt(ctx: NamedDependency[Context], data: JSONBody[PromptInput]) -> PromptView:
    """Keep a prompt."""
    return await service.add(ctx, data)


@put("/library/{prompt_id:uuid}", operation_id="ai_lab_change_prompt", permission=KEEP)
async def change_prompt(
    ctx: NamedDependency[Context], prompt_id: FromPath[UUID], data: JSONBody[PromptInput]
) -> PromptView:
    """Change a prompt that you keep, and whether it is shared."""
    return await service.change(ctx, prompt_id, data)


@delete("/library/{prompt_id:uuid}", operation_id="ai_lab_remove_prompt", permission=KEEP)
async def remove_prompt(ctx: NamedDependency[Context], prompt_id: FromPath[UUID]) -> None:
    """Remove a prompt that you keep."""
    await service.remove(ctx, prompt_id)


@put("/library/{prompt_id:uuid}/vote", operation_id="ai_lab_vote", permission=KEEP)
async def vote(ctx: NamedDependency[Context], prompt_id: FromPath[UUID]) -> PromptView:
    """Say that a shared prompt is useful."""
    return await service.vote(ctx, prompt_id, useful=True)


@delete("/library/{prompt_id:uuid}/vote", operation_id="ai_lab_take_vote_back", permission=KEEP, status_code=200)
async def take_vote_back(ctx: NamedDependency[Context], prompt_id: FromPath[UUID]) -> PromptView:
    """Take your vote back."""
    return await service.vote(ctx, prompt_id, useful=False)


@post("/library/{prompt_id:uuid}/unshare", operation_id="ai_lab_unshare", permission=MODERATE, status_code=204)
async def unshare(ctx: NamedDependency[Context], prompt_id: FromPath[UUID]) -> None:
    """Take a prompt of anybody's out of the shared library."""
    await service.unshare(ctx, prompt_id)


LIBRARY_ROUTES = [list_prompts, list_tags, keep_prompt, change_prompt, remove_prompt, vote, take_vote_back, unshare]
