import asyncio
import datetime as dt

import pytest
from sqlalchemy import func, select, update

from questline_core.auth.cookies import RefreshCookie
from questline_core.auth.models import AuthSession, RefreshToken, User
from questline_core.auth.policy import SessionLimits
from questline_core.auth.service import create_user, delete_user, set_password, set_role, set_status
from questline_core.auth.sessions import GRACE, Device, end_session, open_session, rotate

LIMITS = SessionLimits(idle_days=30, longest_days=365)
JUST_OVER = GRACE + dt.timedelta(seconds=1)


@pytest.fixture
def at(host, tenant):
    """Runs one unit of work some time after the first."""
    start = dt.datetime.now(dt.UTC)

    async def run(after, work, *arguments, **named):
        async with host.context(tenant.id) as ctx:
            ctx.now = start + after
            return await work(ctx, *arguments, **named)

    return run


@pytest.fixture
async def user_id(host, tenant, email):
    async with host.context(tenant.id) as ctx:
        return (await create_user(ctx, email=email, display_name="Ada", password=None)).id


@pytest.fixture
async def first(at, user_id):
    """The first refresh token of a session."""
    return await at(dt.timedelta(0), open_session, user_id, Device(), LIMITS)


@pytest.fixture
def exchange(at):
    async def run(seconds, presented):
        rotated = await at(dt.timedelta(seconds=seconds), rotate, presented, LIMITS)
        return rotated[1] if rotated else None

    return run


async def session_of(host, presented):
    async with host.context(presented.tenant_id) as ctx:
        return await ctx.session.scalar(select(AuthSession).where(AuthSession.id == presented.session_id))


async def test_each_refresh_brings_a_new_token_of_the_same_session(first, exchange):
    second = await exchange(600, first)
    third = await exchange(1200, second)
    assert len({first.token, second.token, third.token}) == 3
    assert first.session_id == second.session_id == third.session_id


async def test_only_hashes_of_tokens_are_kept(first, host):
    async with host.context(first.tenant_id) as ctx:
        (stored,) = (await ctx.session.scalars(select(RefreshToken))).all()
    assert stored.token_hash == first.token_hash
    assert len(stored.token_hash) == 32
    assert first.token.encode() not in stored.token_hash


async def test_using_a_token_twice_ends_the_whole_session(first, exchange, host):
    second = await exchange(0, first)
    assert await exchange(JUST_OVER.seconds, first) is None
    session = await session_of(host, first)
    assert session.revoke_reason == "reuse"
    assert await exchange(JUST_OVER.seconds, second) is None


async def test_two_tabs_with_one_token_both_stay_signed_in(first, exchange, host):
    one = await exchange(0, first)
    other = await exchange(GRACE.seconds, first)
    assert one.token != other.token
    assert await exchange(600, other) is not None
    assert (await session_of(host, first)).revoked_at is None


async def test_truly_simultaneous_refreshes_all_succeed(first, host):
    async def refresh():
        async with host.context(first.tenant_id) as ctx:
            return await rotate(ctx, first, LIMITS)

    outcomes = await asyncio.gather(*(refresh() for _ in range(8)))
    assert len({cookie.token for _, cookie in outcomes}) == 8


async def test_a_token_taken_within_the_grace_is_found_out_at_its_next_use(first, exchange, host):
    ours = await exchange(0, first)
    theirs = await exchange(5, first)
    assert await exchange(600, ours) is not None
    assert await exchange(700, theirs) is None
    assert (await session_of(host, first)).revoke_reason == "reuse"


async def test_an_unknown_token_is_refused_and_ends_nothing(first, exchange, host):
    assert await exchange(0, RefreshCookie.fresh(first.tenant_id, first.session_id)) is None
    assert (await session_of(host, first)).revoked_at is None
    assert await exchange(0, first) is not None


async def test_a_token_is_good_in_its_own_session_only(first, at, user_id, exchange):
    other = await at(dt.timedelta(0), open_session, user_id, Device(), LIMITS)
    mixed = RefreshCookie(tenant_id=first.tenant_id, session_id=other.session_id, token=first.token)
    assert await exchange(0, mixed) is None


async def test_a_token_means_nothing_in_another_tenant(first, site, exchange, host):
    elsewhere = await site.new_tenant()
    stolen = RefreshCookie(tenant_id=elsewhere.id, session_id=first.session_id, token=first.token)
    async with host.context(elsewhere.id) as ctx:
        assert await rotate(ctx, stolen, LIMITS) is None
    assert await exchange(0, first) is not None


async def test_a_session_lasts_from_its_last_use(first, exchange):
    day = 86_400
    second = await exchange(29 * day, first)
    third = await exchange(58 * day, second)
    assert third is not None
    assert await exchange(58 * day + 30 * day, third) is None


async def test_tokens_too_old_to_matter_are_cleared_away(first, exchange, host):
    day = 86_400
    second = await exchange(20 * day, first)
    await exchange(40 * day, second)
    async with host.context(first.tenant_id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(RefreshToken)) == 2


async def test_expired_sessions_are_cleared_away_at_the_next_log_in(first, at, user_id, host):
    await at(dt.timedelta(days=31), open_session, user_id, Device(), LIMITS)
    assert await session_of(host, first) is None


async def test_logging_out_ends_the_session_with_an_old_token_too(first, exchange, at, host):
    second = await exchange(0, first)
    await at(dt.timedelta(minutes=1), end_session, first)
    assert (await session_of(host, first)).revoke_reason == "log_out"
    assert await exchange(90, second) is None


async def test_logging_out_needs_a_token_of_the_session(first, at, host):
    await at(dt.timedelta(0), end_session, RefreshCookie.fresh(first.tenant_id, first.session_id))
    assert (await session_of(host, first)).revoked_at is None


async def test_a_suspended_user_gets_no_new_token(first, at, user_id, exchange, host):
    await at(dt.timedelta(0), set_status, user_id, "suspended")
    assert await exchange(1, first) is None
    assert (await session_of(host, first)).revoke_reason == "suspended"
    await at(dt.timedelta(0), set_status, user_id, "active")
    assert await exchange(2, first) is None


async def test_a_user_suspended_behind_our_back_gets_no_new_token(first, user_id, exchange, host):
    async with host.context(first.tenant_id) as ctx:
        await ctx.session.execute(update(User).where(User.id == user_id).values(status="suspended"))
    assert await exchange(1, first) is None
    assert (await session_of(host, first)).revoke_reason == "suspended"


async def test_a_deleted_user_gets_no_new_token(first, at, user_id, exchange, host):
    await at(dt.timedelta(0), delete_user, user_id)
    assert await exchange(1, first) is None
    assert await session_of(host, first) is None
    async with host.context(first.tenant_id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(RefreshToken)) == 0


async def test_a_password_set_for_somebody_ends_their_sessions(first, at, user_id, exchange):
    await at(dt.timedelta(0), set_password, user_id, "a walk along the river")
    assert await exchange(1, first) is None


async def test_a_new_role_is_in_the_next_access_token(first, at, user_id):
    await at(dt.timedelta(0), set_role, user_id, "instructor")
    user, _ = await at(dt.timedelta(seconds=1), rotate, first, LIMITS)
    assert user.role == "instructor"


async def test_a_refresh_notes_when_the_user_was_seen(first, at):
    user, _ = await at(dt.timedelta(hours=1), rotate, first, LIMITS)
    assert user.last_seen_at > dt.datetime.now(dt.UTC) + dt.timedelta(minutes=50)
