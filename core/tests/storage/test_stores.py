"""What every store does alike."""

import asyncio
from tempfile import TemporaryFile

import pytest

from questline_core.storage.s3 import MULTIPART
from questline_sdk import Invalid, NotFound
from questline_sdk.storage import BlobStore

DATA = bytes(range(256)) * 2048


async def read(store: BlobStore, key: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([chunk async for chunk in store.stream(key, start=start, end=end)])


async def test_a_blob_comes_back_as_it_was_stored(store: BlobStore) -> None:
    stored = await store.put("t/media/a.png", DATA, content_type="image/png")
    assert (stored.key, stored.size, stored.content_type) == ("t/media/a.png", len(DATA), "image/png")
    assert await store.get("t/media/a.png") == DATA
    assert await store.info("t/media/a.png") == stored


@pytest.mark.parametrize("size", [0, 1000, MULTIPART * 2 + 7])
async def test_a_file_is_stored_from_its_beginning(store: BlobStore, size: int) -> None:
    data = (DATA * (size // len(DATA) + 1))[:size]
    with TemporaryFile() as file:
        file.write(data)
        stored = await store.put_file("t/archive.zip", file, content_type="application/zip")
    assert (stored.size, stored.content_type) == (size, "application/zip")
    assert await read(store, "t/archive.zip") == data


async def test_an_empty_blob_is_a_blob(store: BlobStore) -> None:
    await store.put("empty", b"", content_type="text/plain")
    assert await store.get("empty") == b""
    assert await read(store, "empty") == b""
    assert (await store.info("empty")).size == 0


async def test_the_same_key_again_replaces_the_blob(store: BlobStore) -> None:
    first = await store.put("k", b"one", content_type="text/plain")
    second = await store.put("k", b"other", content_type="text/css")
    assert await store.get("k") == b"other"
    assert (await store.info("k")).content_type == "text/css"
    assert first.etag != second.etag


@pytest.mark.parametrize(
    ("start", "end"), [(0, None), (0, 1), (5, 300_000), (262_144, 262_145), (524_000, None), (10, 10), (0, 9_999_999)]
)
async def test_a_part_can_be_streamed(store: BlobStore, start: int, end: int | None) -> None:
    await store.put("video.webm", DATA, content_type="video/webm")
    assert await read(store, "video.webm", start, end) == DATA[start:end]


async def test_a_part_past_the_end_is_empty(store: BlobStore) -> None:
    await store.put("short", b"abc", content_type="text/plain")
    assert await read(store, "short", 3) == b""
    assert await read(store, "short", 10, 20) == b""


async def test_a_missing_blob_is_not_found(store: BlobStore) -> None:
    for attempt in (store.get("no/such"), store.info("no/such"), read(store, "no/such")):
        with pytest.raises(NotFound):
            await attempt


async def test_deleting_twice_is_no_error(store: BlobStore) -> None:
    await store.put("a/b", b"x", content_type="text/plain")
    await store.delete("a/b")
    await store.delete("a/b")
    await store.delete("never/there")
    with pytest.raises(NotFound):
        await store.get("a/b")


async def test_a_key_may_be_the_beginning_of_another(store: BlobStore) -> None:
    await store.put("a", b"1", content_type="text/plain")
    await store.put("a/b", b"2", content_type="text/plain")
    await store.put("a/b/c", b"3", content_type="text/plain")
    assert [await store.get(key) for key in ("a", "a/b", "a/b/c")] == [b"1", b"2", b"3"]


async def test_lists_by_prefix_in_key_order(store: BlobStore) -> None:
    for key in ("t1/media/b.svg", "t1/media/a.svg", "t1/media-old/z", "t1/other", "t10/media/a.svg"):
        await store.put(key, key.encode(), content_type="image/svg+xml")
    assert [info.key async for info in store.list("t1/media")] == [
        "t1/media-old/z",
        "t1/media/a.svg",
        "t1/media/b.svg",
    ]
    assert [info.key async for info in store.list("t1/media/a")] == ["t1/media/a.svg"]
    assert [(info.size, info.content_type) async for info in store.list("t1/media/a")] == [(14, "image/svg+xml")]
    assert [info.key async for info in store.list("t1/")] == [
        "t1/media-old/z",
        "t1/media/a.svg",
        "t1/media/b.svg",
        "t1/other",
    ]
    assert [info.key async for info in store.list("nothing/here")] == []
    assert len([info async for info in store.list("")]) == 5


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "a/./b",
        ".hidden",
        "a\\b",
        "a\0b",
        "a b",
        "ü",
        "a/",
        "x.blob",
        "k" * 513,
    ],
)
async def test_a_key_that_could_lead_out_is_refused(store: BlobStore, key: str) -> None:
    with pytest.raises(Invalid):
        await store.put(key, b"x", content_type="text/plain")
    for attempt in (store.get(key), store.info(key), store.delete(key), read(store, key), store.url(key, expires_in=5)):
        with pytest.raises(Invalid):
            await attempt


@pytest.mark.parametrize("prefix", ["../", "/", "a/../b", "a//"])
async def test_a_prefix_that_could_lead_out_is_refused(store: BlobStore, prefix: str) -> None:
    with pytest.raises(Invalid):
        _ = [info async for info in store.list(prefix)]


async def test_writers_of_one_key_never_mix(store: BlobStore) -> None:
    blobs = [bytes([number]) * 50_000 for number in range(8)]
    await asyncio.gather(*(store.put("race", blob, content_type="text/plain") for blob in blobs))
    assert await store.get("race") in blobs


async def test_a_large_blob_comes_back_whole(store: BlobStore) -> None:
    large = DATA * (MULTIPART * 2 // len(DATA)) + b"tail"
    stored = await store.put("large.webm", large, content_type="video/webm")
    assert stored.size == len(large)
    assert await read(store, "large.webm", MULTIPART - 3, MULTIPART + 3) == large[MULTIPART - 3 : MULTIPART + 3]
    assert await store.get("large.webm") == large
