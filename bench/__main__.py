"""`python -m bench [NAME ...]`: run all benchmarks, or those named."""

import importlib
import sys
import time

from bench.report import Result, record, table

BENCHMARKS = (
    "pages",
    "plugins",
    "live",
    "leaderboard",
    "memory",
    "first_load",
    "scaffold",
    "enablement",
    "install",
    "user_import",
    "authentication",
    "logins",
    "audit",
    "ai_streams",
    "recommendations",
    "payment_webhooks",
    "paid_course",
)


def main() -> int:
    """Run benchmarks; the status is 1 where a bar is missed."""
    names = sys.argv[1:] or BENCHMARKS
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"there is no benchmark {unknown[0]!r}; choose from {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    results: list[Result] = []
    for name in names:
        module = importlib.import_module(f"bench.{name}")
        print(f"\n{name}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        started = time.monotonic()
        found = module.run()
        record(found)
        results += found
        print(table(found), flush=True)
        print(f"({time.monotonic() - started:.0f} s)", flush=True)
    return 0 if all(result.holds for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
