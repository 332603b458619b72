"""Where a setting's value comes from: the plugin's default, the operator, packs, the tenant, the course."""

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from questline_sdk import FieldError, PluginSettings

S = TypeVar("S", bound=PluginSettings)
WHOLE = "values"
"""The name of what is wrong with the settings as a whole."""


class Level(enum.StrEnum):
    """Who set a value, the later the stronger."""

    DEFAULT = "default"
    SYSTEM = "system"
    PACK = "pack"
    TENANT = "tenant"
    COURSE = "course"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a value comes from; `pack` names the pack at that level."""

    level: Level
    pack: str | None = None


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """Some values and who set them."""

    source: Source
    values: Mapping[str, Any]


def default_values(settings_type: type[PluginSettings]) -> dict[str, Any]:
    """The defaults of a settings Struct as JSON."""
    values: dict[str, Any] = msgspec.to_builtins(settings_type())
    return values


def merge(layers: Iterable[Layer]) -> dict[str, Any]:
    """The values of all layers, a later one's before an earlier one's."""
    merged: dict[str, Any] = {}
    for layer in layers:
        merged |= layer.values
    return merged


def sources(settings_type: type[PluginSettings], layers: Sequence[Layer]) -> dict[str, Source]:
    """By field, the layer its value comes from."""
    found = {field.encode_name: Source(level=Level.DEFAULT) for field in msgspec.structs.fields(settings_type)}
    for layer in layers:
        found |= {name: layer.source for name in layer.values if name in found}
    return found


def build(settings_type: type[S], layers: Sequence[Layer]) -> S:
    """The settings that layers make; one that no longer fits the code gives way to those below it."""
    for count in range(len(layers), 0, -1):
        try:
            return msgspec.convert(merge(layers[:count]), settings_type)
        except msgspec.ValidationError:
            continue
    return settings_type()


def find_problems(settings_type: type[PluginSettings], values: Mapping[str, Any]) -> list[FieldError]:
    """What is wrong with values, each named after its field; rules over several fields once those fit."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(settings_type)}
    wrong = [
        error for name, value in values.items() if name in fields for error in _check(value, fields[name].type, name)
    ]
    if wrong:
        return wrong
    errors = _check(dict(values), settings_type, WHOLE)
    return [_named(error, fields) for error in errors]


def _check(value: Any, kind: Any, name: str) -> list[FieldError]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        return [FieldError(name + path.rstrip("`"), message)]
    return []


def _named(error: FieldError, fields: Mapping[str, Any]) -> FieldError:
    """A rule's message begins with the field it is about."""
    name, colon, message = error.message.partition(": ")
    return FieldError(name, message) if colon and re.split(r"[.\[]", name)[0] in fields else error
