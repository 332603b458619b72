"""The plugin `notes` under test, as it is or with something broken."""

import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import structlog
from core.tests.conformance import notes

from questline_core.testing.conformance import Found, Subject
from questline_core.testing.conformance.databases import Databases

OpenNotes = Callable[..., AbstractAsyncContextManager[Subject]]


@pytest.fixture(scope="module", autouse=True)
def quiet_log() -> Iterator[None]:
    """What goes wrong on purpose needs no traceback."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def databases(site: Any) -> AsyncIterator[Databases]:
    """Databases for all plugins under test."""
    async with Databases.open(site.services) as found:
        yield found


@pytest.fixture
def open_notes(build_plugin: Callable[..., Any], tmp_path: Path, site: Any, databases: Databases) -> OpenNotes:
    """Open `notes` with these replacements in its parts: `code=("old", "new")`, `build={"key": value}`."""

    @asynccontextmanager
    async def open_(sdk: str = ">=0.1,<0.2", build: dict[str, Any] | None = None, **changes: Any) -> AsyncIterator[Any]:
        parts = {name: getattr(notes, name.upper()) for name in ("code", "first", "second", "toml", "script")}
        for name, pairs in changes.items():
            for old, new in [pairs] if isinstance(pairs, tuple) else pairs:
                assert old in parts[name], f"{old!r} is not in {name}"
                parts[name] = parts[name].replace(old, new)
        migrations = {"0001_notes": parts["first"], "0002_stars": parts["second"]}
        entry = build_plugin("notes", parts["code"], toml=parts["toml"], sdk=sdk, migrations=migrations)
        folder = tmp_path / "qltest_notes" / "ui_dist"
        folder.mkdir()
        (folder / "plugin.json").write_text(json.dumps(notes.BUILD | (build or {})))
        (folder / "index-abc.js").write_text(parts["script"])
        async with Subject.open(Found(entry=entry), site.services, databases=databases) as subject:
            yield subject

    return open_
