"""Which tier a plugin reaches."""

import pytest

from questline_sdk.testing.conformance import PluginConformance
from questline_sdk.testing.promises import CHECKS, Outcome, Status, Tier, tier_of


def outcomes(upto: Tier, **ends: Status) -> list[Outcome]:
    return [
        Outcome(check=check.name, tier=check.tier, status=ends.get(check.name, Status.HOLDS))
        for check in CHECKS
        if upto.includes(check.tier)
    ]


@pytest.mark.parametrize(
    ("upto", "ends", "reached"),
    [
        (Tier.GOLD, {}, Tier.GOLD),
        (Tier.GOLD, {"translations": Status.EXEMPT, "settings": Status.DOES_NOT_APPLY}, Tier.GOLD),
        (Tier.GOLD, {"accessibility": Status.NOT_CHECKED}, Tier.SILVER),
        (Tier.GOLD, {"purge": Status.FAILS}, Tier.BRONZE),
        (Tier.GOLD, {"loads": Status.FAILS}, None),
        (Tier.BRONZE, {}, Tier.BRONZE),
    ],
)
def test_a_tier_is_reached_when_its_checks_and_those_below_are_met(upto, ends, reached):
    assert tier_of(outcomes(upto, **ends)) is reached


def test_every_check_has_one_test_in_the_class_that_plugins_derive():
    tests = [value.__doc__ for name, value in vars(PluginConformance).items() if name.startswith("test_")]
    assert tests == [f"`{check.name}`." for check in CHECKS]
