"""Routes of templates: their versions, the tenant's own texts, a preview and a try."""

from typing import Annotated, Any

import msgspec
from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream
from msgspec import Meta

from questline_ai import templates
from questline_ai.permissions import MANAGE, READ
from questline_ai.sse import answer_stream
from questline_ai.templates import Prompt, Texts, VersionRow
from questline_sdk import Context, Invalid
from questline_sdk.ai_calls import AIRequest, PromptTemplate, PromptTemplates, TemplateVariable

Text = Annotated[str, Meta(max_length=20_000)]
Locale = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")]


class TemplateCard(msgspec.Struct, frozen=True, kw_only=True):
    """A template in a list; `version` has the tenant's own after a plus."""

    id: str
    title: str
    placement: str
    capability: str
    version: str
    overridden: bool
    variables: list[TemplateVariable]


class TemplateView(msgspec.Struct, frozen=True, kw_only=True):
    """A template with the plugin's texts, the texts that hold, and the tenant's versions, newest first."""

    card: TemplateCard
    plugin: Texts
    current: Texts
    versions: list[VersionRow]


class TextsInput(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tenant's own texts by locale."""

    system: dict[Locale, Text] = {}
    user: dict[Locale, Text] = {}


class PreviewInput(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Values for a preview; with texts, of those instead of what holds."""

    variables: dict[str, str | int | float | bool | list[str]] = {}
    locale: Locale | None = None
    texts: TextsInput | None = None


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider would be told."""

    system: str
    user: str


class TryInput(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Values for a real call."""

    variables: dict[str, str | int | float | bool | list[str]] = {}
    locale: Locale | None = None
    provider: str | None = None
    model: str | None = None


@get("/templates", operation_id="ai_list_templates", permission=READ)
async def list_templates(ctx: NamedDependency[Context]) -> list[TemplateCard]:
    """The templates of the plugins that are on."""
    found = (await ctx.service(PromptTemplates).all()).values()
    return [_card(await templates.prompt_of(ctx, each.id)) for each in found]


@get("/templates/{template_id:str}", operation_id="ai_get_template", permission=READ)
async def get_template(ctx: NamedDependency[Context], template_id: FromPath[str]) -> TemplateView:
    """A template with its versions."""
    template = await templates.template_of(ctx, template_id)
    versions = await templates.versions_of(ctx, template_id)
    newest = templates.OverrideRow(version=versions[0].version, texts=versions[0].texts) if versions else None
    prompt = templates.with_override(template, newest)
    own = Texts(system=dict(template.system), user=dict(template.user))
    return TemplateView(card=_card(prompt), plugin=own, current=prompt.texts, versions=versions)


@put("/templates/{template_id:str}/override", operation_id="ai_override_template", permission=MANAGE)
async def override_template(
    ctx: NamedDependency[Context], template_id: FromPath[str], data: JSONBody[TextsInput]
) -> TemplateView:
    """Give a template texts of the tenant's own: a new version, which holds at once."""
    await templates.save_override(ctx, template_id, _texts(data))
    return await get_template.fn(ctx, template_id)  # type: ignore[no-any-return]


@delete("/templates/{template_id:str}/override", operation_id="ai_reset_template", permission=MANAGE)
async def reset_template(ctx: NamedDependency[Context], template_id: FromPath[str]) -> None:
    """Go back to the plugin's texts; the versions stay in the history."""
    await templates.save_override(ctx, template_id, None)


@post("/templates/{template_id:str}/preview", operation_id="ai_preview_template", permission=READ, status_code=200)
async def preview_template(
    ctx: NamedDependency[Context], template_id: FromPath[str], data: JSONBody[PreviewInput]
) -> Preview:
    """What a provider would be told; nothing is asked or spent."""
    prompt = await templates.prompt_of(ctx, template_id)
    if data.texts is not None:
        texts = _texts(data.texts)
        if wrong := templates.problems(prompt.template, texts):
            raise Invalid("The texts do not fit the template.", errors=wrong)
        row = templates.OverrideRow(version=0, texts=texts)
        prompt = templates.with_override(prompt.template, row)
    system, user = templates.render(prompt, data.variables, data.locale)
    return Preview(system=system, user=user)


@post(
    "/templates/{template_id:str}/try",
    operation_id="ai_try_template",
    permission=MANAGE,
    status_code=200,
    media_type="text/event-stream",
)
async def try_template(ctx: NamedDependency[Context], template_id: FromPath[str], data: JSONBody[TryInput]) -> Stream:
    """Ask with a template, for real, as Server-Sent Events: `text`, then `answer` or `problem`."""
    template = await templates.template_of(ctx, template_id)
    request: dict[str, Any] = {
        "variables": data.variables,
        "locale": data.locale,
        "provider": data.provider,
        "model": data.model,
    }
    return await answer_stream(ctx, AIRequest(placement=template.placement, template=template_id, **request))


def _texts(data: TextsInput) -> Texts:
    return Texts(system=dict(data.system), user=dict(data.user))


def _card(prompt: Prompt) -> TemplateCard:
    template: PromptTemplate = prompt.template
    return TemplateCard(
        id=template.id,
        title=template.title,
        placement=template.placement,
        capability=template.capability.value,
        version=prompt.version,
        overridden="+" in prompt.version,
        variables=list(template.variables),
    )


TEMPLATE_ROUTES = [list_templates, get_template, override_template, reset_template, preview_template, try_template]
