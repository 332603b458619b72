"""What only S3 does."""

import asyncio

import httpx
import pytest

from questline_core.services import EmbeddedSeaweed
from questline_core.settings import Settings
from questline_core.storage import StorageError, make_store
from questline_core.storage.s3 import S3Store

from .conftest import s3_store


async def test_the_bucket_is_made_once_by_many_first_uses(seaweed: EmbeddedSeaweed) -> None:
    first, second = s3_store(seaweed, bucket="made-once"), s3_store(seaweed, bucket="made-once")
    await asyncio.gather(
        *(store.put(f"k{n}", b"x", content_type="text/plain") for store in (first, second) for n in range(4))
    )
    assert len([info async for info in second.list("")]) == 4
    await first.close()
    await second.close()


async def test_a_signed_address_serves_the_blob_without_keys(seaweed: EmbeddedSeaweed) -> None:
    store = s3_store(seaweed, bucket="signed")
    await store.put("a.svg", b"<svg/>", content_type="image/svg+xml")
    url = await store.url("a.svg", expires_in=60)
    assert url is not None
    async with httpx.AsyncClient() as client:
        answer = await client.get(url)
        unsigned = await client.get(url.partition("?")[0])
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, b"<svg/>", "image/svg+xml")
    assert unsigned.status_code == 403
    await store.close()


async def test_wrong_keys_are_unavailable_storage_not_a_missing_blob(seaweed: EmbeddedSeaweed) -> None:
    store = S3Store(bucket="b", endpoint_url=seaweed.endpoint_url, access_key="wrong", secret_key="wrong" * 8)
    with pytest.raises(StorageError, match="refused"):
        await store.get("a")
    await store.close()


async def test_a_server_that_does_not_answer_is_unavailable_storage(unused_tcp_port: int) -> None:
    store = S3Store(bucket="b", endpoint_url=f"http://127.0.0.1:{unused_tcp_port}", access_key="a", secret_key="b")
    with pytest.raises(StorageError, match="does not answer"):
        await store.get("a")
    await store.close()


async def test_the_settings_choose_the_store(seaweed: EmbeddedSeaweed) -> None:
    store = make_store(
        Settings(
            storage="s3",
            s3_bucket="from-settings",
            s3_endpoint_url=seaweed.endpoint_url,
            s3_access_key=seaweed.access_key,
            s3_secret_key=seaweed.secret_key,
        )
    )
    assert isinstance(store, S3Store)
    await store.put("a", b"x", content_type="text/plain")
    await store.close()
