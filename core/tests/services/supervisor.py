"""A supervisor of its own, to be killed by tests: prints the addresses as JSON, runs until its input ends."""

import json
import sys
from pathlib import Path

from questline_core.services import EmbeddedServices, ServiceError

try:
    with EmbeddedServices(Path(sys.argv[1])) as services:
        pids = {service.folder: service.pid for service in services.services}
        urls = {"database": services.owner_database_url, "redis": services.redis_url}
        print(json.dumps({"pids": pids, **urls}), flush=True)  # noqa: T201
        sys.stdin.read()
except ServiceError as error:
    sys.exit(f"refused: {error}")
