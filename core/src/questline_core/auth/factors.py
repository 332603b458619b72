"""The second factor: an authenticator app (RFC 6238), codes for the day it is lost, and devices that need none."""

import datetime as dt
import hashlib
import hmac
import io
import secrets
from uuid import UUID

import segno
from pyotp import random_base32
from pyotp.totp import TOTP
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from questline_core.auth.models import Passkey, RecoveryCode, RememberedDevice, Totp, User
from questline_core.auth.schemas import NewTotp
from questline_core.context import HostContext
from questline_sdk import Conflict, Invalid

STEP_SECONDS = 30
EITHER_SIDE = 1
"""Time steps before and after now that are taken too: clocks differ."""
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12
"""Random characters of a recovery code: 59 bits."""


async def begin_totp(ctx: HostContext, user: User) -> NewTotp:
    """Make a secret for the user's app; it counts once a code of it was given. Raises `Conflict` (`totp_in_use`)."""
    if await confirmed_totp(ctx, user.id) is not None:
        raise Conflict("You have an authenticator app already; remove it first.", code="totp_in_use")
    secret = random_base32()
    await ctx.session.execute(delete(Totp).where(Totp.user_id == user.id))
    ctx.session.add(Totp(user_id=user.id, secret=secret, created_at=ctx.now))
    await ctx.session.flush()
    site = (await ctx.host.tenants.get(ctx.tenant_id)).name
    uri = TOTP(secret).provisioning_uri(name=user.email, issuer_name=site.replace(":", " "))
    image = io.BytesIO()
    segno.make(uri, error="m").save(image, kind="svg", scale=5, border=3, xmldecl=False, dark="#000", light="#fff")
    return NewTotp(secret=secret, uri=uri, image=image.getvalue().decode())


async def confirm_totp(ctx: HostContext, user_id: UUID, code: str) -> None:
    """Put the app in use by its first code; raises `Invalid`."""
    totp = await ctx.session.scalar(select(Totp).where(Totp.user_id == user_id).with_for_update())
    if totp is None or totp.confirmed_at is not None or not _use_code(ctx, totp, code):
        raise Invalid.field("code", "is not the code that the app shows now")
    totp.confirmed_at = ctx.now
    await ctx.session.flush()


async def confirmed_totp(ctx: HostContext, user_id: UUID) -> Totp | None:
    """The app a user has in use; locked, for a code of it is good once."""
    statement = select(Totp).where(Totp.user_id == user_id, Totp.confirmed_at.is_not(None)).with_for_update()
    return await ctx.session.scalar(statement)


async def check_totp(ctx: HostContext, user_id: UUID, code: str) -> bool:
    """Say whether this is the app's code of now, and make it good no more."""
    totp = await confirmed_totp(ctx, user_id)
    if totp is None or not _use_code(ctx, totp, code):
        return False
    await ctx.session.flush()
    return True


async def remove_totp(ctx: HostContext, user_id: UUID) -> None:
    """Forget the app."""
    await ctx.session.execute(delete(Totp).where(Totp.user_id == user_id))
    await forget_without_factor(ctx, user_id)


async def remove_every_factor(ctx: HostContext, user_id: UUID) -> None:
    """Let a user in by password alone again: for who has lost the second factor and the recovery codes."""
    for table in (Totp, Passkey, RecoveryCode, RememberedDevice):
        await ctx.session.execute(delete(table).where(table.user_id == user_id))


async def forget_without_factor(ctx: HostContext, user_id: UUID) -> None:
    """Once the last factor has gone, forget the recovery codes and remembered devices too."""
    left = await ctx.session.scalar(select(func.count()).select_from(Passkey).where(Passkey.user_id == user_id))
    if not left and await confirmed_totp(ctx, user_id) is None:
        for table in (RecoveryCode, RememberedDevice):
            await ctx.session.execute(delete(table).where(table.user_id == user_id))


async def new_recovery_codes(ctx: HostContext, user_id: UUID) -> list[str]:
    """Ten codes in place of the former; this is the only time they can be read."""
    await ctx.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(RECOVERY_CODES)]
    rows = [{"user_id": user_id, "code_hash": _code_hash(ctx, user_id, code)} for code in codes]
    await ctx.session.execute(insert(RecoveryCode), rows)
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


async def codes_if_first(ctx: HostContext, user_id: UUID) -> list[str]:
    """Recovery codes for who has none yet; none for others."""
    return [] if await codes_left(ctx, user_id) else await new_recovery_codes(ctx, user_id)


async def codes_left(ctx: HostContext, user_id: UUID) -> int:
    """How many recovery codes a user has not used."""
    unused = select(func.count()).select_from(RecoveryCode)
    unused = unused.where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return int(await ctx.session.scalar(unused) or 0)


async def check_recovery_code(ctx: HostContext, user_id: UUID, code: str) -> bool:
    """Say whether this is one of the user's codes, and use it up."""
    plain = "".join(character for character in code.lower() if character.isalnum())
    statement = (
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user_id,
            RecoveryCode.code_hash == _code_hash(ctx, user_id, plain),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=ctx.now)
    )
    return await ctx.session.scalar(statement.returning(RecoveryCode.id)) is not None


async def remember_device(ctx: HostContext, user_id: UUID, days: int) -> str:
    """Let a device do without the second factor for some days; returns what it has to show."""
    await ctx.session.execute(
        delete(RememberedDevice).where(RememberedDevice.user_id == user_id, RememberedDevice.expires_at <= ctx.now)
    )
    token = secrets.token_urlsafe(32)
    values = {
        "user_id": user_id,
        "token_hash": hashlib.sha256(token.encode()).digest(),
        "created_at": ctx.now,
        "expires_at": ctx.now + dt.timedelta(days=days),
    }
    await ctx.session.execute(upsert(RememberedDevice).values(values).on_conflict_do_nothing())
    return token


async def is_remembered(ctx: HostContext, user_id: UUID, token: str | None, *, days: int) -> bool:
    """Say whether a device is remembered for the user, by today's setting too."""
    if not token or not days:
        return False
    statement = select(RememberedDevice.id).where(
        RememberedDevice.user_id == user_id,
        RememberedDevice.token_hash == hashlib.sha256(token.encode()).digest(),
        RememberedDevice.expires_at > ctx.now,
        RememberedDevice.created_at > ctx.now - dt.timedelta(days=days),
    )
    return await ctx.session.scalar(statement) is not None


async def forget_devices(ctx: HostContext, user_id: UUID) -> None:
    """Demand the second factor on every device again."""
    await ctx.session.execute(delete(RememberedDevice).where(RememberedDevice.user_id == user_id))


def _use_code(ctx: HostContext, totp: Totp, code: str) -> bool:
    generator, now = TOTP(totp.secret), int(ctx.now.timestamp()) // STEP_SECONDS
    given = code.replace(" ", "").encode()
    for step in range(now - EITHER_SIDE, now + EITHER_SIDE + 1):
        if hmac.compare_digest(generator.generate_otp(step).encode(), given) and step > totp.last_step:
            totp.last_step = step
            return True
    return False


def _code_hash(ctx: HostContext, user_id: UUID, code: str) -> bytes:
    key = ctx.host.settings.require("secret_key").encode()
    return hmac.digest(key, b"questline recovery code\0" + user_id.bytes + code.encode(), "sha256")
