"""The statements of badges."""

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import Uuid, and_, bindparam, select, text

from questline_badges.models import Award, Definition, Progress
from questline_badges.schemas import Tier
from questline_sdk.db import hot

USER = bindparam("user_id", type_=Uuid())


class GalleryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A definition with one user's progress and award, where there are any."""

    id: UUID
    slug: str
    title: str
    description: str
    icon: str
    tier: Tier
    hint: str
    target: int
    current: int | None
    last_day: dt.date | None
    earned_at: dt.datetime | None


GALLERY = hot(
    select(
        Definition.id,
        Definition.slug,
        Definition.title,
        Definition.description,
        Definition.icon,
        Definition.tier,
        Definition.hint,
        Definition.target,
        Progress.current,
        Progress.last_day,
        Award.earned_at,
    )
    .outerjoin(Progress, and_(Progress.definition_id == Definition.id, Progress.user_id == USER))
    .outerjoin(Award, and_(Award.definition_id == Definition.id, Award.user_id == USER))
    .order_by(Definition.position, Definition.created_at, Definition.id),
    GalleryRow,
)

# The badges that each user's event may move and that the user has not earned. Badges for points need no more than the
# balance, so their progress is raised right here. Rows are written in one order everywhere, so that two transactions
# never wait for each other.
OPEN_BADGES = text("""
    WITH happened AS (
        SELECT * FROM unnest(CAST(:user_ids AS uuid[]), CAST(:events AS text[]), CAST(:balances AS bigint[]))
            AS h (user_id, event, balance)
    ), open AS (
        SELECT h.user_id, h.balance, d.id, d.slug, d.title, d.icon, d.tier, d.criterion
        FROM happened h JOIN badges.definition d ON d.event = h.event
        WHERE NOT EXISTS (SELECT 1 FROM badges.award a WHERE a.user_id = h.user_id AND a.definition_id = d.id)
    ), raised AS (
        INSERT INTO badges.progress AS p (user_id, definition_id, current)
        SELECT open.user_id, open.id, open.balance FROM open
        WHERE open.criterion ->> 'type' = 'points_total' AND open.balance IS NOT NULL
        ORDER BY open.user_id, open.id
        ON CONFLICT (tenant_id, user_id, definition_id) DO UPDATE SET current = greatest(p.current, excluded.current)
        RETURNING user_id, definition_id, current
    )
    SELECT open.*, raised.current FROM open
    LEFT JOIN raised ON raised.user_id = open.user_id AND raised.definition_id = open.id
    ORDER BY open.user_id, open.id
""")

# Counters go up by one. A streak (it has a day) goes on the day after its last, starts again after a gap,
# and stays as it is for a second event of a day or for one that arrives late.
ADVANCE = text("""
    INSERT INTO badges.progress AS p (user_id, definition_id, current, last_day)
    SELECT s.user_id, s.definition_id, 1, s.day
    FROM unnest(CAST(:user_ids AS uuid[]), CAST(:definition_ids AS uuid[]), CAST(:days AS date[]))
        AS s (user_id, definition_id, day)
    ORDER BY s.user_id, s.definition_id
    ON CONFLICT (tenant_id, user_id, definition_id) DO UPDATE
    SET current = CASE
            WHEN excluded.last_day IS NULL OR excluded.last_day = p.last_day + 1 THEN p.current + 1
            WHEN p.last_day IS NULL OR excluded.last_day > p.last_day THEN 1
            ELSE p.current
        END,
        last_day = greatest(p.last_day, excluded.last_day)
    RETURNING user_id, definition_id, current
""")

EARN = text("""
    INSERT INTO badges.award (user_id, definition_id, earned_at)
    SELECT s.user_id, s.definition_id, s.earned_at
    FROM unnest(CAST(:user_ids AS uuid[]), CAST(:definition_ids AS uuid[]), CAST(:earned_at AS timestamptz[]))
        AS s (user_id, definition_id, earned_at)
    ORDER BY s.user_id, s.definition_id
    ON CONFLICT (tenant_id, user_id, definition_id) DO NOTHING
    RETURNING user_id, definition_id
""")
