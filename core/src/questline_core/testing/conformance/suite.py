"""Which function runs which check."""

from questline_core.testing.conformance import (
    accessibility,
    configuration,
    history,
    interface,
    isolation,
    permissions,
    privacy,
    switching,
)
from questline_core.testing.conformance.subject import CheckFunction

FUNCTIONS: dict[str, CheckFunction] = {
    "loads": switching.loads,
    "switching": switching.switching,
    "silence": switching.silence,
    "parking": switching.parking,
    "permissions": permissions.permissions,
    "settings": configuration.settings,
    "migrations": history.migrations,
    "table_isolation": isolation.table_isolation,
    "route_isolation": isolation.route_isolation,
    "personal_data_declared": privacy.declared,
    "personal_data_exported": privacy.exported,
    "personal_data_erased": privacy.erased,
    "purge": history.purge,
    "translations": interface.translations,
    "releases": history.releases,
    "ui_imports": interface.imports,
    "ui_budget": interface.budget,
    "accessibility": accessibility.accessibility,
}
