"""What every process keeps in memory of a tenant's rarely changed rows, and forgets when they change."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Memory(Protocol):
    """Values that are read once and then kept (provided by core).

    For what is asked for with every request and changed once a month. A change is known in the process that made it
    at its commit, and a moment later in the others. Never keep a secret or anything of one person in it.

    Example:
        prices = await ctx.service(Memory).get("shop.prices", lambda: read_prices(ctx))
        ...
        await change_prices(ctx)
        await ctx.service(Memory).forget("shop.prices")
    """

    async def get(self, key: str, read: Callable[[], Awaitable[T]]) -> T:
        """What is kept under a key that begins with the plugin's id; read it where nothing is.

        What `read` finds must be committed: read it with `ctx.fetch`, or before anything was changed.
        """
        ...

    async def forget(self, key: str) -> None:
        """Have every process read it again, once this transaction has committed."""
        ...
