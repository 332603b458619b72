"""The JSON Schema of data as they are: it grows with every value that passes, and holds no value itself."""

import re
from typing import Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_NAMES = 200
"""Objects with more names than this are maps, whose names are data."""
FORMATS = {
    "uuid": re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"),
    "date-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
}
TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


class Shape:
    """What values at one place look like."""

    def __init__(self) -> None:
        self._types: set[str] = set()
        self._formats: set[str] | None = None
        self._names: dict[str, Shape] = {}
        self._counts: dict[str, int] = {}
        self._objects = 0
        self._items: Shape | None = None

    def add(self, value: Any) -> None:
        """Take a value of plain JSON into account."""
        if isinstance(value, dict):
            self.add_object()
            for name, each in value.items():
                self.member(name).add(each)
        elif isinstance(value, list):
            items = self.add_array()
            for each in value:
                items.add(each)
        else:
            self._types.add(TYPES[type(value)])
            if isinstance(value, str):
                matching = {name for name, pattern in FORMATS.items() if pattern.fullmatch(value)}
                self._formats = matching if self._formats is None else self._formats & matching

    def add_object(self) -> None:
        """Take note of an object, whose members are told with `member`."""
        self._types.add("object")
        self._objects += 1

    def member(self, name: str) -> "Shape":
        """The shape of a member of the object that was noted last."""
        if name not in self._names and len(self._names) >= MOST_NAMES:
            name = "*"
        self._counts[name] = self._counts.get(name, 0) + 1
        return self._names.setdefault(name, Shape())

    def add_array(self) -> "Shape":
        """Take note of an array; returns the shape of its items."""
        self._types.add("array")
        self._items = self._items or Shape()
        return self._items

    def schema(self, notes: dict[str, str]) -> dict[str, Any]:
        """The schema; `notes` describe members by their name."""
        types = self._types - {"integer"} if "number" in self._types else self._types
        schema: dict[str, Any] = {"type": min(types) if len(types) == 1 else sorted(types)} if types else {}
        if self._formats:
            schema["format"] = next(name for name in FORMATS if name in self._formats)
        if self._names:
            if "*" in self._names:
                schema["additionalProperties"] = {}
            else:
                schema["properties"] = {
                    name: shape.schema(notes) | ({"description": notes[name]} if name in notes else {})
                    for name, shape in self._names.items()
                }
                required = [name for name, count in self._counts.items() if count == self._objects]
                schema |= {"required": required} if required else {}
        if self._items is not None:
            schema["items"] = self._items.schema(notes)
        return schema
