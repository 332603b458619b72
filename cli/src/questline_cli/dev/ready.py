"""Waits for a process that says that it is ready over HTTP."""

import asyncio
import urllib.error
import urllib.request

PAUSE = 0.1


async def answers(url: str, process: asyncio.subprocess.Process, seconds: float) -> None:
    """Return when an address answers with success.

    Raises:
        ProcessLookupError: The process ended first.
        TimeoutError: It does not answer in time.
    """
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(_answers, url):
            if process.returncode is not None:
                raise ProcessLookupError(process.returncode)
            await asyncio.sleep(PAUSE)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310  an address of this machine
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
