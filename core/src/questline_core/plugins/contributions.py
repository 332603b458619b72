"""Calls one plugin's registration hooks and refuses what would not work, before any of it is used."""

from collections.abc import Iterable
from typing import Any, TypeVar

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.exceptions import LitestarException
from litestar.handlers import HTTPRouteHandler

from questline_core.plugins.personal import personal_columns
from questline_core.plugins.profile_fields import wrong_field
from questline_core.plugins.registry import Contributions, PluginRecord
from questline_sdk import EventHandler, Job, Permission, Plugin, PluginSettings, Schedule, hooks
from questline_sdk.ai import AIProvider
from questline_sdk.ai_calls import PromptTemplate
from questline_sdk.blocks import BlockType
from questline_sdk.payments import PaymentProvider
from questline_sdk.profiles import ProfileField
from questline_sdk.services import Service
from questline_sdk.sign_in import SignInProvider

T = TypeVar("T")


class InvalidContribution(Exception):
    """A plugin registered something that cannot work; the message says what and why."""


def collect(record: PluginRecord, plugin: Plugin) -> Contributions:
    """Ask a plugin for its contributions; raises `InvalidContribution` for the first wrong one."""
    contributions = Contributions(
        routes=list(_call(plugin, "register_routes")),
        permissions=_of(Permission, plugin, "register_permissions"),
        settings=_settings(plugin),
        handlers=_of(EventHandler, plugin, "register_event_handlers"),
        jobs=_of(Job, plugin, "register_jobs"),
        schedules=_of(Schedule, plugin, "register_schedules"),
        block_types=_of(BlockType, plugin, "register_block_types"),
        services=_of(Service, plugin, "register_services"),
        ai_providers=_of(AIProvider, plugin, "register_ai_providers"),
        ai_templates=_of(PromptTemplate, plugin, "register_ai_templates"),
        payment_providers=_of(PaymentProvider, plugin, "register_payment_providers"),
        sign_in_providers=_of(SignInProvider, plugin, "register_sign_in_providers"),
        profile_fields=_of(ProfileField, plugin, "register_profile_fields"),
        event_types=list(type(plugin).event_types),
    )
    _check_names(record.id, contributions)
    check_routes(record.id, contributions.routes)
    _check_personal_data(record.id, plugin)
    return contributions


def plugin_router(plugin_id: str, routes: list[Any]) -> Router:
    """Mount a plugin's routes under its prefix."""
    return Router(f"/api/v1/p/{plugin_id}", route_handlers=routes, tags=[plugin_id], opt={"plugin": plugin_id})


def check_routes(plugin_id: str, routes: list[Any]) -> None:
    """Refuse routes that clash, have no operation id of the plugin's, or name no permission."""
    if not routes:
        return
    try:
        router = plugin_router(plugin_id, routes)
        Litestar(
            [router],
            openapi_config=None,
            logging_config=None,
            dependencies={"ctx": Provide(_nothing, sync_to_thread=False)},
        )
    except (LitestarException, TypeError, ValueError) as error:
        raise InvalidContribution(f"routes: {getattr(error, 'detail', None) or error}") from error
    for route in router.routes:
        taken: set[str] = set()
        for handler in getattr(route, "route_handlers", []):
            if isinstance(handler, HTTPRouteHandler) and "OPTIONS" not in handler.http_methods:
                _check_handler(plugin_id, route.path, handler)
                if taken & handler.http_methods:
                    raise InvalidContribution(f"routes: {min(handler.http_methods)} {route.path} is declared twice")
                taken |= handler.http_methods


def _nothing() -> None:
    """Stands for the context in the trial, which answers no request."""


def _check_handler(plugin_id: str, path: str, handler: HTTPRouteHandler) -> None:
    where = f"route {'/'.join(sorted(handler.http_methods))} {path}"
    if not handler.opt.get("permission") and not handler.opt.get("public"):
        raise InvalidContribution(f"{where} names no permission; give it permission='{plugin_id}....' or public=True")
    if not handler.operation_id or not str(handler.operation_id).startswith(f"{plugin_id}_"):
        raise InvalidContribution(f"{where} needs an operation_id that starts with '{plugin_id}_'")


def _check_personal_data(plugin_id: str, plugin: Plugin) -> None:
    """Refuse a plugin that says that it keeps personal data and can neither hand them out nor remove them."""
    implemented = (getattr(plugin, name, None) for name in ("personal_data", "erase_personal_data"))
    if any(hasattr(each, f"{hooks.PROJECT}_impl") for each in implemented):
        return
    columns = personal_columns(type(plugin).__module__.partition(".")[0], plugin_id)
    if columns:
        raise InvalidContribution(
            f"keeps personal data ({', '.join(columns[:3])}) but implements neither personal_data "
            "nor erase_personal_data"
        )


def _check_names(plugin_id: str, contributions: Contributions) -> None:
    groups: dict[str, Iterable[str]] = {
        "permission": [each.name for each in contributions.permissions],
        "block type": [each.name for each in contributions.block_types],
        "event type": [each.event_type for each in contributions.event_types],
        "profile field": [each.name for each in contributions.profile_fields],
    }
    for kind, names in groups.items():
        for name in names:
            if not name.startswith(f"{plugin_id}."):
                raise InvalidContribution(f"{kind} {name!r} must start with '{plugin_id}.'")
    for kind, names in (
        ("AI provider", [each.name for each in contributions.ai_providers]),
        ("AI template", [each.id for each in contributions.ai_templates]),
        ("payment provider", [each.name for each in contributions.payment_providers]),
        ("sign-in provider", [each.name for each in contributions.sign_in_providers]),
    ):
        for name in names:
            if name.partition(".")[0] != plugin_id or names.count(name) > 1:
                raise InvalidContribution(f"{kind} {name!r} must be named {plugin_id!r} or '{plugin_id}.<word>', once")
    for field in contributions.profile_fields:
        if problem := wrong_field(field, contributions.profile_fields):
            raise InvalidContribution(f"profile field {field.name!r} {problem}")
    functions = [handler.name for handler in contributions.handlers] + [job.name for job in contributions.jobs]
    doubled = {name for name in functions if functions.count(name) > 1}
    if doubled:
        raise InvalidContribution(f"two handlers or jobs are named {min(doubled)!r}")


def _call(plugin: Plugin, name: str) -> Any:
    method = getattr(plugin, name, None)
    if method is None:
        return ()
    result = method()
    if not isinstance(result, list | tuple):
        raise InvalidContribution(f"{name} returned {type(result).__name__}, not a list")
    return result


def _of(kind: type[T], plugin: Plugin, name: str) -> list[T]:
    values = _call(plugin, name)
    for value in values:
        if not isinstance(value, kind):
            raise InvalidContribution(f"{name} returned {type(value).__name__} among its {kind.__name__}s")
    return list(values)


def _settings(plugin: Plugin) -> type[PluginSettings] | None:
    method = getattr(plugin, "register_settings", None)
    if method is None:
        return None
    settings = method()
    if not (isinstance(settings, type) and issubclass(settings, PluginSettings)):
        raise InvalidContribution("register_settings must return a PluginSettings class")
    try:
        settings()
    except TypeError as error:
        raise InvalidContribution(f"every field of {settings.__name__} needs a default: {error}") from None
    return settings
