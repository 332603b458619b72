"""Templates: the plugins' prompts, the tenant's own texts for them, and variables put into either."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Text, bindparam, func, select

from questline_ai.models import Override
from questline_sdk import Context, FieldError, Invalid, NotFound
from questline_sdk.ai_calls import PromptTemplate, PromptTemplates, TemplateVariable, Value
from questline_sdk.db import hot
from questline_sdk.memory import Memory

SLOT = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
FALLBACK = "en"
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "text": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "list": (list, tuple),
}


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant's own texts by locale."""

    system: dict[str, str] = {}
    user: dict[str, str] = {}


class OverrideRow(msgspec.Struct, frozen=True, kw_only=True):
    """The newest version of a tenant's own texts."""

    version: int
    texts: Texts | None


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """A template as it holds for the tenant."""

    template: PromptTemplate
    version: str
    texts: Texts


NEWEST = hot(
    select(Override.version, Override.texts)
    .where(Override.template == bindparam("template", type_=Text))
    .order_by(Override.version.desc())
    .limit(1),
    OverrideRow,
)


async def template_of(ctx: Context, template_id: str) -> PromptTemplate:
    """A registered template; raises `NotFound`."""
    template = (await ctx.service(PromptTemplates).all()).get(template_id)
    if template is None:
        raise NotFound(f"There is no template {template_id!r}.", code="ai_template_unknown")
    return template


async def prompt_of(ctx: Context, template_id: str) -> Prompt:
    """A template with the tenant's newest texts."""
    template = await template_of(ctx, template_id)

    async def read() -> OverrideRow | None:
        return await ctx.fetch_one(NEWEST, template=template_id)

    return with_override(template, await ctx.service(Memory).get(_kept_as(template_id), read))


def with_override(template: PromptTemplate, own: OverrideRow | None) -> Prompt:
    """A template with an override; each locale of the tenant's stands before the plugin's."""
    texts = Texts(system=dict(template.system), user=dict(template.user))
    if own is None or own.texts is None:
        return Prompt(template=template, version=str(template.version), texts=texts)
    texts = Texts(system=texts.system | own.texts.system, user=texts.user | own.texts.user)
    return Prompt(template=template, version=f"{template.version}+{own.version}", texts=texts)


def render(prompt: Prompt, variables: Mapping[str, Any], locale: str | None) -> tuple[str, str]:
    """The system and the user text with the variables in them; raises `Invalid` with each that does not fit."""
    values = _checked(prompt.template.variables, variables)
    return fill(in_locale(prompt.texts.system, locale), values), fill(in_locale(prompt.texts.user, locale), values)


def in_locale(texts: Mapping[str, str], locale: str | None) -> str:
    """The text for a locale: its own, its language's, English, or none."""
    for each in (locale or "", (locale or "").partition("-")[0], FALLBACK):
        if each in texts:
            return texts[each]
    return ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into a text, in one pass: what they hold is never read as a template."""
    return SLOT.sub(lambda found: values.get(found[1], found[0]), text)


def problems(template: PromptTemplate, texts: Texts) -> list[FieldError]:
    """What is wrong with a tenant's own texts."""
    known = {each.name for each in template.variables}
    found = []
    for part, by_locale in (("system", texts.system), ("user", texts.user)):
        for locale, text in by_locale.items():
            for name in dict.fromkeys(SLOT.findall(text)):
                if name not in known:
                    names = ", ".join(sorted(known)) or "none"
                    found.append(FieldError(f"{part}.{locale}", f"has no variable {name!r}; there are: {names}"))
            if part == "user" and not text.strip():
                found.append(FieldError(f"{part}.{locale}", "must not be empty"))
    return found


async def save_override(ctx: Context, template_id: str, texts: Texts | None) -> int:
    """Add a version of the tenant's own texts, or go back to the plugin's; returns its number."""
    template = await template_of(ctx, template_id)
    if texts is not None and (wrong := problems(template, texts)):
        raise Invalid("The texts do not fit the template.", errors=wrong)
    newest = await ctx.session.scalar(select(func.max(Override.version)).where(Override.template == template_id))
    version = (newest or 0) + 1
    made_by: UUID | None = ctx.actor.id if ctx.actor else None
    ctx.session.add(
        Override(
            template=template_id,
            version=version,
            texts=None if texts is None else msgspec.to_builtins(texts),
            created_by=made_by,
            created_at=ctx.now,
        )
    )
    await ctx.session.flush()
    await ctx.service(Memory).forget(_kept_as(template_id))
    await ctx.audit("ai.template.changed", subject=("ai_template", template_id), after={"version": version})
    return version


class VersionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the tenant's own texts; none where it went back to the plugin's."""

    version: int
    texts: Texts | None
    created_at: dt.datetime
    created_by: UUID | None


async def versions_of(ctx: Context, template_id: str) -> list[VersionRow]:
    """The tenant's versions of a template, newest first."""
    rows = await ctx.session.scalars(
        select(Override).where(Override.template == template_id).order_by(Override.version.desc()).limit(100)
    )
    return [
        VersionRow(
            version=each.version,
            texts=None if each.texts is None else msgspec.convert(each.texts, Texts),
            created_at=each.created_at,
            created_by=each.created_by,
        )
        for each in rows
    ]


def _kept_as(template_id: str) -> str:
    return f"ai.override.{template_id}"


def _checked(known: Sequence[TemplateVariable], given: Mapping[str, Value]) -> dict[str, str]:
    wrong = [
        FieldError(f"variables.{name}", f"is not a variable of this template; there are: {_names(known)}")
        for name in given
        if name not in {each.name for each in known}
    ]
    values: dict[str, str] = {}
    for each in known:
        value = given.get(each.name)
        if value is None:
            if each.required:
                wrong.append(FieldError(f"variables.{each.name}", "is needed"))
            values[each.name] = ""
        elif not isinstance(value, TYPES[each.type]) or (isinstance(value, bool) and each.type != "boolean"):
            wrong.append(FieldError(f"variables.{each.name}", f"must be of type {each.type}"))
        else:
            values[each.name] = _as_text(value)
            if len(values[each.name]) > each.max_length:
                wrong.append(FieldError(f"variables.{each.name}", f"may have {each.max_length} characters at most"))
    if wrong:
        raise Invalid("The template's variables do not fit.", code="ai_variables", errors=wrong)
    return values


def _names(known: Sequence[TemplateVariable]) -> str:
    return ", ".join(each.name for each in known) or "none"


def _as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)
    return "\n".join(f"- {each}" for each in value)
