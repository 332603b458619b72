"""The conformance suite: what every Questline plugin promises, checked by a class of tests.

Put this into a plugin's tests, and the whole suite runs with them:

    from questline_sdk.testing.conformance import PluginConformance


    class TestConformance(PluginConformance):
        plugin_id = "points"

Each test runs one check on a site of its own: the plugin, what it requires, two tenants, a fresh database.
`questline plugin check --tier gold` runs the same checks and prints a table. A check that cannot hold is exempted in
`plugin.toml`, with the reason: `[conformance.exempt]`, then `accessibility = "..."`.
"""

from typing import Any, ClassVar

import pytest

from questline_sdk.testing.promises import CHECKS, Check, Outcome, Status, Tier

__all__ = ["CHECKS", "Check", "Outcome", "PluginConformance", "Status", "Tier"]


@pytest.mark.asyncio(loop_scope="session")
class PluginConformance:
    """The suite as tests; derive a class whose name begins with `Test` and give it the plugin's id."""

    plugin_id: ClassVar[str]

    async def test_it_loads(self, conformance: Any) -> None:
        """`loads`."""
        await expect(conformance, "loads")

    async def test_it_is_switched_on_off_and_on_again(self, conformance: Any) -> None:
        """`switching`."""
        await expect(conformance, "switching")

    async def test_switched_off_its_routes_answer_404_and_its_hooks_are_silent(self, conformance: Any) -> None:
        """`silence`."""
        await expect(conformance, "silence")

    async def test_its_jobs_wait_while_it_is_off(self, conformance: Any) -> None:
        """`parking`."""
        await expect(conformance, "parking")

    async def test_every_route_names_a_permission_or_is_public(self, conformance: Any) -> None:
        """`permissions`."""
        await expect(conformance, "permissions")

    async def test_its_settings_are_valid(self, conformance: Any) -> None:
        """`settings`."""
        await expect(conformance, "settings")

    async def test_its_migrations_go_up_down_and_up_again(self, conformance: Any) -> None:
        """`migrations`."""
        await expect(conformance, "migrations")

    async def test_its_tables_keep_tenants_apart(self, conformance: Any) -> None:
        """`table_isolation`."""
        await expect(conformance, "table_isolation")

    async def test_its_routes_keep_tenants_apart(self, conformance: Any) -> None:
        """`route_isolation`."""
        await expect(conformance, "route_isolation")

    async def test_its_personal_data_are_declared(self, conformance: Any) -> None:
        """`personal_data_declared`."""
        await expect(conformance, "personal_data_declared")

    async def test_its_personal_data_are_exported(self, conformance: Any) -> None:
        """`personal_data_exported`."""
        await expect(conformance, "personal_data_exported")

    async def test_its_personal_data_are_erased(self, conformance: Any) -> None:
        """`personal_data_erased`."""
        await expect(conformance, "personal_data_erased")

    async def test_purging_it_leaves_nothing(self, conformance: Any) -> None:
        """`purge`."""
        await expect(conformance, "purge")

    async def test_its_texts_are_complete_in_every_language(self, conformance: Any) -> None:
        """`translations`."""
        await expect(conformance, "translations")

    async def test_data_of_every_released_version_survive(self, conformance: Any) -> None:
        """`releases`."""
        await expect(conformance, "releases")

    async def test_its_pages_import_only_what_the_host_shares(self, conformance: Any) -> None:
        """`ui_imports`."""
        await expect(conformance, "ui_imports")

    async def test_its_pages_stay_within_their_size_budget(self, conformance: Any) -> None:
        """`ui_budget`."""
        await expect(conformance, "ui_budget")

    @pytest.mark.e2e
    async def test_its_pages_are_accessible(self, conformance: Any) -> None:
        """`accessibility`."""
        await expect(conformance, "accessibility")


async def expect(conformance: Any, name: str) -> None:
    """Run a check of a plugin under test and end the test as it ended: passed, skipped or failed, with the reason."""
    outcome: Outcome = await conformance.run(name)
    if outcome.status is Status.FAILS:
        pytest.fail(f"{outcome.check}: {outcome.detail}", pytrace=False)
    if outcome.status is not Status.HOLDS:
        pytest.skip(f"{outcome.status.value}: {outcome.detail}")
