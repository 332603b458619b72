"""Changes the installed plugins step by step; each is written down before it begins, undone if a later one fails."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import msgspec

from questline_core.generations import build, judge, ledger
from questline_core.generations.build import BuildError
from questline_core.generations.children import Children
from questline_core.generations.errors import Declined, OperationError
from questline_core.generations.fetch import FetchError
from questline_core.generations.journal import Entry, Journal, connect
from questline_core.generations.plan import Plan, new_plugins
from questline_core.generations.progress import Progress
from questline_core.generations.propose import Proposal, propose, read_running
from questline_core.generations.request import ChangeRequest
from questline_core.generations.requests import Answer, Health, Inspect
from questline_core.generations.resolve import ResolveError
from questline_core.generations.undo import Workshop, finish, migrate_to, recover, undo, work_folder
from questline_core.generations.uv import UvError, cause
from questline_core.generations.wheels import WheelError
from questline_core.settings import Settings

PREFLIGHT_SECONDS = 60.0
HEALTH_SECONDS = 60.0
EXPECTED = (OperationError, ResolveError, WheelError, FetchError, BuildError, UvError, OSError, asyncpg.PostgresError)
LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
CONTRACT_FAILED = "the site runs the other generation, but a schema could not be migrated down, which its code accepts"
Confirm = Callable[[Plan], bool]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a change came to."""

    plan: Plan
    generation: int
    changed: bool
    nodes: int = 0


class ChangeFailed(OperationError):
    """A change was undone; the message says why and where the log is."""

    def __init__(self, reason: str, log: Path | None, undone: bool) -> None:
        tail = "; nothing was changed" if undone else ""
        where = f" (log: {log})" if log and log.exists() and log.stat().st_size else ""
        super().__init__(f"{reason}{tail}{where}")
        self.reason = reason
        self.log = log


def owner_url(settings: Settings) -> str:
    """The address for those who may change core's tables."""
    return settings.owner_database_url or settings.require("database_url")


async def preview(settings: Settings, request: ChangeRequest, progress: Progress) -> Plan:
    """Work out a change without making it; needs no lock and leaves nothing behind."""
    progress.begin("resolve")
    connection = await connect(owner_url(settings))
    try:
        with tempfile.TemporaryDirectory(prefix="questline-") as folder:
            running = await read_running(connection, settings, owner_url(settings))
            return (await propose(connection, settings, running, request, Path(folder))).plan
    except EXPECTED as error:
        raise OperationError(_words(error)) from error
    finally:
        await connection.close(timeout=2)


async def change(
    settings: Settings,
    request: ChangeRequest,
    progress: Progress,
    confirm: Confirm,
    *,
    children: Children | None = None,
) -> Outcome:
    """Make a change, or leave the site as it was; `children` are taken where some run already.

    Raises:
        ChangeFailed: It was undone; the site is as before.
        OperationError: Another process changes the plugins, or the database is too old.
    """
    async with AsyncExitStack() as stack:
        journal = await stack.enter_async_context(Journal.open(owner_url(settings)))
        if children is None:
            children = await stack.enter_async_context(Children())
        shop = Workshop(journal=journal, settings=settings, progress=progress, children=children)
        await recover(shop)
        before = await ledger.wanted(journal.connection)
        logs = settings.home_path / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        entry = await journal.begin(request.kind, request.command, before, logs)
        operation = Operation(shop, entry, confirm)
        try:
            outcome = await operation.run(request)
        except BaseException as error:
            await operation.fail(error)
            raise
        await journal.finish(operation.entry, "done" if outcome.changed else "nothing to do")
        return outcome


class Operation:
    """One change under way."""

    def __init__(self, shop: Workshop, entry: Entry, confirm: Confirm) -> None:
        self.shop = shop
        self.settings = shop.settings
        self.journal = shop.journal
        self.progress = shop.progress
        self.entry = entry
        self.confirm = confirm

    async def run(self, request: ChangeRequest) -> Outcome:
        """Do every step."""
        self.progress.begin("resolve")
        proposal = await self._propose(request)
        plan = proposal.plan
        await self._step("plan")
        if proposal.changes_nothing and proposal.existing is None:
            shutil.rmtree(work_folder(self.settings.home_path, self.entry), ignore_errors=True)
            return Outcome(plan=plan, generation=plan.generation_before, changed=False)
        if not self.confirm(plan):
            raise Declined("declined")
        await self._step("build")
        number = await self._build(proposal)
        await self._step("preflight")
        await self._preflight(proposal, number)
        await self._step("migrate")
        await self._migrate(plan, number)
        await self._step("health")
        await self._health(plan, number)
        await self._step("switch")
        await self._switch(plan, number)
        nodes = await finish(self.shop, self.entry)
        await self._tidy()
        return Outcome(plan=plan, generation=number, changed=True, nodes=nodes)

    async def fail(self, error: BaseException) -> None:
        """Undo what was done so far; raises `ChangeFailed` with what the operator is told."""
        reason, log = _words(error), self.entry.log
        try:
            self.entry = await self.journal.read(self.entry.id)
            if self.entry.step == "contract":
                await self.journal.finish(self.entry, f"switched, but: {reason}")
                raise ChangeFailed(f"{CONTRACT_FAILED}: {reason}", log, undone=False) from error
            if not isinstance(error, Declined):
                self.progress.begin("undo")
            await undo(self.shop, self.entry)
            await self.journal.finish(self.entry, f"failed: {reason}")
        except LOST as second:
            raise ChangeFailed(
                f"{reason}; it is not undone yet, the next run does it: {second}", log, undone=False
            ) from error
        except ChangeFailed:
            raise
        except OperationError as second:
            await self.journal.finish(self.entry, f"failed: {reason}; {second}")
            raise ChangeFailed(f"{reason}; {second}", log, undone=False) from error
        if isinstance(error, EXPECTED):
            raise ChangeFailed(reason, log, undone=True) from error

    async def _step(self, step: str) -> None:
        self.progress.begin(step)
        self.entry = await self.journal.update(self.entry, step=step)

    async def _propose(self, request: ChangeRequest) -> Proposal:
        work = work_folder(self.settings.home_path, self.entry)
        work.mkdir(parents=True, exist_ok=True)
        connection = self.journal.connection
        running = await read_running(connection, self.settings, owner_url(self.settings))
        proposal = await propose(connection, self.settings, running, request, work)
        names = [f"{each.name} {each.version}" for each in proposal.plan.wheels if each.source == "asked for"]
        self.progress.detail(", ".join(names) or f"{len(proposal.plan.wheels)} wheels")
        return proposal

    async def _build(self, proposal: Proposal) -> int:
        """Store and build the generation; one that is returned to is built where it is not any more."""
        connection = self.journal.connection
        if proposal.existing is not None:
            self.entry = await self.journal.update(self.entry, generation=proposal.existing)
            await build.ensure_built(self.settings.home_path, owner_url(self.settings), proposal.existing)
            self.progress.detail(f"generation {proposal.existing}")
            return proposal.existing
        plan = proposal.plan
        arguments = msgspec.structs.replace(self.entry.arguments, created=True)
        async with connection.transaction():
            manifest = await ledger.add(connection, plan.generation_before, plan.wheels, plan.hidden, proposal.wheels)
            self.entry = await self.journal.update(self.entry, generation=manifest.number, arguments=arguments)
        contents = {wheel.sha256: wheel.content for wheel in proposal.wheels}
        await build.build(self.settings.home_path, manifest, contents)
        self.progress.detail(f"generation {manifest.number}, {len(plan.wheels)} wheels")
        return manifest.number

    async def _preflight(self, proposal: Proposal, number: int) -> None:
        answer = await self._ask(number, Inspect(), PREFLIGHT_SECONDS)
        await self._judge(answer, proposal.plan, Inspect(), PREFLIGHT_SECONDS)
        brought = new_plugins(proposal.wheels)
        declared = {each.id: each.contents.permissions for each in brought.values() if each.contents}
        unseen = judge.undeclared(answer, proposal.plan, {**declared})
        if unseen:
            self.progress.note(f"its code also defines the permission {', '.join(unseen)}, which the plan did not show")
            if not self.confirm(proposal.plan):
                raise Declined("declined")
        self.progress.detail(f"{len(answer.plugins)} plugins, themes and packs load")

    async def _migrate(self, plan: Plan, number: int) -> None:
        """Bring schemas forward, having written down how they were; what goes back does so after the switch."""
        forward = {each.id: each.migrations[-1] for each in plan.changes if each.migrations}
        heads = await ledger.heads(self.journal.connection, forward)
        downs = {each.id: each.undone_to for each in plan.changes if each.undone}
        arguments = msgspec.structs.replace(self.entry.arguments, downs=downs)
        self.entry = await self.journal.update(self.entry, heads_before=heads, arguments=arguments)
        if forward:
            await migrate_to(self.shop, self.entry, number, forward)
        self.progress.detail(", ".join(f"{name} to {to}" for name, to in forward.items()) or "nothing to do")

    async def _health(self, plan: Plan, number: int) -> None:
        answer = await self._ask(number, Health(), HEALTH_SECONDS)
        await self._judge(answer, plan, Health(), HEALTH_SECONDS)
        if self.entry.arguments.created:
            await ledger.mark_ready(self.journal.connection, number, plan.heads)
        self.progress.detail("ready")

    async def _switch(self, plan: Plan, number: int) -> None:
        connection = self.journal.connection
        await ledger.switch(connection, self.entry.id, number, "nodes", "retired")
        self.entry = await self.journal.read(self.entry.id)
        self.progress.detail(f"generation {plan.generation_before} -> {number}")

    async def _tidy(self) -> None:
        shutil.rmtree(work_folder(self.settings.home_path, self.entry), ignore_errors=True)
        for number in await ledger.superfluous(self.journal.connection):
            await ledger.drop(self.journal.connection, number)
            await asyncio.to_thread(build.remove, self.settings.home_path, number)

    async def _judge(self, answer: Answer, plan: Plan, work: Inspect | Health, seconds: float) -> None:
        """Refuse what does not work; of the plugins that do not change, only those that work now have to."""
        everything = isinstance(work, Inspect)
        judge.refuse(answer, plan, everything=everything)
        if judge.has_problems(answer):
            before = await self._ask(plan.generation_before, work, seconds)
            judge.refuse(answer, plan, before, everything=everything)

    async def _ask(self, number: int, work: Inspect | Health, seconds: float) -> Answer:
        return await self.shop.children.ask(self.settings, number, work, seconds=seconds, log=self.entry.log)


def _words(error: BaseException) -> str:
    if isinstance(error, UvError):
        return cause(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error).splitlines()[0] if str(error) else type(error).__name__
