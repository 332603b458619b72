"""People who log in at the same moment wait in line."""

import asyncio

import pytest

from questline_core.auth.admission import Admission
from questline_sdk import TooManyRequests


async def test_a_few_at_a_time_in_order_and_nobody_beyond_the_line():
    line, door, served = Admission(at_once=2, most_waiting=3), asyncio.Event(), []

    async def enter(number: int) -> None:
        async with line.turn():
            served.append(number)
            await door.wait()

    coming = [asyncio.create_task(enter(number)) for number in range(7)]
    refused, _ = await asyncio.wait(coming, return_when=asyncio.FIRST_EXCEPTION)
    assert served == [0, 1]
    assert refused <= set(coming[5:])
    door.set()
    outcomes = await asyncio.gather(*coming, return_exceptions=True)
    assert served == [0, 1, 2, 3, 4]
    assert outcomes[:5] == [None] * 5
    assert all(isinstance(each, TooManyRequests) and each.retry_after for each in outcomes[5:])


async def test_who_gives_up_leaves_the_line():
    line, door = Admission(at_once=1, most_waiting=1), asyncio.Event()

    async def enter() -> str:
        async with line.turn():
            await door.wait()
            return "served"

    first, second = asyncio.create_task(enter()), asyncio.create_task(enter())
    await asyncio.sleep(0)
    with pytest.raises(TooManyRequests):
        await enter()
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    third = asyncio.create_task(enter())
    door.set()
    assert await asyncio.gather(first, third) == ["served", "served"]
