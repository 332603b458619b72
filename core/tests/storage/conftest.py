"""The same tests for local files and for a real S3 server."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from questline_core.services import EmbeddedSeaweed
from questline_core.storage.local import LocalStore
from questline_core.storage.s3 import S3Store
from questline_sdk.storage import BlobStore


@pytest.fixture(scope="session")
def seaweed() -> Iterator[EmbeddedSeaweed]:
    home = Path(tempfile.mkdtemp(prefix="questline-s3-"))
    server = EmbeddedSeaweed(home)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


@pytest_asyncio.fixture(params=["local", "s3"], loop_scope="session")
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BlobStore]:
    if request.param == "local":
        yield LocalStore(tmp_path / "blobs")
        return
    server: EmbeddedSeaweed = request.getfixturevalue("seaweed")
    store = s3_store(server, bucket=f"b-{abs(hash(request.node.name)) % 10**12}")
    yield store
    await store.close()


def s3_store(server: EmbeddedSeaweed, *, bucket: str) -> S3Store:
    return S3Store(
        bucket=bucket,
        endpoint_url=server.endpoint_url,
        access_key=server.access_key,
        secret_key=server.secret_key,
    )
