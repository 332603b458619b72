"""What the buyer does with seats: give them by mail, take them back, and hand out codes.

An invitation holds a seat until it is accepted, taken back or expired, so that nobody is invited to nothing. Who has an
account is invited like everybody else: nobody is put into a course unasked, or learns from here who has an account.
"""

import datetime as dt
import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, update

from questline_payments import seats, seats_mailing, seats_secrets
from questline_payments.seats_events import SeatCodeChanged
from questline_payments.seats_models import Seat, SeatCode, SeatPool
from questline_payments.seats_schemas import SeatCodeInput, SeatInvitation
from questline_sdk import Conflict, Context, FieldError, Invalid, NotFound
from questline_sdk.provisioning import Accounts

ADDRESS = re.compile(r"[^\s@\x00]{1,64}@[^\s@.\x00]+(\.[^\s@.\x00]+)+")
INVITED_FOR = dt.timedelta(days=14)
MOST_CODES = 100


async def own(ctx: Context, pool_id: UUID) -> SeatPool:
    """The acting user's own pool, locked; raises `NotFound`."""
    found = await seats.locked(ctx, pool_id)
    if found is None or found.user_id != ctx.user.id:
        raise NotFound("There are no such seats.")
    return found


async def assign(ctx: Context, pool_id: UUID, emails: Sequence[str]) -> list[SeatInvitation]:
    """Invite people to seats, all of them or none; who has one already keeps it.

    Raises `Invalid`, which names each address that is none, or `Conflict` where there are too few seats.
    """
    pool = await own(ctx, pool_id)
    wanted = _checked(emails)
    there = await _have(ctx, pool, wanted)
    new = [each for each in wanted if each not in there]
    await _demand_free(ctx, pool, len(new))
    made = {each: await _invite(ctx, pool, each) for each in new}
    await ctx.audit("payments.seats.assigned", subject=("seats", pool.id), after={"count": len(new)})
    return [
        SeatInvitation(email=each, outcome="invited" if each in made else "has_seat", path=made.get(each))
        for each in wanted
    ]


def _checked(emails: Sequence[str]) -> list[str]:
    typed = [each.strip().lower() for each in emails]
    wrong = [place for place, each in enumerate(typed) if not ADDRESS.fullmatch(each)]
    if wrong:
        raise Invalid(
            "Some lines are no e-mail addresses.",
            errors=[FieldError(f"emails.{place}", "is not an e-mail address") for place in wrong],
        )
    return list(dict.fromkeys(typed))


async def _have(ctx: Context, pool: SeatPool, emails: Sequence[str]) -> set[str]:
    """Those of these addresses that are invited, or whose owner has a seat."""
    mine = (Seat.pool_id == pool.id) & (Seat.state != "revoked")
    invited = await ctx.session.scalars(select(Seat.email).where(mine, Seat.email.in_(emails)))
    people = ctx.service(Accounts).table()
    seated = select(people.c.email).join(Seat, Seat.user_id == people.c.id).where(mine, people.c.email.in_(emails))
    return {each for each in (*invited, *await ctx.session.scalars(seated)) if each}


async def free(ctx: Context, pool: SeatPool) -> int:
    """How many of a locked pool's seats nobody has or is invited to."""
    given = await ctx.session.scalar(
        select(func.count()).select_from(Seat).where(Seat.pool_id == pool.id, Seat.state != "revoked")
    )
    return max(pool.seats - int(given or 0), 0)


async def _demand_free(ctx: Context, pool: SeatPool, wanted: int) -> None:
    left = await free(ctx, pool)
    if wanted > left:
        raise Conflict(f"There are {left} free seats for {wanted} people.", code="no_seat")


async def _invite(ctx: Context, pool: SeatPool, email: str) -> str | None:
    """Invite an address to a free seat; returns where its mail would lead on a site that sends none."""
    token = seats_secrets.new_token()
    seat = Seat(
        pool_id=pool.id,
        email=email,
        state="invited",
        seated=True,
        token_hash=seats_secrets.digest(token),
        assigned_at=ctx.now,
    )
    ctx.session.add(seat)
    await ctx.session.flush()
    await seats.tell(ctx, seat, "", "invited")
    return await seats_mailing.invite(ctx, pool, email, token)


async def _open(ctx: Context, pool: SeatPool, seat_id: UUID) -> Seat:
    seat = await ctx.session.scalar(select(Seat).where(Seat.id == seat_id, Seat.pool_id == pool.id))
    if seat is None:
        raise NotFound("There is no such seat.")
    if seat.state == "revoked":
        raise Conflict("This seat was taken back already.", code="seat_revoked")
    return seat


async def invite_again(ctx: Context, pool_id: UUID, seat_id: UUID) -> SeatInvitation:
    """Send a new link to who has not accepted; the one before is good no more."""
    pool = await own(ctx, pool_id)
    seat = await _open(ctx, pool, seat_id)
    if seat.state != "invited" or seat.email is None:
        raise Conflict("This invitation was accepted.", code="seat_taken")
    token = seats_secrets.new_token()
    seat.token_hash, seat.assigned_at = seats_secrets.digest(token), ctx.now
    await ctx.session.flush()
    path = await seats_mailing.invite(ctx, pool, seat.email, token)
    return SeatInvitation(email=seat.email, outcome="invited", path=path)


async def take_back(ctx: Context, pool_id: UUID, seat_id: UUID) -> None:
    """Take a seat back, whose courses go with this transaction; whoever had none for lack of seats gets it."""
    pool = await own(ctx, pool_id)
    await revoke(ctx, pool, await _open(ctx, pool, seat_id))
    await ctx.audit("payments.seats.taken_back", subject=("seats", pool.id), after={"seat": str(seat_id)})


async def reassign(ctx: Context, pool_id: UUID, seat_id: UUID, email: str) -> SeatInvitation:
    """Take a seat back and invite somebody else to it, both or neither."""
    pool = await own(ctx, pool_id)
    (wanted,) = _checked([email])
    if wanted in await _have(ctx, pool, [wanted]):
        raise Conflict("They have a seat already.", code="has_seat")
    await revoke(ctx, pool, await _open(ctx, pool, seat_id))
    await _demand_free(ctx, pool, 1)
    path = await _invite(ctx, pool, wanted)
    await ctx.audit("payments.seats.reassigned", subject=("seats", pool.id), after={"seat": str(seat_id)})
    return SeatInvitation(email=wanted, outcome="invited", path=path)


async def revoke(ctx: Context, pool: SeatPool, seat: Seat) -> None:
    """Take back an open seat of a locked pool."""
    before, seat.state = seat.state, "revoked"
    seat.seated, seat.token_hash, seat.ended_at = False, None, ctx.now
    await ctx.session.flush()
    await seats.tell(ctx, seat, before, "revoked")
    moved = await seats.reseat(ctx, pool)
    if before == "taken" and seat.user_id is not None:
        moved.add(seat.user_id)
    await seats.derive(ctx, moved, pool.course_ids)


async def add_code(ctx: Context, pool_id: UUID, data: SeatCodeInput) -> tuple[SeatCode, str]:
    """Make a code that takes free seats; the only time that it is known."""
    pool = await own(ctx, pool_id)
    live = (SeatCode.pool_id == pool.id) & SeatCode.revoked_at.is_(None) & (SeatCode.expires_at > ctx.now)
    if int(await ctx.session.scalar(select(func.count()).select_from(SeatCode).where(live)) or 0) >= MOST_CODES:
        raise Conflict("These seats have too many codes; take some back first.", code="too_many_codes")
    code = seats_secrets.new_code()
    made = SeatCode(
        pool_id=pool.id,
        code_hash=seats_secrets.digest(code),
        hint=code[-4:],
        max_uses=data.max_uses,
        uses=0,
        expires_at=ctx.now + dt.timedelta(days=data.days),
        created_at=ctx.now,
    )
    ctx.session.add(made)
    await ctx.session.flush()
    await ctx.publish(SeatCodeChanged(code_id=made.id, pool_id=pool.id, before="", after="active"))
    await ctx.audit("payments.seats.code_made", subject=("seats", pool.id), after={"max_uses": data.max_uses})
    return made, code


async def revoke_code(ctx: Context, pool_id: UUID, code_id: UUID) -> SeatCode:
    """Make a code good no more; who took a seat with it keeps that."""
    pool = await own(ctx, pool_id)
    found = await ctx.session.scalar(select(SeatCode).where(SeatCode.id == code_id, SeatCode.pool_id == pool.id))
    if found is None:
        raise NotFound("There is no such code.")
    if found.revoked_at is None:
        found.revoked_at = ctx.now
        await ctx.session.flush()
        await ctx.publish(SeatCodeChanged(code_id=found.id, pool_id=pool.id, before="active", after="revoked"))
        await ctx.audit("payments.seats.code_revoked", subject=("seats", pool.id), after={"code": str(code_id)})
    return found


async def end_codes(ctx: Context, pool: SeatPool) -> None:
    """Make all codes of a locked pool good no more."""
    mine = (SeatCode.pool_id == pool.id) & SeatCode.revoked_at.is_(None)
    ended = await ctx.session.scalars(update(SeatCode).where(mine).values(revoked_at=ctx.now).returning(SeatCode.id))
    for code_id in ended:
        await ctx.publish(SeatCodeChanged(code_id=code_id, pool_id=pool.id, before="active", after="revoked"))
