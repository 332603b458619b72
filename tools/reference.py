"""Writes the pages of `docs/reference/` from the code; `--check` only compares."""

import inspect
import sys
from pathlib import Path

import msgspec
import typer
from typer.cli import get_docs_for_click

from questline_cli.main import app
from questline_core.settings import Settings
from questline_sdk import hooks
from questline_sdk.events import CORE_EVENTS
from questline_sdk.testing.promises import CHECKS, Tier

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
FAMILIES = {
    "Registrations": ("register_", "Run once when the host starts, synchronously. They declare; they do no I/O."),
    "Decisions": ("check_", "Run inside a request, in its transaction. They fail closed."),
    "Filters": ("transform_", "Run inside a request and pass a value on. They fail open: logged and skipped."),
    "Personal data": ("personal_", "Every answer is needed; errors surface."),
    "Life cycle": ("plugin_", "Run when a plugin is switched for a tenant."),
}
LEAD = "Generated from the code by `python tools/reference.py`; a test compares them.\n"


def hook_functions() -> dict[str, object]:
    """The hook specifications by name, in the order of the source."""
    return {name: value for name, value in vars(hooks).items() if hasattr(value, f"{hooks.PROJECT}_spec")}


def hooks_page() -> str:
    """The page of every hook with its signature and contract."""
    parts = [
        "# Hooks\n",
        LEAD,
        "Hooks are called by keyword; take only the arguments you need. New arguments may be added.\n",
    ]
    for title, (prefix, text) in FAMILIES.items():
        parts.append(f"## {title}\n\n{text}\n")
        for name, function in hook_functions().items():
            if name.startswith(prefix) or (title == "Personal data" and name.startswith("erase_")):
                awaited = "async " if inspect.iscoroutinefunction(function) else ""
                signature = str(inspect.signature(function)).replace("questline_sdk.", "")  # type: ignore[arg-type]
                parts.append(
                    f"### `{name}`\n\n```python\n{awaited}def {name}{signature}\n```\n\n{inspect.getdoc(function)}\n"
                )
    return "\n".join(parts)


def events_page() -> str:
    """The page of core's event types."""
    parts = ["# Core events\n", LEAD]
    for kind in CORE_EVENTS:
        parts.append(f"## `{kind.event_type}`\n\n`{kind.__name__}`: {inspect.getdoc(kind)}\n")
        parts += [
            f"- `{field.name}`: {getattr(field.type, '__name__', field.type)}" for field in msgspec.structs.fields(kind)
        ]
        parts.append("")
    return "\n".join(parts)


def settings_page() -> str:
    """The page of every setting of a process."""
    parts = ["# Settings\n", LEAD]
    parts.append(f"{inspect.getdoc(Settings)} A value from the environment wins over the file's.\n")
    parts.append("| setting | type | default |\n|---|---|---|")
    for field in msgspec.structs.fields(Settings):
        shown = "-" if field.default in (None, msgspec.NODEFAULT) else f"`{field.default}`"
        parts.append(f"| `{field.name}` | {_type(field.type)} | {shown} |")
    return "\n".join(parts) + "\n"


def _type(kind: object) -> str:
    (schema,), _ = msgspec.json.schema_components([kind])
    options = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    return " or ".join(_one_type(each) for each in options)


def _one_type(schema: dict[str, object]) -> str:
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])  # type: ignore[attr-defined]
    limits = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "minLength": "at least characters:"}
    parts = [str(schema.get("type", "any"))] + [
        f"{word} {schema[key]}" for key, word in limits.items() if key in schema
    ]
    if "pattern" in schema:
        parts.append(f"like `{str(schema['pattern']).replace('|', chr(92) + '|')}`")
    return ", ".join(parts)


def cli_page() -> str:
    """The page of every command."""
    command = typer.main.get_command(app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command, info_name="questline"), name="questline")
    return f"{text.split(chr(10), 1)[0]}\n\n{LEAD}{text.split(chr(10), 1)[1]}"


def conformance_page() -> str:
    """The page of every check of the conformance suite."""
    parts = ["# Conformance\n", LEAD, "What [the suite](../how-to/conformance.md) checks, by tier.\n"]
    for tier in Tier:
        parts.append(f"## {tier.value.title()}\n\n| check | what holds | may be exempted |\n|---|---|---|")
        checks = [check for check in CHECKS if check.tier is tier]
        parts += [f"| `{each.name}` | {each.claim} | {'yes' if each.exemptable else 'no'} |" for each in checks]
        parts.append("")
    return "\n".join(parts)


PAGES = {
    "hooks.md": hooks_page,
    "events.md": events_page,
    "settings.md": settings_page,
    "cli.md": cli_page,
    "conformance.md": conformance_page,
}


def main() -> int:
    """Write the pages, or with `--check` say which are out of date."""
    stale = [
        name for name, page in PAGES.items() if not (FOLDER / name).exists() or (FOLDER / name).read_text() != page()
    ]
    if "--check" in sys.argv:
        for name in stale:
            print(f"docs/reference/{name} is out of date; run python tools/reference.py", file=sys.stderr)
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(PAGES[name]())
    return 0


if __name__ == "__main__":
    sys.exit(main())
