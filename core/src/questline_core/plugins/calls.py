"""Calls of the hooks that plugins declare, for the tenant of one unit of work."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from questline_sdk.calls import HookCalls
from questline_sdk.hooks import Veto

if TYPE_CHECKING:
    from questline_core.context import HostContext

T = TypeVar("T")
Spec = Callable[..., Awaitable[Any]]


class PluginHookCalls(HookCalls):
    """The `ctx.hooks` of a unit of work."""

    def __init__(self, ctx: "HostContext") -> None:
        self._ctx = ctx
        self._dispatcher = ctx.host.dispatcher

    async def decide(self, spec: Callable[..., Awaitable[Veto | None]], /, **values: Any) -> Veto | None:
        """Ask for a decision; it fails closed."""
        name, given = self._prepare(spec, values)
        return await self._dispatcher.decide(name, await self._enabled(), **given)

    async def filter(self, spec: Callable[..., Awaitable[T]], name: str, value: T, /, **values: Any) -> T:
        """Pipe a value through the plugins; it fails open."""
        hook, given = self._prepare(spec, {**values, name: value})
        given.pop(name)
        return await self._dispatcher.filter(hook, await self._enabled(), name, value, **given)

    async def collect(self, spec: Callable[..., Awaitable[T]], /, **values: Any) -> Mapping[str, T]:
        """Every plugin's answer."""
        name, given = self._prepare(spec, values)
        return await self._dispatcher.collect(name, await self._enabled(), **given)

    async def notify(self, spec: Callable[..., Awaitable[None]], /, **values: Any) -> None:
        """Tell every plugin."""
        name, given = self._prepare(spec, values)
        await self._dispatcher.notify(name, await self._enabled(), **given)

    async def _enabled(self) -> frozenset[str]:
        return await self._ctx.host.enablement.of(self._ctx.tenant_id)

    def _prepare(self, spec: Spec, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        name, arguments = self._dispatcher.hook_of(spec)
        given = {**values, "ctx": self._ctx} if "ctx" in arguments else values
        if given.keys() != set(arguments):
            wanted = ", ".join(argument for argument in arguments if argument != "ctx")
            raise TypeError(f"{name} takes {wanted or 'no values'}, not {', '.join(values) or 'none'}")
        return name, given
