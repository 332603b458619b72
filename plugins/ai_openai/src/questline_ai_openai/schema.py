"""Which JSON schemas OpenAI can hold a model to; with any other it only tries."""

from collections.abc import Mapping
from typing import Any

UNKNOWN = {"allOf", "not", "dependentRequired", "dependentSchemas", "if", "then", "else", "oneOf", "patternProperties"}
"""Words that strict schemas may not have."""
NESTED = ("properties", "$defs", "definitions")


def can_be_strict(schema: Mapping[str, Any]) -> bool:
    """Say whether it is an object whose objects all require their properties and allow no others."""
    return schema.get("type") == "object" and _strict(schema)


def _strict(schema: Any) -> bool:
    if not isinstance(schema, Mapping) or UNKNOWN & schema.keys():
        return False
    kind = schema.get("type")
    if kind == "object" or (isinstance(kind, list) and "object" in kind) or "properties" in schema:
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is not False or set(schema.get("required", ())) != set(properties):
            return False
    inner = [each for name in NESTED for each in schema.get(name, {}).values()]
    inner += schema.get("anyOf", [])
    inner += [schema["items"]] if "items" in schema else []
    return all(_strict(each) for each in inner)
