"""Every hook of the host, in one place.

Three families. Registrations run once at start, synchronously, and declare. Decisions and filters run inside a
request, in its transaction. Lifecycle hooks run when a plugin is switched for a tenant. Facts are not hooks: they are
events (`questline_sdk.events`). Hooks are called by keyword and their arguments are only ever added.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
import pluggy

from questline_sdk.ai import AIProvider
from questline_sdk.ai_calls import PromptTemplate
from questline_sdk.blocks import Block, BlockType
from questline_sdk.context import Context
from questline_sdk.events import EventHandler
from questline_sdk.jobs import Job, Schedule
from questline_sdk.payments import PaymentProvider
from questline_sdk.permissions import Permission
from questline_sdk.profiles import ProfileField
from questline_sdk.services import Service
from questline_sdk.settings import PluginSettings
from questline_sdk.sign_in import SignInProvider

PROJECT = "questline"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Veto(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin's refusal, with a stable code and a sentence for the person."""

    code: str
    detail: str


@hookspec
def register_routes() -> Sequence[Any]:
    """At start.

    Litestar controllers or handlers, mounted at `/api/v1/p/<id>`; each names `permission=` or `public=True`.
    Raising fails the plugin.
    """
    raise AssertionError


@hookspec
def register_permissions() -> Sequence[Permission]:
    """At start. Permissions the plugin's routes ask for, with the roles that hold them. Raising fails the plugin."""
    raise AssertionError


@hookspec(firstresult=True)
def register_settings() -> type[PluginSettings]:
    """At start. The plugin's settings Struct; one per plugin. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_event_handlers() -> Sequence[EventHandler]:
    """At start. Functions run after commit for each event of their type. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_jobs() -> Sequence[Job]:
    """At start. Jobs that `ctx.enqueue` may queue. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_schedules() -> Sequence[Schedule]:
    """At start. Jobs run by the clock for each tenant that has the plugin enabled. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_block_types() -> Sequence[BlockType]:
    """At start. Kinds of block that lessons may use. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_services() -> Sequence[Service]:
    """At start. Implementations of Protocols for `ctx.service`. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_ai_providers() -> Sequence[AIProvider]:
    """At start. Adapters to AI vendors, for `ctx.service(AIProviders)`. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_ai_templates() -> Sequence[PromptTemplate]:
    """At start. Prompts of the plugin's placements, for `ctx.service(AI)`. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_payment_providers() -> Sequence[PaymentProvider]:
    """At start. Adapters to payment services, for `ctx.service(PaymentProviders)`. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_profile_fields() -> Sequence[ProfileField]:
    """At start. Custom fields of people's profiles, for `ctx.service(ProfileFields)`. Raising fails the plugin."""
    raise AssertionError


@hookspec
def register_sign_in_providers() -> Sequence[SignInProvider]:
    """At start. Ways to sign in with an account elsewhere, for `ctx.service(SignInProviders)`.

    Raising fails the plugin.
    """
    raise AssertionError


@hookspec
def register_hookspecs() -> Sequence[Callable[..., Any]]:
    """At start. Hooks of the plugin's own that other plugins may implement.

    Async functions of its `api` marked `@hookspec`, their names starting with the plugin's id; it calls them through
    `ctx.hooks`. A plugin that implements one names the owner in `requires` or `optional`. Raising fails the plugin.
    """
    raise AssertionError


@hookspec
async def plugin_enabled(ctx: Context) -> None:
    """When the plugin is enabled for a tenant, in that transaction.

    Seed defaults, safely when run again. Raising refuses the switch.
    """


@hookspec
async def plugin_disabled(ctx: Context) -> None:
    """When the plugin is disabled for a tenant, in that transaction.

    Data stays. Raising is logged; the plugin is disabled all the same.
    """


@hookspec
async def check_enrolment(ctx: Context, user_id: UUID, course_id: UUID) -> Veto | None:
    """Before a user is enrolled.

    Any `Veto` refuses (409); a raise or time-out refuses too: the decision fails closed.
    """


@hookspec
async def check_lesson_completion(ctx: Context, user_id: UUID, lesson_id: UUID, blocks: Sequence[Block]) -> Veto | None:
    """Before a lesson counts as completed. Any `Veto` refuses (409); a raise or time-out refuses too."""


@hookspec
async def transform_block(ctx: Context, block: Block) -> Block:
    """While a lesson is read, for each block, piped through the plugins in load order.

    A raise or time-out is logged and skipped.
    """
    raise AssertionError


@hookspec
async def personal_data(ctx: Context, user_id: UUID) -> Mapping[str, Any]:
    """When a user's data is exported: everything the plugin keeps of the user, as JSON.

    Asked also where the tenant has the plugin off, for its data stay. A raise fails the export.
    """
    raise AssertionError


@hookspec
async def erase_personal_data(ctx: Context, user_id: UUID) -> None:
    """Before a user is erased, in that transaction: remove or pseudonymise what foreign keys do not.

    Called also where the tenant has the plugin off, for its data stay. A raise fails the erasure.
    """
