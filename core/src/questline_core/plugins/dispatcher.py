"""Calls hooks of the plugins a tenant has enabled; one plugin's failure never reaches the next.

pluggy's subset callers cost 7-10 us a call and stop at the first exception, so the implementations pluggy has
registered are looked up once per (hook, set of plugins) and called here.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
import pluggy
import structlog

from questline_core.observability.metrics import HOOK_FAILURES
from questline_sdk.hooks import Veto

T = TypeVar("T")
log = structlog.get_logger()


class Implementation(msgspec.Struct, frozen=True):
    """One plugin's function for a hook, and the arguments it takes."""

    plugin_id: str
    function: Callable[..., Awaitable[Any]]
    arguments: tuple[str, ...]

    async def __call__(self, values: dict[str, Any], seconds: float) -> Any:
        """Call it with those of the values it asks for, for so many seconds at most."""
        async with asyncio.timeout(seconds):
            return await self.function(**{name: values[name] for name in self.arguments})


class Dispatcher:
    """Looks up and calls hook implementations."""

    def __init__(self, manager: pluggy.PluginManager, *, timeout: float) -> None:
        self._manager = manager
        self._timeout = timeout
        self._cache: dict[tuple[str, frozenset[str]], tuple[Implementation, ...]] = {}

    def implementations(self, hook: str, enabled: frozenset[str]) -> tuple[Implementation, ...]:
        """The implementations of a hook by these plugins, in load order."""
        key = (hook, enabled)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = tuple(
                Implementation(impl.plugin_name, impl.function, tuple(impl.argnames))
                for impl in getattr(self._manager.hook, hook).get_hookimpls()
                if impl.plugin_name in enabled
            )
        return found

    async def decide(self, hook: str, enabled: frozenset[str], **values: Any) -> Veto | None:
        """Ask every plugin; the first veto refuses, and so does a plugin that fails to answer."""
        for implementation in self.implementations(hook, enabled):
            try:
                veto = await implementation(values, self._timeout)
            except Exception as error:  # noqa: BLE001  a decision fails closed
                self._failed(hook, implementation, error)
                return Veto(code="plugin_failed", detail=f"The plugin {implementation.plugin_id} could not decide.")
            if veto is not None:
                if isinstance(veto, Veto):
                    return veto
                self._failed(hook, implementation, TypeError(f"returned {type(veto).__name__}, not a Veto"))
                return Veto(code="plugin_failed", detail=f"The plugin {implementation.plugin_id} could not decide.")
        return None

    async def filter(self, hook: str, enabled: frozenset[str], name: str, value: T, **values: Any) -> T:
        """Pipe a value through every plugin; one that fails or changes the type leaves it as it was."""
        for implementation in self.implementations(hook, enabled):
            try:
                changed = await implementation({**values, name: value}, self._timeout)
                if not isinstance(changed, type(value)):
                    raise TypeError(f"returned {type(changed).__name__}, not {type(value).__name__}")
            except Exception as error:  # noqa: BLE001  logged and skipped
                self._failed(hook, implementation, error)
            else:
                value = changed
        return value

    async def gather(self, hook: str, enabled: frozenset[str], **values: Any) -> dict[str, Any]:
        """Every plugin's answer by plugin id; the first exception ends it."""
        return {
            implementation.plugin_id: await implementation(values, self._timeout)
            for implementation in self.implementations(hook, enabled)
        }

    async def notify(self, hook: str, enabled: frozenset[str], **values: Any) -> None:
        """Tell every plugin; failures are logged."""
        for implementation in self.implementations(hook, enabled):
            try:
                await implementation(values, self._timeout)
            except Exception as error:  # noqa: BLE001  logged and skipped
                self._failed(hook, implementation, error)

    def _failed(self, hook: str, implementation: Implementation, error: Exception) -> None:
        HOOK_FAILURES.labels(hook=hook, plugin=implementation.plugin_id).inc()
        log.error("hook failed", hook=hook, plugin=implementation.plugin_id, error=repr(error), exc_info=error)
