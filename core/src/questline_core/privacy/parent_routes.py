"""The HTTP API of asking parents."""

from typing import Annotated

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta

from questline_core.auth.accounts import get_user
from questline_core.context import HostContext
from questline_core.privacy.asking_parents import answer_of_parent, ask_parent, question_for
from questline_core.privacy.schemas import GivenEmail, ParentsQuestion

OWN = "identity.profile.manage"
Ctx = NamedDependency[HostContext]
Token = Annotated[str, Meta(min_length=1, max_length=200)]


class NameParent(msgspec.Struct, frozen=True, kw_only=True):
    """The address of a parent or guardian."""

    email: GivenEmail


class ParentsLink(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind `#` in the link of the mail."""

    token: Token


class ParentsAnswer(ParentsLink, frozen=True, kw_only=True):
    """Whether the parent agrees that the child uses the site."""

    agrees: bool


@post("/privacy/mine/parent", operation_id="ask_parent", permission=OWN, before_consent=True, status_code=204)
async def ask(ctx: Ctx, data: JSONBody[NameParent]) -> None:
    """Have a parent asked by mail; a link that was mailed before is good no more."""
    await ask_parent(ctx, await get_user(ctx, ctx.user.id), data.email)


@post("/privacy/parents/question", operation_id="get_parents_question", public=True, status_code=200)
async def get_parents_question(ctx: Ctx, data: JSONBody[ParentsLink]) -> ParentsQuestion:
    """What a parent is asked, by the link of the mail; looking at it changes nothing."""
    return await question_for(ctx, data.token)


@post("/privacy/parents/answer", operation_id="answer_as_parent", public=True, status_code=204)
async def answer_as_parent(ctx: Ctx, data: JSONBody[ParentsAnswer]) -> None:
    """Agree that the child uses the site, or refuse; the link is good once."""
    await answer_of_parent(ctx, data.token, agrees=data.agrees)


router = Router("/api/v1", route_handlers=[ask, get_parents_question, answer_as_parent], tags=["privacy"])
