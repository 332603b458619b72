from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import psutil
import pytest
from botocore import UNSIGNED
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError

from questline_core.services import EmbeddedSeaweed

Launch = Callable[[Any], Any]


@pytest.fixture(scope="module")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSeaweed]:
    server = EmbeddedSeaweed(tmp_path_factory.mktemp("seaweed"))
    server.start()
    yield server
    server.purge()


def client(server: EmbeddedSeaweed, secret: str | None = None, **settings: Any) -> BaseClient:
    return boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=secret or server.secret_key,
        region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, **settings),
    )


def test_objects_are_kept_over_a_restart(seaweed: EmbeddedSeaweed) -> None:
    s3 = client(seaweed)
    s3.create_bucket(Bucket="media")
    s3.put_object(Bucket="media", Key="a/b.txt", Body=b"hello", ContentType="text/plain")
    assert s3.get_object(Bucket="media", Key="a/b.txt")["Body"].read() == b"hello"
    seaweed.stop()
    seaweed.start()
    assert client(seaweed).get_object(Bucket="media", Key="a/b.txt")["Body"].read() == b"hello"


@pytest.mark.parametrize("wrong", [{"secret": "wrong"}, {"signature_version": UNSIGNED}])
def test_requests_without_the_right_signature_are_refused(seaweed: EmbeddedSeaweed, wrong: dict[str, Any]) -> None:
    for call in ("list_buckets", "create_bucket"):
        with pytest.raises(ClientError) as refusal:
            getattr(client(seaweed, **wrong), call)(**({"Bucket": "other"} if call == "create_bucket" else {}))
        assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_buckets_are_not_created_by_writing_to_them(seaweed: EmbeddedSeaweed) -> None:
    with pytest.raises(ClientError, match="NoSuchBucket"):
        client(seaweed).put_object(Bucket="unknown", Key="key", Body=b"")


def test_it_listens_on_the_loopback_interface_and_calls_nobody(seaweed: EmbeddedSeaweed) -> None:
    connections = psutil.Process(seaweed.pid).net_connections("inet")
    assert {connection.laddr.ip for connection in connections} == {"127.0.0.1"}
    assert {connection.raddr.ip for connection in connections if connection.raddr} <= {"127.0.0.1"}
    assert "-master.telemetry=false" in psutil.Process(seaweed.pid).cmdline()


def test_stopping_removes_its_sockets(launch: Launch, home: Path) -> None:
    server = launch(EmbeddedSeaweed(home))
    port = server.port
    server.stop()
    assert not list(Path("/tmp").glob(f"seaweedfs-*{port}.sock"))  # noqa: S108
    server.purge()
