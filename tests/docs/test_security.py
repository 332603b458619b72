"""The page on connections and logs names every address that can be set, and every family of core's audit entries."""

import re
from pathlib import Path

from questline_core.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "security.md").read_text()
AUDITED = re.compile(r"""(?:\.audit|\brecord)\(\s*(?:self\._ctx,\s*|ctx,\s*)?f?"([a-z_]+)\.""")


def test_every_address_in_the_settings_is_named() -> None:
    addresses = {name for name in Settings.__struct_fields__ if name.endswith("_url")} - {"public_url"}
    assert len(addresses) > 4
    assert sorted(name for name in addresses if f"`{name}`" not in PAGE) == []


def test_every_family_of_audit_entries_is_named() -> None:
    sources = [*ROOT.glob("core/src/**/*.py"), *ROOT.glob("cli/src/**/*.py")]
    families = {family for path in sources for family in AUDITED.findall(path.read_text())}
    assert len(families) > 3
    assert sorted(family for family in families if f"`{family}.*`" not in PAGE) == []


def test_what_the_log_calls_a_failed_attempt_is_what_the_page_says() -> None:
    written = (ROOT / "core/src/questline_core/auth/failures.py").read_text()
    assert '"authentication failed"' in written
    assert "`authentication failed`" in PAGE
