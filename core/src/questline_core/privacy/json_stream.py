"""Data as JSON in pieces: lists are written while they are read, and files are named by their path in the archive."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import msgspec

from questline_core.privacy.shapes import Shape
from questline_sdk.privacy import PersonalFile

FileNamer = Callable[[PersonalFile], str]


async def encode(value: Any, shape: Shape, name_file: FileNamer) -> AsyncIterator[bytes]:
    """Write a value, and tell the shape what it is like."""
    if isinstance(value, Mapping):
        shape.add_object()
        for number, (name, each) in enumerate(value.items()):
            yield (b",\n" if number else b"{\n") + msgspec.json.encode(str(name)) + b": "
            async for piece in encode(each, shape.member(str(name)), name_file):
                yield piece
        yield b"\n}" if value else b"{}"
    elif isinstance(value, AsyncIterator):
        items = shape.add_array()
        number = 0
        async for each in value:
            row = plain(each, name_file)
            items.add(row)
            yield (b",\n" if number else b"[\n") + msgspec.json.encode(row)
            number += 1
        yield b"\n]" if number else b"[]"
    else:
        row = plain(value, name_file)
        shape.add(row)
        yield msgspec.json.encode(row)


def plain(value: Any, name_file: FileNamer) -> Any:
    """A value as JSON has it."""
    if isinstance(value, PersonalFile):
        return name_file(value)
    if isinstance(value, Mapping):
        return {str(name): plain(each, name_file) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each, name_file) for each in value]
    if value is None or type(value) in {str, bool, int, float}:
        return value
    converted = msgspec.to_builtins(value, builtin_types=())
    return plain(converted, name_file) if isinstance(converted, dict | list) else converted


async def whole(value: Any) -> Any:
    """A value with its lists read to their end, as JSON has it; files are named by their keys."""
    if isinstance(value, Mapping):
        return {str(name): await whole(each) for name, each in value.items()}
    if isinstance(value, AsyncIterator):
        return [plain(each, lambda file: file.key) async for each in value]
    return plain(value, lambda file: file.key)
