"""SeaweedFS on this machine: an S3 server for tests and for trying out S3 storage."""

from __future__ import annotations

import contextlib
import http.client
import json
from pathlib import Path

from questline_core.services.binaries import find_weed
from questline_core.services.ports import LOOPBACK
from questline_core.services.process import Command
from questline_core.services.service import EmbeddedService
from questline_core.services.state import make_directory, new_secret, read_json, write_json, write_private

# Each part also listens for gRPC on its port + 10000.
PARTS = ("s3", "master", "filer", "volume", "admin")
OPTIONS = (
    "-ip=127.0.0.1",
    "-ip.bind=127.0.0.1",
    "-master.telemetry=false",
    "-s3.autoCreateBucket=false",
    "-s3.port.iceberg=0",
    "-s3.port.lance=0",
    "-admin.ui=false",
    "-webdav=false",
    "-volume.preStopSeconds=0",
)
ACTIONS = ["Admin", "Read", "Write", "List", "Tagging"]


class EmbeddedSeaweed(EmbeddedService):
    """SeaweedFS' S3 server with one access key; requests without its signature are refused."""

    title = "SeaweedFS"
    folder = "seaweed"
    executable = "weed"
    stop_timeout = 20
    port_distances = (*range(1, len(PARTS)), *range(10000, 10000 + len(PARTS)))

    def __init__(self, home: Path, port: int | None = None) -> None:
        super().__init__(home, port)
        self._keys: dict[str, str] = {}

    @property
    def data(self) -> Path:
        """The directory that holds buckets and their index."""
        return self.root / "data"

    @property
    def endpoint_url(self) -> str:
        """The URL for S3 clients, which must address buckets by path."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def access_key(self) -> str:
        """The access key id."""
        return self._key("access_key")

    @property
    def secret_key(self) -> str:
        """The secret that signs requests."""
        return self._key("secret_key")

    def _key(self, name: str) -> str:
        return self._keys.get(name) or str(read_json(self.root / "credentials.json").get(name, ""))

    def prepare(self) -> None:
        """Choose an access key and create the data directory."""
        make_directory(self.data, 0o700)
        path = self.root / "credentials.json"
        known = read_json(path)
        if not all(isinstance(known.get(name), str) for name in ("access_key", "secret_key")):
            known = {"access_key": new_secret()[:20].upper(), "secret_key": new_secret()}
            write_json(path, known)
        self._keys = known

    def command(self, port: int) -> Command:
        """Return how to start all parts of SeaweedFS in one process."""
        credentials = [{"accessKey": self.access_key, "secretKey": self.secret_key}]
        identity = {"name": "questline", "credentials": credentials, "actions": ACTIONS}
        configuration = json.dumps({"identities": [identity]})
        path = self.root / "s3.json"
        if not path.exists() or path.read_text(encoding="utf-8") != configuration:
            write_private(path, configuration)
        argv = [str(find_weed()), "mini", f"-dir={self.data}", f"-s3.config={path}", *OPTIONS]
        argv += [f"-{part}.port={port + distance}" for distance, part in enumerate(PARTS)]
        return Command(argv, self.data, {"GOMEMLIMIT": "512MiB"}, configuration=configuration)

    def ready(self) -> bool:
        """Return whether objects can be stored: the S3 part answers and the master has a volume server."""
        return self._answers(self.port, "/healthz") and self._answers(self.port + 1, "/dir/assign")

    def _answers(self, port: int, path: str) -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", path)
            return connection.getresponse().status == http.client.OK
        return False

    def stop(self) -> None:
        """Stop the server and remove the sockets it leaves in /tmp."""
        port = self._port
        super().stop()
        for distance, part in enumerate(PARTS if port is not None else ()):
            for name in (f"{part}-{(port or 0) + distance}", f"{part}-grpc-{(port or 0) + 10000 + distance}"):
                with contextlib.suppress(OSError):
                    Path(f"/tmp/seaweedfs-{name}.sock").unlink()  # noqa: S108 - SeaweedFS chose the place
