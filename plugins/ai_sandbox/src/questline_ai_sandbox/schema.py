"""A value for a JSON schema: the smallest that is valid, with words of the conversation in it."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from questline_ai_sandbox.texts import SHORT_LABEL
from questline_ai_sandbox.words import keywords_of, language_of, sentences_of
from questline_sdk.ai import Message, ProviderError

DEPTH = 24
FORMATS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "email": "sample@example.org",
    "uri": "https://example.org/sample",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
Schema = Mapping[str, Any]


def value_for(schema: Schema, messages: Sequence[Message]) -> Any:
    """A value that satisfies the schema, the same for the same conversation."""
    said = "\n".join(each.content for each in messages if each.role == "user")
    return _Maker(schema, said).make(schema, 0)


class _Maker:
    def __init__(self, root: Schema, said: str) -> None:
        self._root = root
        self._label = SHORT_LABEL[language_of(said)]
        material = [*sentences_of(said), *keywords_of(said, 8)] or [self._label]
        self._texts: Iterator[str] = itertools.cycle(material)

    def make(self, schema: Schema | bool, depth: int) -> Any:
        """A value for one schema of the document."""
        if depth > DEPTH:
            raise ProviderError("The sample provider cannot satisfy a schema that needs itself.")
        if isinstance(schema, bool):
            return self._text({})
        if "$ref" in schema:
            return self.make(self._resolve(schema["$ref"]), depth + 1)
        if "const" in schema:
            return schema["const"]
        if schema.get("enum"):
            return schema["enum"][0]
        for choice in ("anyOf", "oneOf"):
            if schema.get(choice):
                rest = {key: value for key, value in schema.items() if key != choice}
                return self.make({**rest, **self._plain(schema[choice])}, depth + 1)
        if schema.get("allOf"):
            rest = {key: value for key, value in schema.items() if key != "allOf"}
            return self.make(self._merged([rest, *schema["allOf"]]), depth + 1)
        return self._of_type(schema, depth)

    def _of_type(self, schema: Schema, depth: int) -> Any:
        kinds = schema.get("type", "object" if "properties" in schema else "string")
        kind = kinds if isinstance(kinds, str) else next((each for each in kinds if each != "null"), "null")
        match kind:
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, depth)
            case "integer":
                return self._number(schema, 1)
            case "number":
                return self._number(schema, 0.5)
            case "boolean":
                return True
            case "null":
                return None
            case _:
                return self._text(schema)

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        properties: Mapping[str, Any] = schema.get("properties", {})
        names = list(dict.fromkeys([*properties, *schema.get("required", ())]))
        if depth > DEPTH // 2:
            names = list(schema.get("required", ()))
        return {name: self.make(properties.get(name, True), depth + 1) for name in names}

    def _array(self, schema: Schema, depth: int) -> list[Any]:
        least = int(schema.get("minItems", 0))
        wanted = max(least, 1) if depth <= DEPTH // 2 else least
        wanted = min(wanted, int(schema.get("maxItems", wanted)))
        items: Any = schema.get("items", True)
        choices = items.get("enum") if isinstance(items, Mapping) and schema.get("uniqueItems") else None
        return list(choices[:wanted]) if choices else [self.make(items, depth + 1) for _ in range(wanted)]

    def _number(self, schema: Schema, step: float) -> float:
        low = schema.get("minimum", _beyond(schema.get("exclusiveMinimum"), step))
        high = schema.get("maximum", _beyond(schema.get("exclusiveMaximum"), -step))
        value = (
            (low + high) / 2
            if low is not None and high is not None
            else next((each for each in (low, high) if each is not None), 1)
        )
        if multiple := schema.get("multipleOf"):
            value = -(-(low if low is not None else value) // multiple) * multiple
        return int(value) if schema.get("type") == "integer" or value == int(value) else value

    def _text(self, schema: Schema) -> str:
        if schema.get("format") in FORMATS:
            return FORMATS[schema["format"]]
        text = f"{self._label}: {next(self._texts)}"
        while len(text) < schema.get("minLength", 0):
            text += f" {next(self._texts)}"
        return text[: schema["maxLength"]] if "maxLength" in schema else text

    def _resolve(self, reference: str) -> Schema:
        found: Any = self._root
        try:
            for step in reference.removeprefix("#").strip("/").split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")] if step else found
        except (KeyError, TypeError):
            raise ProviderError(f"The schema refers to {reference}, which is not in it.") from None
        resolved: Schema = found
        return resolved

    def _plain(self, choices: Sequence[Schema]) -> Schema:
        """The first choice that is not null."""
        return next((each for each in choices if each.get("type") != "null"), choices[0])

    def _merged(self, parts: Sequence[Schema]) -> Schema:
        merged: dict[str, Any] = {}
        for part in parts:
            whole = self._resolve(part["$ref"]) if "$ref" in part else part
            for key, value in whole.items():
                if key == "properties":
                    merged[key] = {**merged.get(key, {}), **value}
                elif key == "required":
                    merged[key] = [*merged.get(key, []), *value]
                else:
                    merged[key] = value
        return merged


def _beyond(limit: float | None, step: float) -> float | None:
    return None if limit is None else limit + step
