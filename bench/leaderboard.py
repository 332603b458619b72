"""A leaderboard of 1,000,000: update, exact rank, five above and below, against an indexed PostgreSQL table."""

import datetime as dt
import random
import time
from uuid import UUID, uuid4

import asyncpg
import redis.asyncio as redis

from bench.report import Result, at_most
from bench.site import BenchSite, bench_site
from questline_leaderboards.store import BoardKeys, BoardStore, member_of, score_of
from questline_points.api import UserTotal

MEMBERS = 1_000_000
OPERATIONS = 1_000
BASELINE_OPERATIONS = 20
NEIGHBOURS = 5
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def run() -> list[Result]:
    """Fill both, then time one operation after the other."""
    with bench_site() as site:
        return site.run(_measure(site))


async def _measure(site: BenchSite) -> list[Result]:
    chance = random.Random(7)
    users = [uuid4() for _ in range(MEMBERS)]
    points = [chance.randrange(1, 100_000) for _ in users]
    ours = await _ours(site, users, points, chance)
    baseline = await _baseline(site, users, points, chance)
    return [
        at_most(
            "update + rank + 5 around, p50", _percentile(ours, 0.5), "ms", bar=5, baseline=_percentile(baseline, 0.5)
        ),
        at_most(
            "update + rank + 5 around, p95", _percentile(ours, 0.95), "ms", bar=5, baseline=_percentile(baseline, 0.95)
        ),
    ]


async def _ours(site: BenchSite, users: list[UUID], points: list[int], chance: random.Random) -> list[float]:
    client = redis.Redis.from_url(site.services.redis_url, socket_timeout=60)
    store = BoardStore(client)
    keys = BoardKeys(
        **{
            name: f"bench:{{board}}:{name}"
            for name in ("order", "places", "building", "missed", "new_order", "new_places")
        }
    )
    try:
        await _fill(store, keys, users, points)
        times = []
        for number in range(OPERATIONS):
            place = chance.randrange(MEMBERS)
            points[place] += chance.randrange(1, 200)
            total = _total(users[place], points[place], MEMBERS + number)
            started = time.perf_counter()
            (standing,) = (await store.place([keys], {users[place]: [total]}))[users[place]]
            reading = await store.read(keys, users[place], top=0, around=NEIGHBOURS)
            times.append(time.perf_counter() - started)
            assert standing is not None
            assert reading is not None
            assert reading.rank == standing.rank
            assert len(reading.around) >= NEIGHBOURS + 1
        return times
    finally:
        await client.aclose()


async def _fill(store: BoardStore, keys: BoardKeys, users: list[UUID], points: list[int]) -> None:
    """Fill a board as a rebuild does."""
    await store.redis.delete(keys.order, keys.places)
    for start in range(0, len(users), 5000):
        pipeline = store.redis.pipeline(transaction=False)
        batch = range(start, min(start + 5000, len(users)))
        totals = [_total(users[place], points[place], place) for place in batch]
        pipeline.zadd(keys.order, {member_of(total): score_of(total) for total in totals})
        pipeline.hset(keys.places, mapping={total.user_id.bytes: member_of(total) for total in totals})
        await pipeline.execute()
    await store.redis.hset(keys.places, "@run", (await store.redis.info("server"))["run_id"])


async def _baseline(site: BenchSite, users: list[UUID], points: list[int], chance: random.Random) -> list[float]:
    connection = await asyncpg.connect(site.services.owner_database_url)
    try:
        await connection.execute(
            "CREATE TABLE public.board (user_id uuid PRIMARY KEY, points int NOT NULL, reached int NOT NULL)"
        )
        records = [(user, total, place) for place, (user, total) in enumerate(zip(users, points, strict=True))]
        await connection.copy_records_to_table("board", records=records, columns=["user_id", "points", "reached"])
        await connection.execute("CREATE INDEX ON public.board (points DESC, reached); ANALYZE public.board")
        times = []
        for number in range(BASELINE_OPERATIONS):
            place = chance.randrange(MEMBERS)
            started = time.perf_counter()
            row = await connection.fetchrow(
                "UPDATE public.board SET points = points + 50, reached = $2 WHERE user_id = $1 "
                "RETURNING points, reached",
                users[place], MEMBERS + number,
            )  # fmt: skip
            await connection.fetchval(
                "SELECT count(*) + 1 FROM public.board WHERE points > $1 OR (points = $1 AND reached < $2)", *row
            )
            for order, sign in (("points ASC, reached DESC", ">"), ("points DESC, reached ASC", "<")):
                await connection.fetch(
                    f"SELECT user_id, points FROM public.board WHERE points {sign} $1 ORDER BY {order} LIMIT 5",
                    row["points"],
                )
            times.append(time.perf_counter() - started)
        return times
    finally:
        await connection.close()


def _total(user_id: UUID, points: int, second: int) -> UserTotal:
    return UserTotal(user_id=user_id, total=points, reached_at=EPOCH + dt.timedelta(seconds=second))


def _percentile(times: list[float], share: float) -> float:
    return 1000 * sorted(times)[int(len(times) * share)]
