"""The statements of leaderboards."""

from uuid import UUID

import msgspec
from sqlalchemy import Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from questline_leaderboards.models import Preference
from questline_sdk.db import hot

USER = bindparam("user_id", type_=Uuid())


class PreferenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """What one user has chosen."""

    user_id: UUID
    opted_out: bool
    pseudonym: str | None


PREFERENCES = hot(
    select(Preference.user_id, Preference.opted_out, Preference.pseudonym).where(
        Preference.user_id == bindparam("user_ids", type_=ARRAY(Uuid())).any_()
    ),
    PreferenceRow,
)

OPTED_OUT = select(Preference.user_id).where(Preference.opted_out)

IS_OPTED_OUT = text("SELECT opted_out FROM leaderboards.preference WHERE user_id = :user_id")

LOCK_USER = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
"""Held to the end of the transaction: whoever reads a user's total next also writes it next."""

LOCK_AND_READ = text("""
    WITH locked AS MATERIALIZED (
        SELECT u.user_id, pg_advisory_xact_lock(hashtextextended(u.name, 0))
        FROM unnest(CAST(:user_ids AS uuid[]), CAST(:names AS text[])) AS u (user_id, name)
    )
    SELECT locked.user_id, coalesce(p.opted_out, false) AS opted_out
    FROM locked LEFT JOIN leaderboards.preference p ON p.user_id = locked.user_id
""")
"""What it reads may be as old as its start. Who changes a preference holds the same lock and refreshes once more."""

STORE_PREFERENCE = text("""
    INSERT INTO leaderboards.preference (user_id, opted_out, pseudonym) VALUES (:user_id, :opted_out, :pseudonym)
    ON CONFLICT (tenant_id, user_id) DO UPDATE
    SET opted_out = excluded.opted_out, pseudonym = excluded.pseudonym, changed_at = now()
""")

PSEUDONYM_TAKEN = text("""
    SELECT EXISTS (
        SELECT 1 FROM leaderboards.preference
        WHERE lower(pseudonym) = lower(:pseudonym) AND user_id <> :user_id
    )
""")
