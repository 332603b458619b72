"""Calling a plugin's own hooks: those it declares for other plugins through `register_hookspecs`."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from questline_sdk.hooks import Veto

T = TypeVar("T")


class HookCalls(ABC):
    """Asks the plugins that the tenant has on, in load order; the others are silent.

    The hook is named by its specification, the function in the owner's `api`. Values go by keyword; `ctx` is added
    where the hook takes it. A plugin that takes longer than the host allows has failed. Each call raises
    `LookupError` for a function that no plugin has registered and `TypeError` for values that do not fit it.
    """

    @abstractmethod
    async def decide(self, spec: "Callable[..., Awaitable[Veto | None]]", /, **values: Any) -> "Veto | None":
        """Ask for a decision: the first veto refuses, and so does a plugin that fails to answer."""

    @abstractmethod
    async def filter(self, spec: Callable[..., Awaitable[T]], name: str, value: T, /, **values: Any) -> T:
        """Pipe the value called `name` through every plugin; one that fails or changes its type leaves it as it was."""

    @abstractmethod
    async def collect(self, spec: Callable[..., Awaitable[T]], /, **values: Any) -> Mapping[str, T]:
        """Every plugin's answer by its id; one that fails is logged and left out."""

    @abstractmethod
    async def notify(self, spec: Callable[..., Awaitable[None]], /, **values: Any) -> None:
        """Tell every plugin; failures are logged."""
