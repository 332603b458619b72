"""What only local files do."""

import os
import time
from pathlib import Path

import pytest

from questline_core.storage import StorageError
from questline_core.storage.local import STALE_SECONDS, TEMPORARY, LocalStore
from questline_sdk import NotFound


async def test_a_write_that_fails_changes_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = LocalStore(tmp_path / "blobs")
    await store.put("a", b"old", content_type="text/plain")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left on device") as caught:
        await store.put("a", b"new", content_type="text/plain")
    monkeypatch.undo()
    assert caught.value.status == 503
    assert await store.get("a") == b"old"
    assert list((tmp_path / "blobs" / TEMPORARY).iterdir()) == []


async def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file where the folder should be")
    with pytest.raises((StorageError, NotFound)):
        await LocalStore(tmp_path / "blobs").put("a", b"x", content_type="text/plain")


async def test_what_a_killed_process_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    temporary = tmp_path / "blobs" / TEMPORARY
    temporary.mkdir(parents=True)
    old, young = temporary / "old", temporary / "young"
    old.write_bytes(b"half")
    young.write_bytes(b"half")
    long_ago = time.time() - STALE_SECONDS - 60
    os.utime(old, (long_ago, long_ago))
    store = LocalStore(tmp_path / "blobs")
    await store.put("a", b"x", content_type="text/plain")
    assert not old.exists()
    assert young.exists()
    assert [info.key async for info in store.list("")] == ["a"]


async def test_a_damaged_file_is_reported_not_served(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "blobs")
    await store.put("a", b"x", content_type="text/plain")
    (tmp_path / "blobs" / "a.blob").write_bytes(b"something else")
    with pytest.raises(StorageError, match="damaged"):
        await store.get("a")


async def test_only_the_host_serves_local_files(tmp_path: Path) -> None:
    assert await LocalStore(tmp_path).url("a", expires_in=60) is None
