"""The gallery: every badge as one user sees it."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from questline_badges import queries
from questline_badges.queries import GalleryRow
from questline_badges.schemas import BadgeView, Gallery, ProgressView
from questline_badges.settings import BadgesSettings
from questline_sdk import Context
from questline_sdk.calendar import local_date
from questline_sdk.services import UserDirectory


async def gallery_of(ctx: Context, user_id: UUID) -> Gallery:
    """A user's badges with the progress to each."""
    rows = await ctx.fetch(queries.GALLERY, user_id=user_id)
    today = await _today(ctx, user_id, rows)
    badges = [_view(row, today) for row in rows]
    earned = sum(badge.earned_at is not None for badge in badges)
    settings = await ctx.settings(BadgesSettings)
    shown = badges if settings.show_locked else [badge for badge in badges if badge.earned_at]
    return Gallery(earned=earned, total=len(badges), badges=shown)


async def _today(ctx: Context, user_id: UUID, rows: Sequence[GalleryRow]) -> dt.date:
    if any(row.last_day and not row.earned_at for row in rows):
        return local_date(ctx.now, await ctx.service(UserDirectory).time_zone(user_id))
    return ctx.now.date()


def _view(row: GalleryRow, today: dt.date) -> BadgeView:
    broken = row.last_day is not None and row.last_day < today - dt.timedelta(days=1)
    current = 0 if broken else min(row.current or 0, row.target)
    return BadgeView(
        id=row.id,
        slug=row.slug,
        title=row.title,
        description=row.description,
        icon=row.icon,
        tier=row.tier,
        hint=row.hint,
        earned_at=row.earned_at,
        progress=ProgressView(current=row.target if row.earned_at else current, target=row.target),
    )
