"""Carrying out requests, in the background and again after a crash.

A job holds a lock of its request for as long as its transaction lasts, so that no two processes work on one; what it
tells on the way is written in transactions of their own, for people to see.
"""

import hashlib
from collections.abc import Awaitable, Callable
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import select, text, update

from questline_core.context import HostContext
from questline_core.privacy.models import PrivacyRequest
from questline_sdk import Conflict, Job, RetryPolicy

ATTEMPTS = 5
LOCK = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 7))")
TOPIC = "privacy.request.changed"
log = structlog.get_logger()


class RequestRef(msgspec.Struct, frozen=True, kw_only=True):
    """Which request; never whose, for a job's arguments outlive the person."""

    request_id: UUID


class RequestChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Tells a person's browsers how far a request of theirs is."""

    request_id: UUID
    state: str
    step: str | None
    done: int
    total: int


async def _run(ctx: HostContext, args: RequestRef, carry_out: Callable[[HostContext, UUID], Awaitable[None]]) -> None:
    if not await ctx.session.scalar(LOCK, {"name": f"privacy {args.request_id}"}):
        raise Conflict("Another process is at work on the request.", code="request_busy")
    try:
        await carry_out(ctx, args.request_id)
    except Exception as error:
        async with ctx.host.context(ctx.tenant_id) as own:
            request = await own.session.get(PrivacyRequest, (ctx.tenant_id, args.request_id))
            if request is None or request.state != "running":
                raise
            tries = int(request.left_over.get("tries", 0)) + 1
            request.left_over = {**request.left_over, "tries": tries}
            if tries < ATTEMPTS:
                await own.session.commit()
                raise
            log.exception("a privacy request failed", request=str(args.request_id))
            request.state, request.problem, request.finished_at = "failed", type(error).__name__, own.now
            await own.audit(f"privacy.{request.kind}.failed", subject=("privacy_request", request.id))
            _tell(own, request)


async def _export(ctx: HostContext, args: RequestRef) -> None:
    await _run(ctx, args, carry_out_export)


async def _erase(ctx: HostContext, args: RequestRef) -> None:
    from questline_core.privacy.erasing import carry_out_erasure

    await _run(ctx, args, carry_out_erasure)


RETRY = RetryPolicy(max_attempts=20, initial_delay=2.0, max_delay=600.0)
RUN_EXPORT = Job(name="privacy_export", function=_export, args=RequestRef, retry=RETRY)
RUN_ERASURE = Job(name="privacy_erasure", function=_erase, args=RequestRef, retry=RETRY)


async def claim(ctx: HostContext, request_id: UUID) -> PrivacyRequest | None:
    """Begin with a request that is due, or go on with one that was begun; None where there is nothing to do."""
    async with ctx.host.context(ctx.tenant_id) as own:
        request = await own.session.scalar(
            select(PrivacyRequest).where(PrivacyRequest.id == request_id).with_for_update()
        )
        if request is None or request.state not in {"waiting", "running"} or request.due_at > own.now:
            return None
        request.state, request.started_at = "running", request.started_at or own.now
        _tell(own, request)
        await own.session.flush()
        return request


def progress_of(ctx: HostContext, request_id: UUID) -> Callable[[str, int, int], Awaitable[None]]:
    """What writes down how far a request is."""

    async def on_step(step: str, done: int, total: int) -> None:
        await _change(ctx, request_id, step=step, done=done, total=total)

    return on_step


async def carry_out_export(ctx: HostContext, request_id: UUID) -> None:
    """Make a person's archive and put it into the store, always under the same key."""
    from questline_core.privacy.archive import write_archive
    from questline_core.privacy.archives import CONTENT_TYPE, archive_key, finish

    request = await claim(ctx, request_id)
    if request is None or request.user_id is None:
        return
    # The file has no name: whatever ends the process, nothing of it is left on the disk.
    with TemporaryFile() as file:
        async with ctx.host.context(ctx.tenant_id) as reading:
            await write_archive(reading, request.user_id, file, on_step=progress_of(ctx, request_id))
        file.seek(0)
        digest = hashlib.sha256()
        while chunk := file.read(256 * 1024):
            digest.update(chunk)
        key = archive_key(ctx.tenant_id, request_id)
        stored = await ctx.host.store.put_file(key, file, content_type=CONTENT_TYPE)
    async with ctx.host.context(ctx.tenant_id) as own:
        await finish(own, request_id, key=key, size=stored.size, sha256=digest.hexdigest())


async def _change(ctx: HostContext, request_id: UUID, **values: Any) -> None:
    async with ctx.host.context(ctx.tenant_id) as own:
        statement = update(PrivacyRequest).where(PrivacyRequest.id == request_id).values(values)
        request = await own.session.scalar(statement.returning(PrivacyRequest))
        if request is not None:
            _tell(own, request)


def _tell(ctx: HostContext, request: PrivacyRequest) -> None:
    if request.user_id is not None:
        message = RequestChanged(
            request_id=request.id, state=request.state, step=request.step, done=request.done, total=request.total
        )
        ctx.send_live(TOPIC, message, user_id=request.user_id)
