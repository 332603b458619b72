"""Pictures of people in the store, under names that nobody can guess and that never mean another picture."""

import re
import secrets
from uuid import UUID

import msgspec
from sqlalchemy import select, update

from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.people.pictures import LARGE, SMALL, square_pictures
from questline_core.storage.counted import delete_blob, put_blob
from questline_sdk import Context, Job, NotFound

PREFIX = "/api/v1/avatars/"
NAME = re.compile(rf"[0-9a-f]{{64}}-({SMALL}|{LARGE})\.webp")
TYPE = "image/webp"


class Blobs(msgspec.Struct, frozen=True, kw_only=True):
    """Keys of blobs that nothing refers to any more."""

    keys: list[str]


def avatar_key(tenant_id: UUID, name: str) -> str:
    """The store's key of a tenant's picture."""
    return f"{tenant_id}/avatars/{name}"


def large(url: str | None) -> str | None:
    """The address of the large picture that goes with a small one."""
    small = f"-{SMALL}.webp"
    return f"{url.removesuffix(small)}-{LARGE}.webp" if url and url.endswith(small) else url


async def set_avatar(ctx: HostContext, user_id: UUID, content: bytes) -> str:
    """Give a user a picture in place of the former; returns its address. Raises `Invalid` for an unfit file."""
    pictures = await square_pictures(content)
    former = await _former(ctx, user_id)
    word = secrets.token_hex(32)
    for side, data in pictures.items():
        await put_blob(ctx, avatar_key(ctx.tenant_id, f"{word}-{side}.webp"), data, content_type=TYPE)
    url = f"{PREFIX}{word}-{SMALL}.webp"
    await ctx.session.execute(update(User).where(User.id == user_id).values(avatar_url=url))
    await drop_pictures(ctx, former)
    await ctx.audit("identity.avatar.changed", subject=("user", user_id))
    return url


async def remove_avatar(ctx: Context, user_id: UUID) -> None:
    """Take a user's picture away; nothing happens where there is none."""
    former = await _former(ctx, user_id)
    if former is None:
        return
    await ctx.session.execute(update(User).where(User.id == user_id).values(avatar_url=None))
    await drop_pictures(ctx, former)
    await ctx.audit("identity.avatar.removed", subject=("user", user_id))


async def drop_pictures(ctx: Context, url: str | None) -> None:
    """Have a picture's files removed once this is committed."""
    names = [(each or "").removeprefix(PREFIX) for each in (url, large(url))]
    keys = [avatar_key(ctx.tenant_id, name) for name in names if NAME.fullmatch(name)]
    if keys:
        await ctx.enqueue(REMOVE_BLOBS, Blobs(keys=keys))


async def _former(ctx: Context, user_id: UUID) -> str | None:
    statement = select(User.avatar_url).where(User.id == user_id).with_for_update()
    rows = (await ctx.session.scalars(statement)).all()
    if not rows:
        raise NotFound("There is no such user.")
    return rows[0]


async def _remove_blobs(ctx: HostContext, blobs: Blobs) -> None:
    for key in blobs.keys:
        await delete_blob(ctx, key)


REMOVE_BLOBS = Job(name="remove_blobs", function=_remove_blobs, args=Blobs)
