"""The baseline server: bare Litestar on bare asyncpg, one statement under row-level security, no authentication.

It gets the same SQL as our page (from `BASELINE_SQL`, arguments as JSON) and answers with the row as it comes.
"""

import datetime as dt
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from litestar import Litestar, Response, get

TENANT = os.environ.get("BASELINE_TENANT", "")


class Argument(msgspec.Struct):
    """A statement's argument with its type."""

    kind: str
    value: Any

    def python(self) -> Any:
        """The argument as asyncpg takes it."""
        if self.kind == "uuid":
            return UUID(self.value)
        return dt.datetime.fromisoformat(self.value) if self.kind == "time" else self.value


PAGES: dict[str, tuple[str, list[Any]]] = {
    name: (sql, [argument.python() for argument in arguments])
    for name, (sql, arguments) in msgspec.json.decode(
        os.environ.get("BASELINE_PAGES", "{}"), type=dict[str, tuple[str, list[Argument]]]
    ).items()
}


async def _no_reset(_: Any) -> None: ...


@asynccontextmanager
async def pool(app: Litestar) -> AsyncIterator[None]:
    """Open the pool for the application's life."""
    url = os.environ["QUESTLINE_DATABASE_URL"]
    async with asyncpg.create_pool(url, min_size=1, max_size=10, reset=_no_reset) as opened:
        app.state.pool = opened
        yield


@get("/ready", sync_to_thread=False)
def ready() -> str:
    """Answers once the server listens."""
    return "ok"


def page(name: str) -> Any:
    """The route of one page."""
    sql, arguments = PAGES[name]

    @get(f"/{name}")
    async def handler(request: Any) -> Response[bytes]:
        async with request.app.state.pool.acquire() as connection:
            await connection.execute(f"BEGIN READ ONLY; SET LOCAL questline.tenant_id = '{TENANT}'")
            record = await connection.fetchrow(sql, *arguments)
            await connection.execute("ROLLBACK")
        return Response(msgspec.json.encode(dict(record)), media_type="application/json")

    handler.fn.__annotations__["request"] = __import__("litestar").Request
    return handler


def create() -> Litestar:
    """Build the application."""
    return Litestar([ready, *(page(name) for name in PAGES)], lifespan=[pool], openapi_config=None, logging_config=None)


if __name__ == "__main__":
    from granian import Granian
    from granian.constants import Interfaces, Loops

    Granian(
        "bench.baseline:create",
        factory=True,
        address="127.0.0.1",
        port=int(os.environ["BASELINE_PORT"]),
        interface=Interfaces.ASGI,
        workers=1,
        loop=Loops.uvloop,
        log_enabled=False,
        backpressure=1000,
    ).serve()
