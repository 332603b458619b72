"""Converts YAML into Structs and reports everything that does not fit, each at its line."""

import re
import types
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

import msgspec

from questline_core.content.importer.problems import Problems, did_you_mean
from questline_core.content.importer.yaml_document import Path, YamlDocument

T = TypeVar("T")
NAMES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_EXPECTED = re.compile(r"Expected `(?P<want>[^`]+)`(?P<limit>(?: of length)? [<>=]=? \S+)?(?:, got `(?P<got>\w+)`)?")
_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


class Shape:
    """Checks one YAML document against types."""

    def __init__(self, document: YamlDocument, problems: Problems) -> None:
        self._document = document
        self._problems = problems
        self._wrong = 0

    def convert(self, kind: type[T], value: Any = None, *, path: Path = ()) -> T | None:
        """Convert the document, or a part of it, to a type; None, with all problems reported, where it does not fit."""
        value = self._document.value if value is None else value
        before = self._wrong
        self._check(kind, value, path)
        if self._wrong > before:
            return None
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            self._report_error(error, value, path)
            return None

    def report(self, path: Path, message: str) -> None:
        """Report a problem with the value at a path."""
        self._wrong += 1
        self._problems.add(self._document.path, self._document.line(path), message)

    def _check(self, kind: Any, value: Any, path: Path) -> None:
        plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
        origin, arguments = get_origin(plain), get_args(plain)
        if origin in (Union, types.UnionType):
            self._check_union(kind, arguments, value, path)
        elif isinstance(plain, type) and issubclass(plain, msgspec.Struct):
            self._check_struct(plain, value, path)
        elif origin in (list, tuple, Sequence) and isinstance(value, list):
            for index, each in enumerate(value):
                self._check(arguments[0], each, (*path, index))
        elif origin is dict and isinstance(value, dict):
            for key, each in value.items():
                self._check(arguments[1], each, (*path, key))
        elif origin is Literal and value not in arguments:
            self._report_choice(value, [str(each) for each in arguments], path)
        else:
            self._check_leaf(kind, value, path)

    def _check_union(self, kind: Any, members: Iterable[Any], value: Any, path: Path) -> None:
        choices = [member for member in members if member is not type(None)]
        if value is None and len(choices) < len(tuple(members)):
            return
        structs = [member for member in choices if isinstance(member, type) and issubclass(member, msgspec.Struct)]
        if len(choices) == 1:
            self._check(choices[0], value, path)
        elif structs == choices and isinstance(value, dict):
            self._check_tagged(structs, value, path)
        else:
            self._check_leaf(kind, value, path)

    def _check_tagged(self, structs: list[type[msgspec.Struct]], value: dict[str, Any], path: Path) -> None:
        by_tag = {str(struct.__struct_config__.tag): struct for struct in structs}
        field = str(structs[0].__struct_config__.tag_field)
        if field not in value:
            self.report(path, f"{field!r} is missing; use one of {', '.join(sorted(by_tag))}")
        elif str(value[field]) not in by_tag:
            self._report_choice(value[field], list(by_tag), (*path, field))
        else:
            self._check_struct(by_tag[str(value[field])], value, path)

    def _check_struct(self, struct: type[msgspec.Struct], value: Any, path: Path) -> None:
        if not isinstance(value, dict):
            self.report(path, f"{_where(path)}must be a mapping of keys to values, not {_name_of(value)}")
            return
        fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
        for key in value:
            if key not in fields and key != struct.__struct_config__.tag_field:
                self.report((*path, key), f"unknown key {key!r}{did_you_mean(key, fields)}")
        for name, field in fields.items():
            if name in value:
                self._check(field.type, value[name], (*path, name))
            elif field.required:
                self.report(path, f"{name!r} is missing")

    def _check_leaf(self, kind: Any, value: Any, path: Path) -> None:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            described = [meta.description for meta in get_args(kind)[1:] if getattr(meta, "description", None)]
            if isinstance(value, str) and described:
                self.report(path, f"{_where(path)}must be {described[0]}")
            else:
                self._report_error(error, value, path)

    def _report_error(self, error: msgspec.ValidationError, value: Any, path: Path) -> None:
        text = str(error)
        place = _PLACE.search(text)
        if place:
            text = text[: place.start()]
            path = (*path, *parse_path(place["path"]))
        self.report(path, f"{_where(path)}{_explain(text, value)}")

    def _report_choice(self, value: Any, choices: list[str], path: Path) -> None:
        self.report(path, f"{_where(path)}{value!r} is not known{did_you_mean(str(value), choices)}")


def parse_path(text: str) -> Path:
    """Turn `items[2].options` into its steps."""
    return tuple(int(index) if index else name for name, index in _STEP.findall(text))


def _where(path: Path) -> str:
    names = [step for step in path if isinstance(step, str)]
    return f"{names[-1]}: " if names else ""


def _name_of(value: Any) -> str:
    kinds: dict[type, str] = {str: "str", bool: "bool", int: "int", float: "float", list: "array", dict: "object"}
    return NAMES[kinds.get(type(value), "null")]


def _explain(message: str, value: Any) -> str:
    match = _EXPECTED.match(message)
    if not match:
        return message[:1].lower() + message[1:]
    wanted = " or ".join(NAMES.get(each, each) for each in cast("str", match["want"]).split(" | ") if each != "null")
    if match["limit"]:
        return f"must be {wanted}{match['limit']}"
    if not match["got"]:
        return message[:1].lower() + message[1:]
    quote = "; put it in quotes" if wanted == "text" and isinstance(value, int | float) else ""
    return f"must be {wanted}, not {NAMES.get(match['got'], match['got'])}{quote}"
