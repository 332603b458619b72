"""Small values that a JSON Schema accepts, for requests, events and jobs."""

import re
from typing import Any

PATTERNED = ("abc", "a1", "Abc def", "a", "A", "1", "12:30", "2031-12-30", "#1a2b3c", "en", "a@b.example", "ab.cd.v1")
FORMATS = {
    "date-time": "2031-12-30T01:02:03Z",
    "date": "2031-12-30",
    "time": "01:02:03",
    "duration": "PT7M",
    "uri": "https://example.test/a",
    "email": "a@b.example",
}


def example(schema: dict[str, Any], components: dict[str, Any], some_id: str, *, optional: bool = False) -> Any:
    """A value for a schema.

    Args:
        schema: The JSON Schema.
        components: What its references name.
        some_id: Goes wherever a UUID is asked for.
        optional: Fill in what may be left out too.
    """
    if "$ref" in schema:
        return example(components[schema["$ref"].rpartition("/")[2]], components, some_id, optional=optional)
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            options = [each for each in schema[several] if each.get("type") != "null"]
            return example(options[0], components, some_id, optional=optional) if options else None
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = next((each for each in kind if each != "null"), "null") if isinstance(kind, list) else kind
    if kind == "object" or "properties" in schema:
        wanted = schema.get("properties", {}) if optional else schema.get("required", ())
        return {
            name: example(each, components, some_id, optional=optional)
            for name, each in schema.get("properties", {}).items()
            if name in wanted
        }
    if kind == "array":
        inner: dict[str, Any] = schema.get("items", {})
        parts = schema.get("prefixItems") or [inner] * schema.get("minItems", 0)
        return [example(each, components, some_id, optional=optional) for each in parts]
    if kind == "string":
        return _text(schema, some_id)
    if kind in {"integer", "number"}:
        low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + (1 if "exclusiveMinimum" in schema else 0))
        return max(low, 1) if schema.get("maximum", 1) >= 1 else low
    return {"boolean": True}.get(str(kind))


def _text(schema: dict[str, Any], some_id: str) -> str:
    if schema.get("format") == "uuid":
        return some_id
    if schema.get("format") in FORMATS:
        return FORMATS[str(schema["format"])]
    low, high = int(schema.get("minLength", 0)), int(schema.get("maxLength", 10_000))
    if "pattern" in schema:
        found = (text for text in PATTERNED if re.search(schema["pattern"], text) and low <= len(text) <= high)
        return next(found, "a" * max(low, 1))
    return "a" * max(low, 1)
