"""The context: what a route, an event handler or a job works with, and nothing else."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar
from uuid import UUID

import httpx2
import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from questline_sdk.calls import HookCalls
from questline_sdk.db.hot import HotQuery
from questline_sdk.errors import Unauthenticated
from questline_sdk.events import EventData
from questline_sdk.jobs import Job
from questline_sdk.settings import PluginSettings

T = TypeVar("T")
S = TypeVar("S", bound=PluginSettings)


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who a request acts for: a signed-in user, or a service account.

    Args:
        id: Their id.
        tenant_id: Their tenant.
        role: A user's built-in role; `service` for a service account.
        permissions: What they may do everywhere in the tenant.
        narrow: What they may do in single courses, or for single groups, only (`questline_sdk.services.Reach`).
        roles: The roles that they hold in single courses or over groups.
        limit: What their API key or token is limited to; None for no limit. The others respect it already.
        session_id: The session of the request; with an API key or a client's token, the key's id.
        kind: `user` or `service`.
        key: How the API key begins that the request was made with; None for none.
        impersonator_id: Who acts for the user; None where they act themselves.
    """

    id: UUID
    tenant_id: UUID
    role: str
    permissions: frozenset[str]
    narrow: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    limit: frozenset[str] | None = None
    session_id: UUID | None = None
    kind: Literal["user", "service"] = "user"
    key: str | None = None
    impersonator_id: UUID | None = None

    def may(self, permission: str) -> bool:
        """Say whether they hold a permission everywhere in the tenant."""
        return permission in self.permissions

    def may_somewhere(self, permission: str) -> bool:
        """Say whether they hold a permission in the tenant, in a course or over a group."""
        return permission in self.permissions or permission in self.narrow


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
    async def publish_all(self, events: Sequence[EventData]) -> list[UUID]:
        """Like `publish`, for any number of events in as many statements as for one. Returns their ids, in order."""

    @abstractmethod
    async def enqueue(self, job: Job, args: msgspec.Struct, *, delay: dt.timedelta | None = None) -> None:
        """Queue a job in this transaction; it runs after commit, `delay` later."""

    @abstractmethod
    async def audit(
        self,
        action: str,
        *,
        subject: tuple[str, UUID | str | None],
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Note a change in the tenant's audit log, in this transaction, with who made it and from where.

        Args:
            action: What was done, in the past tense with the plugin's id before it: `points.rule.changed`.
            subject: What it was done to: its type and its id.
            before: The values that changed; never a secret.
            after: What they are now; never a secret.
        """

    @abstractmethod
    def send_live(self, topic: str, message: msgspec.Struct, *, user_id: UUID | None = None) -> None:
        """Send a message to open browsers after commit.

        To one user's, or to the whole tenant's. It may be lost: never the only record of anything.
        """

    @abstractmethod
    def service(self, protocol: type[T]) -> T:
        """The service registered for a Protocol of the SDK or of a plugin's `api`.

        Raises `NotFound` where no plugin that is on for the tenant provides it.
        """

    @property
    @abstractmethod
    def hooks(self) -> HookCalls:
        """Calls of the hooks that a plugin declares itself (`register_hookspecs`).

        Example:
            amount = await ctx.hooks.filter(points_adjust, "amount", amount, user_id=user_id)
        """

    @abstractmethod
    async def settings(self, settings_type: type[S], *, course_id: UUID | None = None) -> S:
        """This tenant's settings of the plugin that registered this type.

        With a course, as they hold there: fields marked `PER_COURSE` may have a value of the course's own.
        """

    @property
    @abstractmethod
    def http(self) -> httpx2.AsyncClient:
        """The client for every request that leaves the host.

        It connects to no private address, keeps no cookies, and follows redirects only where the call asks for it.
        Shared by the whole process: do not close it.
        """

    @property
    @abstractmethod
    def redis(self) -> Any:
        """The `redis.asyncio.Redis` client, for what can be rebuilt; name every key through `redis_key`."""

    @abstractmethod
    def redis_key(self, plugin_id: str, *parts: object) -> str:
        """A key no other tenant or plugin uses."""
