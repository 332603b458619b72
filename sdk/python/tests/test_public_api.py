"""The SDK's public names and signatures; a change here is a change of the SDK's version.

Write the snapshot again with `python sdk/python/tests/test_public_api.py`.
"""

import importlib
import inspect
import pkgutil
from pathlib import Path

import msgspec

import questline_sdk

SNAPSHOT = Path(__file__).with_name("public_api.txt")


def public_api() -> str:
    modules = [
        info.name
        for info in pkgutil.walk_packages(questline_sdk.__path__, "questline_sdk.")
        if not any(part.startswith("_") for part in info.name.split(".")) and ".testing" not in info.name
    ]
    lines: list[str] = []
    for name in sorted(["questline_sdk", *modules]):
        module = importlib.import_module(name)
        names = getattr(module, "__all__", None) or [
            each for each, value in vars(module).items() if getattr(value, "__module__", None) == name
        ]
        lines += [
            f"{name}.{each}{describe(getattr(module, each))}" for each in sorted(names) if not each.startswith("_")
        ]
    return "\n".join(lines) + "\n"


def describe(value: object) -> str:
    if isinstance(value, type) and issubclass(value, msgspec.Struct):
        return "(" + ", ".join(f"{field.name}: {field.type}" for field in msgspec.structs.fields(value)) + ")"
    if inspect.isclass(value):
        methods = sorted(name for name in vars(value) if not name.startswith("_"))
        return " {" + ", ".join(methods) + "}"
    if callable(value):
        try:
            return str(inspect.signature(value))
        except ValueError:
            return "(...)"
    return f" = {value!r}" if isinstance(value, str | int) else ""


def test_the_public_api_is_the_snapshot():
    assert public_api() == SNAPSHOT.read_text()


if __name__ == "__main__":
    SNAPSHOT.write_text(public_api())
