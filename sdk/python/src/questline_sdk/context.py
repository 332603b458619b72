"""The context: what a route, an event handler or a job works with, and nothing else."""

import datetime as dt
from abc import ABC, abstractmethod
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from questline_sdk.db.hot import HotQuery
from questline_sdk.errors import Unauthenticated
from questline_sdk.events import EventData
from questline_sdk.jobs import Job
from questline_sdk.settings import PluginSettings

T = TypeVar("T")
S = TypeVar("S", bound=PluginSettings)


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The signed-in user a request acts for."""

    id: UUID
    tenant_id: UUID
    role: str
    permissions: frozenset[str]
    session_id: UUID | None = None

    def may(self, permission: str) -> bool:
        """Say whether the user holds a permission."""
        return permission in self.permissions


class Context(ABC):
    """One unit of work for one tenant.

    Routes take it as the argument `ctx`; handlers and jobs as their first argument. The transaction belongs to
    the host: it commits when the route or handler returns and rolls back when it raises. Never commit yourself.
    """

    tenant_id: UUID
    actor: Actor | None
    now: dt.datetime

    @property
    @abstractmethod
    def session(self) -> AsyncSession:
        """The SQLAlchemy session; its transaction begins, with the tenant set, at the first statement."""

    @property
    def user(self) -> Actor:
        """The signed-in user; raises `Unauthenticated` where there is none (handlers and jobs)."""
        if self.actor is None:
            raise Unauthenticated("Sign in first.")
        return self.actor

    @abstractmethod
    async def fetch(self, query: HotQuery[T], /, **parameters: Any) -> list[T]:
        """Run a hot read on a connection of its own: committed data only, one statement, rows as Structs."""

    async def fetch_one(self, query: HotQuery[T], /, **parameters: Any) -> T | None:
        """Run a hot read for its first row."""
        rows = await self.fetch(query, **parameters)
        return rows[0] if rows else None

    @abstractmethod
    async def publish(self, data: EventData) -> UUID:
        """Record an event in this transaction; its handlers run after commit. Returns the event's id."""

    @abstractmethod
    async def enqueue(self, job: Job, args: msgspec.Struct, *, delay: dt.timedelta | None = None) -> None:
        """Queue a job in this transaction; it runs after commit, `delay` later."""

    @abstractmethod
    def send_live(self, topic: str, message: msgspec.Struct, *, user_id: UUID | None = None) -> None:
        """Send a message to open browsers after commit.

        To one user's, or to the whole tenant's. It may be lost: never the only record of anything.
        """

    @abstractmethod
    def service(self, protocol: type[T]) -> T:
        """The service registered for a Protocol of the SDK or of a plugin's `api`.

        Raises `NotFound` where none is active.
        """

    @abstractmethod
    async def settings(self, settings_type: type[S]) -> S:
        """This tenant's settings of the plugin that registered this type."""

    @property
    @abstractmethod
    def redis(self) -> Any:
        """The `redis.asyncio.Redis` client, for what can be rebuilt; name every key through `redis_key`."""

    @abstractmethod
    def redis_key(self, plugin_id: str, *parts: object) -> str:
        """A key no other tenant or plugin uses."""
