import asyncio
import time

import argon2
import pytest

from questline_core.auth import passwords
from questline_core.auth.passwords import check_new_password, hash_password, needs_rehash, verify_password
from questline_sdk import Invalid, TooManyRequests


async def test_a_password_is_verified_by_its_hash_only():
    stored = await hash_password("a walk along the river")
    assert stored.startswith("$argon2id$")
    assert await verify_password(stored, "a walk along the river")
    assert not await verify_password(stored, "a walk along the rivers")


async def test_the_same_password_from_another_keyboard_is_verified():
    stored = await hash_password("cafe\u0301 au lait")
    assert await verify_password(stored, "caf\u00e9 au lait")


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
async def test_no_password_fits_an_account_without_one(stored):
    assert not await verify_password(stored, "a walk along the river")


async def test_a_hash_of_other_parameters_is_verified_and_due_for_a_new_one():
    old = argon2.PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash("a walk along the river")
    assert await verify_password(old, "a walk along the river")
    assert needs_rehash(old)
    assert not needs_rehash(await hash_password("a walk along the river"))
    assert not needs_rehash(passwords.NOBODY)


async def test_the_event_loop_runs_on_while_passwords_are_hashed():
    work = asyncio.gather(*(hash_password("a walk along the river") for _ in range(4 * passwords.CORES)))
    pauses, before = [], time.perf_counter()
    while not work.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        pauses.append(now - before)
        before = now
    await work
    assert len(pauses) > 100
    assert sorted(pauses)[int(len(pauses) * 0.99)] < 0.01


async def test_too_many_waiting_passwords_are_turned_away(monkeypatch):
    monkeypatch.setattr(passwords, "MOST_WAITING", 2)
    outcomes = await asyncio.gather(
        *(hash_password("a walk along the river") for _ in range(5)), return_exceptions=True
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, TooManyRequests)]
    assert len(refused) == 3
    assert refused[0].retry_after
    assert await hash_password("a walk along the river")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("too short", "at least 10"),
        ("x" * 201, "at most 200"),
        ("Password123", "guessed first"),
        ("QWERTYUIOP", "guessed first"),
        ("abababababab", "guessed first"),
        ("i am ada.lovelace!", "name in your e-mail"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password, reason):
    with pytest.raises(Invalid) as caught:
        check_new_password(password, email="Ada.Lovelace@example.test", field="new_password")
    (error,) = caught.value.errors
    assert error.field == "new_password"
    assert reason in error.message


@pytest.mark.parametrize("password", ["a walk along the river", "correct horse battery staple", "Tz7!kdW-2qpL"])
def test_a_good_password_is_accepted(password):
    check_new_password(password, email="ada@example.test")


def test_a_short_name_in_the_address_forbids_nothing():
    check_new_password("jo walks along the river", email="jo@example.test")
