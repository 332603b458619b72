"""The services of one HOME, started and stopped together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from questline_core.services.lock import SupervisorLock
from questline_core.services.postgres import EmbeddedPostgres
from questline_core.services.seaweed import EmbeddedSeaweed
from questline_core.services.service import EmbeddedService
from questline_core.services.valkey import EmbeddedValkey
from questline_core.services.watch import ServiceEvent, Watch


def _nobody_listens(_event: ServiceEvent) -> None:
    return


class EmbeddedServices:
    """PostgreSQL and Valkey for one HOME, minus those that a URL stands for.

    A service that ends by itself is started again.

    `on_event` is called from other threads.
    """

    def __init__(
        self,
        home: Path,
        *,
        database_url: str | None = None,
        owner_database_url: str | None = None,
        redis_url: str | None = None,
        postgres_port: int | None = None,
        valkey_port: int | None = None,
        postgres_settings: Mapping[str, str] | None = None,
        seaweed: bool = False,
        on_event: Callable[[ServiceEvent], None] = _nobody_listens,
    ) -> None:
        self.home = home.expanduser().absolute()
        self.postgres = None if database_url else EmbeddedPostgres(self.home, postgres_port, postgres_settings)
        self.valkey = None if redis_url else EmbeddedValkey(self.home, valkey_port)
        self.seaweed = EmbeddedSeaweed(self.home) if seaweed else None
        self._database_url = database_url
        self._owner_database_url = owner_database_url or database_url
        self._redis_url = redis_url
        self._tell = on_event
        self._lock = SupervisorLock(self.home)
        self._watches: list[Watch] = []

    @property
    def database_url(self) -> str:
        """The URL for the application's role."""
        return self.postgres.app_dsn if self.postgres else self._database_url or ""

    @property
    def owner_database_url(self) -> str:
        """The URL for migrations."""
        return self.postgres.owner_dsn if self.postgres else self._owner_database_url or ""

    @property
    def redis_url(self) -> str:
        """The URL for clients of the Redis protocol."""
        return self.valkey.redis_url if self.valkey else self._redis_url or ""

    @property
    def services(self) -> list[EmbeddedService]:
        """The services that this object runs."""
        return [service for service in (self.postgres, self.valkey, self.seaweed) if service is not None]

    def start(self) -> Self:
        """Start everything in parallel and return when all is ready; on an error nothing is left running."""
        if not self.services:
            return self
        self._lock.acquire()
        try:
            with ThreadPoolExecutor(len(self.services)) as pool:
                futures = [pool.submit(self._start_one, service) for service in self.services]
                try:
                    for future in futures:
                        future.result()
                except BaseException:
                    for service in self.services:
                        service.abandon()
                    raise
            self._watches = [Watch(service, self._tell) for service in self.services]
            for watch in self._watches:
                watch.start()
        except BaseException:
            self.stop()
            raise
        return self

    def _start_one(self, service: EmbeddedService) -> None:
        service.start()
        verb = "was still running" if service.adopted else "is running"
        message = f"{service.title} {verb} on port {service.port}. {service.notice}".rstrip()
        self._tell(ServiceEvent(service.title, "adopted" if service.adopted else "started", message))

    def stop(self) -> None:
        """Stop everything cleanly; stopping twice does nothing."""
        watches, self._watches = self._watches, []
        try:
            if self.services:
                with ThreadPoolExecutor(len(self.services)) as pool:
                    list(pool.map(lambda one: one.stop(), watches or self.services))
        finally:
            self._lock.release()

    def purge(self) -> None:
        """Remove everything that the services keep in HOME, and PostgreSQL's data where it had to lie elsewhere."""
        if not self.home.is_dir():
            return
        self._lock.acquire()
        try:
            for service in (EmbeddedPostgres(self.home), EmbeddedValkey(self.home), EmbeddedSeaweed(self.home)):
                service.purge()
                service.log.unlink(missing_ok=True)
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        """Start everything."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything."""
        self.stop()

    async def __aenter__(self) -> Self:
        """Start everything without blocking the event loop."""
        starting = asyncio.ensure_future(asyncio.to_thread(self.start))
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            await asyncio.wait([starting])
            await asyncio.to_thread(self.stop)
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything without blocking the event loop."""
        await asyncio.to_thread(self.stop)


def running_services(home: Path) -> EmbeddedServices | None:
    """Return the services that another process runs on this HOME, to connect to and not to stop, or None."""
    services = EmbeddedServices(home)
    return services if all(service.attach() for service in services.services) else None
