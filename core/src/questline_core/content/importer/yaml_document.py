"""YAML with the line of every value: plain data only, no aliases, no tags, numbers and booleans as in YAML 1.2."""

import math
import re
from typing import Any

import msgspec
import yaml

from questline_core.content.importer.problems import Problems

MAX_DEPTH = 20
MAX_EVENTS = 100_000
Path = tuple[str | int, ...]


class YamlDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Parsed YAML: its value, and the line on which each key or list item stands."""

    path: str
    value: Any
    lines: dict[Path, int]
    text_lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def text_line(self, path: Path) -> int:
        """The line on which a text itself begins."""
        return self.text_lines.get(path, self.line(path))


class _Loader(yaml.CSafeLoader):
    """Resolves what YAML 1.2 resolves, so that `no` stays a word and a date a text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


_SCALARS = {
    "tag:yaml.org,2002:null": re.compile(r"~|null|Null|NULL|"),
    "tag:yaml.org,2002:bool": re.compile(r"true|True|TRUE|false|False|FALSE"),
    "tag:yaml.org,2002:int": re.compile(r"[-+]?(0|[1-9][0-9]{0,17})"),
    "tag:yaml.org,2002:float": re.compile(r"[-+]?(0|[1-9][0-9]*)?(\.[0-9]*)?([eE][-+]?[0-9]{1,3})?"),
}
for _tag, _pattern in _SCALARS.items():
    _starts = {"null": ["~", "n", "N", ""], "bool": list("tTfF")}.get(_tag.rpartition(":")[2], list("-+.0123456789"))
    _Loader.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern.pattern})$"), _starts)
_STRING = "tag:yaml.org,2002:str"
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def parse_yaml(text: str, path: str, problems: Problems, *, first_line: int = 1) -> YamlDocument | None:
    """Parse YAML; None, with problems reported, where it cannot be read."""
    reader = _Reader(path, problems, first_line)
    try:
        if not reader.is_harmless(text):
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        problems.add(path, line, f"this is not valid YAML: {error.problem or error.context}")
        return None
    except yaml.YAMLError as error:
        problems.add(path, first_line, f"this is not valid YAML: {str(error).splitlines()[0]}")
        return None
    reader.lines[()] = first_line
    value = None if node is None else reader.value(node, ())
    if reader.failed:
        return None
    return YamlDocument(path=path, value=value, lines=reader.lines, text_lines=reader.text_lines)


class _Reader:
    def __init__(self, path: str, problems: Problems, first_line: int) -> None:
        self._path, self._problems, self._first_line = path, problems, first_line
        self.lines: dict[Path, int] = {}
        self.text_lines: dict[Path, int] = {}
        self.failed = False

    def is_harmless(self, text: str) -> bool:
        """Refuse aliases (a few lines of them can stand for gigabytes) and absurd nesting before building anything."""
        depth = 0
        for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self._report(event, "anchors and aliases (& and *) are not supported; put the text in quotes")
                return False
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH or count > MAX_EVENTS:
                self._report(event, "this is nested too deeply" if depth > MAX_DEPTH else "this file is too large")
                return False
        return True

    def value(self, node: yaml.Node, path: Path) -> Any:
        """Build a node's value and note the lines in it."""
        self.lines.setdefault(path, self._line(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, "a key must be a single word")
                continue
            key = str(key_node.value)
            if key in result:
                first = self.lines[*path, key]
                self._report(key_node, f"{key!r} is here twice; the first is on line {first}")
                continue
            self.lines[*path, key] = self._line(key_node)
            result[key] = self.value(child, (*path, key))
        return result

    def _scalar(self, node: yaml.Node, path: Path) -> Any:
        text = str(node.value)
        block = getattr(node, "style", None) in {"|", ">"}
        self.text_lines[path] = self._line(node) + (1 if block else 0)
        if node.tag == _STRING:
            if _UNSTORABLE.search(text):
                self._report(node, "the text has a character that cannot be stored")
            return text
        kind = node.tag.rpartition(":")[2]
        if node.tag not in _SCALARS or not _SCALARS[node.tag].fullmatch(text):
            self._report(node, f"the tag {node.tag} is not supported")
            return None
        if kind == "float":
            return self._number(node, text)
        if kind == "null":
            return None
        return int(text) if kind == "int" else text.lower() == "true"

    def _number(self, node: yaml.Node, text: str) -> Any:
        try:
            number = float(text)
        except ValueError:  # a lone sign or full stop is a word
            return text
        if not math.isfinite(number):
            self._report(node, f"the number {text} is too large")
        return number

    def _line(self, node: Any) -> int:
        return int(node.start_mark.line) + self._first_line

    def _report(self, node: Any, message: str) -> None:
        self.failed = True
        self._problems.add(self._path, self._line(node), message)
