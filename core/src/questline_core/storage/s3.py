"""Blobs in an S3 bucket, through boto3 in a bounded set of threads."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from questline_core.storage.errors import StorageError, no_blob
from questline_core.storage.keys import check_key, check_prefix
from questline_sdk import NotFound
from questline_sdk.storage import BlobInfo

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

T = TypeVar("T")
THREADS = 16
CHUNK = 256 * 1024
MULTIPART = 8 * 1024 * 1024
"""Bytes from which a blob is sent in parts."""
MISSING = {"404", "NoSuchKey", "NotFound"}
DEFAULT_REGION = "us-east-1"


class S3Store:
    """Stores blobs as objects; the bucket is created at the first use if it is not there."""

    def __init__(
        self,
        *,
        bucket: str,
        region: str = DEFAULT_REGION,
        endpoint_url: str | None = None,
        access_key: str | None = None,
        secret_key: str | None = None,
    ) -> None:
        self.bucket = bucket
        self._region = region
        self._connect = partial(
            boto3.client,
            "s3",
            region_name=region,
            endpoint_url=endpoint_url,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            config=Config(
                max_pool_connections=THREADS,
                connect_timeout=3,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
                s3={"addressing_style": "path" if endpoint_url else "auto"},
            ),
        )
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="s3")
        self._client: S3Client | None = None
        self._opening = asyncio.Lock()

    async def put(self, key: str, data: bytes, *, content_type: str) -> BlobInfo:
        """Store a blob; large ones in parts."""
        client = await self._ready()
        return await self._run(check_key(key), partial(self._put, client, key, data, content_type))

    async def put_file(self, key: str, file: BinaryIO, *, content_type: str) -> BlobInfo:
        """Store what an open file holds, from its beginning to its end, in parts."""
        client = await self._ready()
        file.seek(0)
        return await self._run(check_key(key), partial(self._put_parts, client, key, file, content_type))

    async def get(self, key: str) -> bytes:
        """Read a whole blob; raises `NotFound`."""
        client = await self._ready()

        def read() -> bytes:
            with client.get_object(Bucket=self.bucket, Key=key)["Body"] as body:
                return body.read()

        return await self._run(check_key(key), read)

    async def stream(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Read bytes `start` to `end` (exclusive) in chunks; raises `NotFound`."""
        size = (await self.info(key)).size
        end = size if end is None else min(end, size)
        if start >= end:
            return
        client = await self._ready()
        get = partial(client.get_object, Bucket=self.bucket, Key=key, Range=f"bytes={start}-{end - 1}")
        body = (await self._run(key, get))["Body"]
        try:
            while chunk := await self._run(key, partial(body.read, CHUNK)):
                yield chunk
        finally:
            body.close()

    async def info(self, key: str) -> BlobInfo:
        """Describe a blob; raises `NotFound`."""
        client = await self._ready()
        return await self._run(check_key(key), partial(self._info, client, key))

    async def delete(self, key: str) -> None:
        """Remove a blob, if it is there."""
        client = await self._ready()
        await self._run(check_key(key), partial(client.delete_object, Bucket=self.bucket, Key=key))

    async def list(self, prefix: str) -> AsyncIterator[BlobInfo]:
        """List blobs by key; one request a blob, because a listing does not tell the content type."""
        client = await self._ready()
        keys = await self._run(prefix, partial(self._keys, client, check_prefix(prefix)))
        for first in range(0, len(keys), THREADS):
            batch = keys[first : first + THREADS]
            for found in await asyncio.gather(*map(self.info, batch), return_exceptions=True):
                if isinstance(found, BlobInfo):
                    yield found
                elif not isinstance(found, NotFound):
                    raise found

    async def url(self, key: str, *, expires_in: int) -> str | None:
        """An address with a signature that is good for `expires_in` seconds."""
        client = await self._ready()
        sign = partial(
            client.generate_presigned_url,
            "get_object",
            Params={"Bucket": self.bucket, "Key": check_key(key)},
            ExpiresIn=expires_in,
        )
        return await self._run(key, sign)

    async def close(self) -> None:
        """Close the connections and end the threads."""
        if self._client is not None:
            self._client.close()
        self._threads.shutdown(wait=False)

    async def _ready(self) -> "S3Client":
        if self._client is None:
            async with self._opening:
                if self._client is None:
                    client = await self._run(self.bucket, self._connect)
                    await self._run(self.bucket, partial(self._ensure_bucket, client))
                    self._client = client
        return self._client

    async def _run(self, key: str, function: Callable[[], T]) -> T:
        with _s3_errors(key):
            return await asyncio.get_running_loop().run_in_executor(self._threads, function)

    def _ensure_bucket(self, client: "S3Client") -> None:
        try:
            client.head_bucket(Bucket=self.bucket)
        except ClientError as error:
            if _code(error) not in MISSING | {"NoSuchBucket"}:
                raise
            options: dict[str, Any] = {"Bucket": self.bucket}
            if self._region != DEFAULT_REGION:
                options["CreateBucketConfiguration"] = {"LocationConstraint": self._region}
            with suppress(client.exceptions.BucketAlreadyOwnedByYou):
                client.create_bucket(**options)

    def _put(self, client: "S3Client", key: str, data: bytes, content_type: str) -> BlobInfo:
        if len(data) < MULTIPART:
            stored = client.put_object(Bucket=self.bucket, Key=key, Body=data, ContentType=content_type)
            return BlobInfo(key=key, size=len(data), content_type=content_type, etag=stored["ETag"].strip('"'))
        return self._put_parts(client, key, BytesIO(data), content_type)

    def _put_parts(self, client: "S3Client", key: str, file: BinaryIO, content_type: str) -> BlobInfo:
        parts = TransferConfig(multipart_threshold=MULTIPART, multipart_chunksize=MULTIPART, max_concurrency=4)
        client.upload_fileobj(file, self.bucket, key, ExtraArgs={"ContentType": content_type}, Config=parts)
        return self._info(client, key)

    def _keys(self, client: "S3Client", prefix: str) -> Sequence[str]:
        """The keys in order; not every server lists them so (SeaweedFS goes folder by folder)."""
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return sorted(each.get("Key", "") for page in pages for each in page.get("Contents", []))

    def _info(self, client: "S3Client", key: str) -> BlobInfo:
        head = client.head_object(Bucket=self.bucket, Key=key)
        return BlobInfo(
            key=key, size=head["ContentLength"], content_type=head["ContentType"], etag=head["ETag"].strip('"')
        )


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def _s3_errors(key: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if _code(error) in MISSING:
            raise no_blob(key) from None
        raise StorageError(f"The S3 store refused the request ({_code(error)}).", retry_after=5) from error
    except (BotoCoreError, OSError) as error:
        raise StorageError("The S3 store does not answer.", retry_after=5) from error
