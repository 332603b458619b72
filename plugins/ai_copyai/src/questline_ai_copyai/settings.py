"""What a tenant sets: its Copy.ai workspace, and the workflows that may be used."""

from typing import Annotated

from msgspec import Meta, Struct

from questline_sdk import PluginSettings
from questline_sdk.ai import Capability, Model
from questline_sdk.settings import Secret


class Workflow(Struct, frozen=True, kw_only=True):
    """A workflow of the workspace, and which of its inputs take what."""

    id: Annotated[
        str,
        Meta(
            title="Workflow id",
            pattern=r"^[A-Za-z0-9_-]{1,100}$",
            description="From the workflow's API tab; begins with WCFG-, WFCG- or PKGW-.",
        ),
    ]
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    brief_input: Annotated[str, Meta(title="Input for the brief", min_length=1, max_length=200)] = "Brief"
    tone_input: Annotated[str, Meta(title="Input for the tone; empty for none", max_length=200)] = ""
    output: Annotated[str, Meta(title="Output to show; empty for all", max_length=200)] = ""

    def model(self) -> Model:
        """The workflow as callers see it; Copy.ai bills credits, so there is no price for tokens."""
        return Model(name=self.id, title=self.title, capabilities=frozenset({Capability.COPY}))


class CopyAISettings(PluginSettings, frozen=True, kw_only=True):
    """The tenant's Copy.ai workspace."""

    api_key: Annotated[Secret, Meta(title="Workspace API key", max_length=500)] = ""
    workflows: Annotated[tuple[Workflow, ...], Meta(title="Workflows", max_length=100)] = ()
    webhook_secret: Annotated[
        Secret,
        Meta(
            title="Secret part of the webhook's address",
            pattern=r"^([A-Za-z0-9_-]{24,200})?$",
            description="At least 24 letters and digits. Without one, runs are only polled.",
        ),
    ] = ""
    base_url: Annotated[str, Meta(title="Address", pattern=r"^https?://\S+$")] = "https://api.copy.ai/api"
    timeout_seconds: Annotated[float, Meta(title="Longest silence, in seconds", ge=1, le=600)] = 30.0
    run_seconds: Annotated[float, Meta(title="Longest run, in seconds", ge=1, le=3600)] = 300.0
    poll_seconds: Annotated[float, Meta(title="Seconds between questions after a run", ge=0.05, le=60)] = 2.0
