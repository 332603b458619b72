"""HTTP load through autocannon, the same way for ours and for every baseline."""

import json
import subprocess
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]
AUTOCANNON = ROOT / "node_modules" / "autocannon" / "autocannon.js"
CONNECTIONS = 32
SECONDS = 6


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What a server answered under load; times in milliseconds."""

    requests_per_second: float
    p50: float
    p99: float
    failed: int


def load(url: str, *, token: str | None = None, seconds: int = SECONDS, connections: int = CONNECTIONS) -> Load:
    """Request one address over keep-alive connections for some seconds; anything but 2xx counts as failed."""
    command = ["node", str(AUTOCANNON), "--json", "--no-progress", "-c", str(connections), "-d", str(seconds)]
    if token:
        command += ["-H", f"authorization=Bearer {token}"]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    failed = found["errors"] + found["timeouts"] + found["non2xx"]
    return Load(
        requests_per_second=found["requests"]["average"],
        p50=found["latency"]["p50"],
        p99=found["latency"]["p99"],
        failed=failed,
    )


def best_of(
    url: str, other: str, *, rounds: int = 3, token: str | None = None, both_signed_in: bool = True
) -> tuple[Load, Load]:
    """Load two addresses in turn, so that both meet the same machine; the median round of each."""
    other_token = token if both_signed_in else None
    pairs = [(load(url, token=token), load(other, token=other_token)) for _ in range(rounds)]
    ours = sorted((pair[0] for pair in pairs), key=lambda each: each.requests_per_second)[rounds // 2]
    theirs = sorted((pair[1] for pair in pairs), key=lambda each: each.requests_per_second)[rounds // 2]
    for result in (ours, theirs):
        if result.failed:
            raise RuntimeError(f"{result.failed} requests failed")
    return ours, theirs
