"""What every plugin promises: the checks of the conformance suite, their tiers, and how a check can end."""

import enum
from collections.abc import Iterable

import msgspec


class Tier(enum.StrEnum):
    """How much of the suite holds; each tier takes in those before it."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"

    def includes(self, other: "Tier") -> bool:
        """Say whether a plugin of this tier must pass the checks of the other."""
        order = list(Tier)
        return order.index(self) >= order.index(other)


class Status(enum.StrEnum):
    """How a check ended."""

    HOLDS = "holds"
    EXEMPT = "exempt"
    DOES_NOT_APPLY = "does not apply"
    NOT_CHECKED = "not checked"
    FAILS = "fails"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One promise.

    Args:
        name: Its name in reports and in `[conformance.exempt]`.
        tier: The lowest tier that needs it.
        claim: What holds, in a sentence.
        exemptable: Whether a plugin may leave it out with a reason.
        browser: Whether it needs a browser.
    """

    name: str
    tier: Tier
    claim: str
    exemptable: bool = True
    browser: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a check ended for a plugin, and what to do about it where it fails."""

    check: str
    tier: Tier
    status: Status
    detail: str = ""

    @property
    def is_met(self) -> bool:
        """Say whether the tier can be reached with this outcome."""
        return self.status not in (Status.FAILS, Status.NOT_CHECKED)


CHECKS: tuple[Check, ...] = (
    Check(name="loads", tier=Tier.BRONZE, claim="it is installed and loads", exemptable=False),
    Check(name="switching", tier=Tier.BRONZE, claim="it is switched on, off and on again for a tenant"),
    Check(name="silence", tier=Tier.BRONZE, claim="switched off, its routes answer 404 and its hooks are silent"),
    Check(name="parking", tier=Tier.BRONZE, claim="its jobs wait while it is off and run when it is on again"),
    Check(
        name="permissions",
        tier=Tier.BRONZE,
        claim="every route names a registered permission or is public, and keeps to it",
        exemptable=False,
    ),
    Check(name="settings", tier=Tier.BRONZE, claim="its settings have a valid schema, valid defaults, hidden secrets"),
    Check(name="migrations", tier=Tier.BRONZE, claim="its migrations go up, down and up again, and match its models"),
    Check(
        name="table_isolation",
        tier=Tier.SILVER,
        claim="no table shows, takes or loses a row of another tenant",
        exemptable=False,
    ),
    Check(
        name="route_isolation",
        tier=Tier.SILVER,
        claim="no route shows or changes anything of another tenant",
        exemptable=False,
    ),
    Check(name="personal_data_declared", tier=Tier.SILVER, claim="every column of personal data is declared"),
    Check(name="personal_data_exported", tier=Tier.SILVER, claim="personal data are in a user's export"),
    Check(name="personal_data_erased", tier=Tier.SILVER, claim="nothing of an erased user is left"),
    Check(name="purge", tier=Tier.SILVER, claim="purging it leaves no object in the database"),
    Check(name="translations", tier=Tier.SILVER, claim="its texts are complete in every language it ships"),
    Check(name="releases", tier=Tier.GOLD, claim="data of every released version survive the way to this one"),
    Check(name="ui_imports", tier=Tier.GOLD, claim="its pages import only what the host shares"),
    Check(name="ui_budget", tier=Tier.GOLD, claim="its pages stay within their size budget"),
    Check(name="accessibility", tier=Tier.GOLD, claim="axe finds nothing wrong on its pages", browser=True),
)
"""Every check, in the order of the report."""


def tier_of(outcomes: Iterable[Outcome]) -> Tier | None:
    """The highest tier whose checks, and those of the tiers below it, were run and came out well; None below bronze."""
    met: dict[Tier, bool] = {}
    for outcome in outcomes:
        met[outcome.tier] = met.get(outcome.tier, True) and outcome.is_met
    reached = None
    for tier in Tier:
        if not met.get(tier, False):
            break
        reached = tier
    return reached
