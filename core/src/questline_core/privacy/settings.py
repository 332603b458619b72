"""What a tenant decided about privacy."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from questline_core.privacy.models import PrivacySettings
from questline_sdk import Context

Days = Annotated[int, msgspec.Meta(ge=1, le=36500)]


class PrivacyRules(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant's decisions.

    Args:
        grace_days: Days between somebody's wish to be erased and the erasure, in which they may change their mind.
        archive_days: Days that an archive can be downloaded.
        minors: The people are minors: pseudonyms by default, and no marketing.
        parental_consent_needed: Learners may do nothing before a parent has agreed.
        retention: Days that data are kept, by `owner.table`, where that is shorter than declared.
        contact: Whom to ask about privacy, as people read it.
    """

    grace_days: Annotated[int, msgspec.Meta(ge=0, le=90)] = 14
    archive_days: Annotated[int, msgspec.Meta(ge=1, le=30)] = 7
    minors: bool = False
    parental_consent_needed: bool = False
    retention: dict[str, Days] = {}
    contact: Annotated[str, msgspec.Meta(max_length=500)] = ""


async def rules_of(ctx: Context) -> PrivacyRules:
    """The tenant's decisions, or the defaults."""
    row = await ctx.session.scalar(select(PrivacySettings))
    return PrivacyRules() if row is None else msgspec.convert(row, PrivacyRules, from_attributes=True)


async def change_rules(ctx: Context, rules: PrivacyRules) -> None:
    """Decide anew."""
    before = msgspec.to_builtins(await rules_of(ctx))
    values: dict[str, Any] = msgspec.to_builtins(rules)
    by: UUID | None = ctx.actor.id if ctx.actor else None
    changed = {**values, "changed_at": ctx.now, "changed_by": by}
    statement = insert(PrivacySettings).values(changed)
    await ctx.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id"], set_=changed))
    differing = {name for name, value in values.items() if before[name] != value}
    await ctx.audit(
        "privacy.settings.changed",
        subject=("tenant", ctx.tenant_id),
        before={name: before[name] for name in differing},
        after={name: values[name] for name in differing},
    )
