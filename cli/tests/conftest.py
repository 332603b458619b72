"""The command line in a process of its own, against the site of the tests."""

import asyncio
import os
import subprocess
import sys

import pytest


@pytest.fixture
def environment(site):
    """The environment of a command against the test's site."""
    settings = site.host.settings
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("QUESTLINE_")},
        "QUESTLINE_HOME": settings.home,
        "QUESTLINE_DATABASE_URL": settings.database_url,
        "QUESTLINE_OWNER_DATABASE_URL": settings.owner_database_url,
        "QUESTLINE_REDIS_URL": settings.redis_url,
        "QUESTLINE_SECRET_KEY": settings.secret_key,
        "QUESTLINE_PRIVATE_NETWORKS": settings.private_networks,
    }


@pytest.fixture
def questline(environment, tmp_path):
    """Run the command line against the test's site: `done = await questline("theme", "list")`."""

    async def run(*arguments: str, answer: str = "") -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "questline_cli", *arguments]
        return await asyncio.to_thread(
            subprocess.run,
            command,
            cwd=tmp_path,
            env=environment,
            input=answer,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
