"""Calls hooks of the plugins a tenant has enabled; one plugin's failure never reaches the next.

pluggy's subset callers cost 7-10 us a call and stop at the first exception, so the implementations pluggy has
registered are looked up once per (hook, set of plugins) and called here.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
import pluggy
import structlog

from questline_core.observability.metrics import HOOK_FAILURES
from questline_sdk.hooks import Veto

CACHED = 1024
"""For how many sets of plugins the implementations of a hook are remembered."""
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
        self._all: dict[str, tuple[Implementation, ...]] = {}
        self._cache: defaultdict[str, dict[frozenset[str], tuple[Implementation, ...]]] = defaultdict(dict)

    def hook_of(self, spec: Callable[..., Any]) -> tuple[str, tuple[str, ...]]:
        """The name and the arguments of the hook that a function specifies; raises `LookupError` for an unknown one."""
        name = getattr(spec, "__name__", repr(spec))
        caller = getattr(self._manager.hook, name, None)
        if caller is None or not caller.has_spec() or caller.spec.function is not spec:
            raise LookupError(f"{name} is not the hook of any plugin in service; return it from register_hookspecs")
        return name, tuple(caller.spec.argnames)

    def implementations(self, hook: str, enabled: frozenset[str]) -> tuple[Implementation, ...]:
        """The implementations of a hook by these plugins, in load order."""
        cache = self._cache[hook]
        found = cache.get(enabled)
        if found is None:
            if len(cache) >= CACHED:
                cache.clear()
            found = cache[enabled] = tuple(each for each in self._of_all(hook) if each.plugin_id in enabled)
        return found

    def _of_all(self, hook: str) -> tuple[Implementation, ...]:
        found = self._all.get(hook)
        if found is None:
            found = self._all[hook] = tuple(
                Implementation(impl.plugin_name, impl.function, tuple(impl.argnames))
                for impl in getattr(self._manager.hook, hook).get_hookimpls()
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

    async def collect(self, hook: str, enabled: frozenset[str], **values: Any) -> dict[str, Any]:
        """Every plugin's answer by plugin id; failures are logged and left out."""
        answers: dict[str, Any] = {}
        for implementation in self.implementations(hook, enabled):
            try:
                answers[implementation.plugin_id] = await implementation(values, self._timeout)
            except Exception as error:  # noqa: BLE001  logged and left out
                self._failed(hook, implementation, error)
        return answers

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
