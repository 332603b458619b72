"""Badges keep every promise of a plugin."""

from questline_sdk.testing.conformance import PluginConformance


class TestConformance(PluginConformance):
    plugin_id = "badges"
