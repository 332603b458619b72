"""The statements of points."""

import msgspec
from sqlalchemy import BigInteger, DateTime, Integer, Select, Uuid, bindparam, cast, func, select, text, tuple_

from questline_points.models import Account, Entry
from questline_points.schemas import EntryView
from questline_sdk.db import hot

USER = bindparam("user_id", type_=Uuid())


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """A user's balance and what they earned since two moments."""

    balance: int
    today: int
    week: int


def _earned_since(name: str) -> Select[int]:
    since = bindparam(name, type_=DateTime(timezone=True))
    return select(cast(func.coalesce(func.sum(Entry.amount), 0), BigInteger)).where(
        Entry.user_id == USER, Entry.occurred_at >= since
    )


SUMS = hot(
    select(
        func.coalesce(select(Account.balance).where(Account.user_id == USER).scalar_subquery(), 0).label("balance"),
        _earned_since("today").scalar_subquery().label("today"),
        _earned_since("week").scalar_subquery().label("week"),
    ),
    Sums,
)

_ledger = (
    select(
        Entry.id,
        Entry.amount,
        Entry.reason,
        Entry.rule,
        Entry.occurred_at,
        func.sum(Entry.amount).over(order_by=(Entry.occurred_at, Entry.id)).label("balance_after"),
    )
    .where(Entry.user_id == USER)
    .subquery()
)

ENTRIES = hot(
    select(_ledger)
    .where(
        tuple_(_ledger.c.occurred_at, _ledger.c.id)
        < tuple_(bindparam("before", type_=DateTime(timezone=True)), bindparam("before_id", type_=Uuid()))
    )
    .order_by(_ledger.c.occurred_at.desc(), _ledger.c.id.desc())
    .limit(bindparam("limit", type_=Integer())),
    EntryView,
)

RULES_FOR_EVENTS = text("""
    SELECT event, id, key, name, amount, condition, cap, cooldown_seconds
    FROM points.rule WHERE event = ANY(CAST(:events AS text[])) AND enabled ORDER BY id
""")

# In the order of their ids, so that two transactions never wait for each other.
LOCK_ACCOUNTS = text("""
    SELECT user_id FROM points.account WHERE user_id = ANY(CAST(:user_ids AS uuid[])) ORDER BY user_id FOR UPDATE
""")

OPEN_ACCOUNTS = text("""
    INSERT INTO points.account (user_id) SELECT u FROM unnest(CAST(:user_ids AS uuid[])) AS u ORDER BY u
    ON CONFLICT DO NOTHING
""")

SPENT = text("""
    SELECT w.user_id, w.rule_id,
           coalesce(sum(e.amount) FILTER (WHERE e.occurred_at >= w.cap_from AND e.occurred_at < w.cap_until), 0)
               AS amount,
           coalesce(bool_or(e.occurred_at > w.cool_from AND e.occurred_at < w.cool_until), false) AS cooling
    FROM unnest(CAST(:user_ids AS uuid[]), CAST(:rule_ids AS uuid[]),
                CAST(:cap_from AS timestamptz[]), CAST(:cap_until AS timestamptz[]),
                CAST(:cool_from AS timestamptz[]), CAST(:cool_until AS timestamptz[]))
         AS w (user_id, rule_id, cap_from, cap_until, cool_from, cool_until)
    JOIN points.entry e ON e.user_id = w.user_id AND e.rule_id = w.rule_id
         AND e.occurred_at >= least(w.cap_from, w.cool_from) AND e.occurred_at < greatest(w.cap_until, w.cool_until)
    GROUP BY w.user_id, w.rule_id
""")

# The ledger and the balances change in one statement; an award that the ledger has already is left out of both.
RECORD = text("""
    WITH added AS (
        INSERT INTO points.entry (user_id, amount, rule_id, rule, reason, event_id, occurred_at)
        SELECT a.user_id, a.amount, a.rule_id, a.rule, a.reason, a.event_id, a.occurred_at
        FROM unnest(CAST(:user_ids AS uuid[]), CAST(:amounts AS integer[]), CAST(:rule_ids AS uuid[]),
                    CAST(:rules AS text[]), CAST(:reasons AS text[]), CAST(:event_ids AS uuid[]),
                    CAST(:occurred_at AS timestamptz[])) WITH ORDINALITY
             AS a (user_id, amount, rule_id, rule, reason, event_id, occurred_at, place)
        ORDER BY a.place
        ON CONFLICT (tenant_id, event_id, rule_id) DO NOTHING
        RETURNING id, user_id, amount, rule, reason, occurred_at
    ), changed AS (
        INSERT INTO points.account (user_id, balance, reached_at)
        SELECT user_id, sum(amount), max(occurred_at) FROM added GROUP BY user_id ORDER BY user_id
        ON CONFLICT (tenant_id, user_id) DO UPDATE
        SET balance = account.balance + excluded.balance,
            reached_at = greatest(account.reached_at, excluded.reached_at)
        RETURNING user_id, balance
    )
    SELECT added.id, added.user_id, added.amount, added.rule, added.reason, changed.balance
    FROM added JOIN changed ON changed.user_id = added.user_id ORDER BY added.id
""")

TOTALS_OF = text("""
    SELECT u.user_id,
           CASE WHEN s.since IS NULL THEN a.balance ELSE t.total END AS total,
           CASE WHEN s.since IS NULL THEN a.reached_at ELSE t.reached_at END AS reached_at
    FROM unnest(CAST(:user_ids AS uuid[])) WITH ORDINALITY AS u (user_id, user_place)
    CROSS JOIN unnest(CAST(:since AS timestamptz[])) WITH ORDINALITY AS s (since, place)
    LEFT JOIN points.account a ON s.since IS NULL AND a.user_id = u.user_id
    LEFT JOIN LATERAL (
        SELECT sum(e.amount) AS total, max(e.occurred_at) AS reached_at
        FROM points.entry e WHERE s.since IS NOT NULL AND e.user_id = u.user_id AND e.occurred_at >= s.since
    ) t ON true
    ORDER BY u.user_place, s.place
""")

ALL_TOTALS = select(Account.user_id, Account.balance.label("total"), Account.reached_at).where(Account.balance > 0)

TOTALS_SINCE = (
    select(Entry.user_id, func.sum(Entry.amount).label("total"), func.max(Entry.occurred_at).label("reached_at"))
    .where(Entry.occurred_at >= bindparam("since", type_=DateTime(timezone=True)))
    .group_by(Entry.user_id)
    .having(func.sum(Entry.amount) > 0)
)
