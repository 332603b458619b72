"""Which of a plugin's settings are secrets: whole fields, and fields of the entries in a list.

An entry is known by its `id`, so its secret stays with it when others are added, removed or moved.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

MASK = ""
"""What stands for a stored secret in an answer; sent back unchanged, it keeps the secret."""

Values = Mapping[str, Any]


class Secrets(msgspec.Struct, frozen=True, kw_only=True):
    """The secret fields of a settings Struct."""

    whole: frozenset[str] = frozenset()
    within: Mapping[str, frozenset[str]] = {}
    """Lists whose entries have secret fields, and the names of those."""

    @property
    def sealed(self) -> frozenset[str]:
        """The fields that are stored sealed: a list with a secret in it is sealed as a whole."""
        return self.whole | self.within.keys()

    def masked(self, values: Values) -> dict[str, Any]:
        """The values without their secrets."""
        return {
            name: MASK
            if name in self.whole
            else [_masked(entry, self.within[name]) for entry in value]
            if name in self.within and isinstance(value, list | tuple)
            else value
            for name, value in values.items()
        }

    def with_stored(self, values: Values, stored: Values) -> dict[str, Any]:
        """The values with the secrets that were sent back blank."""
        blank = {name for name in self.whole if values.get(name) == MASK}
        kept = {name: value for name, value in values.items() if name not in blank}
        for name, columns in self.within.items():
            if isinstance(kept.get(name), list):
                known = {entry.get("id"): entry for entry in stored.get(name, ())}
                kept[name] = [_filled(entry, known, columns) for entry in kept[name]]
        return kept | {name: stored[name] for name in blank if name in stored}

    def filled(self, values: Values) -> list[str]:
        """Where a secret is stored: `api_key`, or `providers[acme].client_secret` in a list."""
        entries = [
            f"{name}[{entry.get('id')}].{column}"
            for name, columns in self.within.items()
            for entry in values.get(name) or ()
            for column in sorted(columns)
            if entry.get(column)
        ]
        return [*(name for name in values if name in self.whole and values[name]), *entries]


def secrets_of(schema: Mapping[str, Any]) -> Secrets:
    """The secret fields of a JSON Schema."""
    properties, within = schema.get("properties", {}), {}
    for name, field in properties.items():
        reference = (field.get("items") or {}).get("$ref", "").rpartition("/")[2]
        entry = schema.get("$defs", {}).get(reference, {}).get("properties", {})
        columns = frozenset(column for column, each in entry.items() if each.get("writeOnly"))
        if columns:
            within[name] = columns
    return Secrets(whole=frozenset(name for name, field in properties.items() if field.get("writeOnly")), within=within)


def _masked(entry: Any, columns: frozenset[str]) -> Any:
    if not isinstance(entry, Mapping):
        return entry
    return {name: MASK if name in columns else value for name, value in entry.items()}


def _filled(entry: Any, known: Mapping[Any, Values], columns: frozenset[str]) -> Any:
    if not isinstance(entry, Mapping):
        return entry
    stored = known.get(entry.get("id"), {})
    return {**entry, **{name: stored[name] for name in columns if entry.get(name, MASK) == MASK and name in stored}}
