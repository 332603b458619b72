"""What a tenant sets: its Jasper workspace, and what of it may be used."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from questline_sdk import PluginSettings
from questline_sdk.ai import Capability, Model
from questline_sdk.settings import Secret

COMMAND = "command"
ID = r"^[A-Za-z0-9_-]{1,100}$"
Language = Literal["English", "French", "Spanish", "Italian", "Portuguese", "German"]


class Agent(Struct, frozen=True, kw_only=True):
    """A task of a Jasper agent."""

    id: Annotated[str, Meta(title="Task id", pattern=ID, description="agt_..., or its UUID.")]
    title: Annotated[str, Meta(min_length=1, max_length=200)]

    def model(self) -> Model:
        """The task as callers see it."""
        return Model(name=self.id, title=self.title, capabilities=frozenset({Capability.COPY}))


class Template(Struct, frozen=True, kw_only=True):
    """A template, and which of its inputs takes the brief."""

    id: Annotated[str, Meta(title="Template id", pattern=ID, description="skl_...")]
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    brief_input: Annotated[str, Meta(title="Input for the brief", min_length=1, max_length=200)]

    def model(self) -> Model:
        """The template as callers see it."""
        return Model(name=self.id, title=self.title, capabilities=frozenset({Capability.COPY}))


class JasperSettings(PluginSettings, frozen=True, kw_only=True):
    """The tenant's Jasper workspace."""

    api_key: Annotated[Secret, Meta(title="API token", max_length=500)] = ""
    tasks: Annotated[tuple[Agent, ...], Meta(title="Agents' tasks", max_length=100)] = ()
    templates: Annotated[tuple[Template, ...], Meta(title="Templates", max_length=100)] = ()
    language: Annotated[Language, Meta(title="Language of commands and templates")] = "English"
    quality: Annotated[
        Literal["performance", "quality"],
        Meta(title="Commands are written", description="performance: fast; quality: better, and slower."),
    ] = "performance"
    stream: Annotated[
        bool, Meta(title="Stream agents' tasks", description="Jasper documents no mark for the end of a stream.")
    ] = False
    base_url: Annotated[str, Meta(title="Address", pattern=r"^https?://\S+$")] = "https://api.jasper.ai/v1"
    timeout_seconds: Annotated[float, Meta(title="Longest silence, in seconds", ge=1, le=600)] = 120.0

    def models(self) -> list[Model]:
        """What may be used."""
        command = Model(name=COMMAND, title="Jasper command", capabilities=frozenset({Capability.COPY}))
        return [command, *(each.model() for each in self.tasks), *(each.model() for each in self.templates)]
