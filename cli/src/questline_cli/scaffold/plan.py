"""Which templates a plugin is made of, and their text with the names filled in."""

from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from questline_cli.scaffold.names import Name

TEMPLATES = Path(__file__).parent / "templates"
SUFFIX = ".j2"


class Features(msgspec.Struct, frozen=True, kw_only=True):
    """What a new plugin has; a block cannot be drawn without a user interface, so it brings one."""

    routes: bool = False
    tables: bool = False
    events: bool = False
    job: bool = False
    settings: bool = False
    ui: bool = False
    block: str | None = None

    @property
    def has_ui(self) -> bool:
        """Whether there is anything to build for the browser."""
        return self.ui or self.block is not None

    @property
    def folders(self) -> list[str]:
        """The folders of templates, the base first; `ui_block` and the like hold what needs two features."""
        parts = {
            "routes": self.routes,
            "tables": self.tables,
            "events": self.events,
            "events_tables": self.events and self.tables,
            "job": self.job,
            "settings": self.settings,
            "block": self.block is not None,
            "ui": self.has_ui,
            "ui_page": self.ui,
            "ui_api": self.ui and self.routes,
            "ui_block": self.block is not None,
        }
        return ["base", *(name for name, wanted in parts.items() if wanted)]


def plugin_files(name: Name, features: Features) -> dict[str, str]:
    """A plugin's files by their path in its folder."""
    block = Name(features.block) if features.block else None
    values = msgspec.structs.asdict(features) | {
        "name": name,
        "package": f"questline_{name.id}",
        "distribution": f"questline-{name.hyphens}",
        "block": block,
        "has_ui": features.has_ui,
    }
    return _fill([f"plugin/{folder}" for folder in features.folders], values)


def theme_files(name: Name) -> dict[str, str]:
    """A theme's files by their path in its folder."""
    values = {
        "name": name,
        "package": f"questline_theme_{name.id}",
        "distribution": f"questline-theme-{name.hyphens}",
    }
    return _fill(["theme"], values)


def _fill(folders: list[str], values: dict[str, object]) -> dict[str, str]:
    # Not Jinja's own delimiters: TSX and GitHub's workflows are full of those.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        variable_start_string="[=",
        variable_end_string="=]",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  what is written is source code, and the names in it are checked words
    )
    name, block = values["name"], values.get("block")
    in_paths = {
        "PACKAGE": str(values["package"]),
        "ID": name.id if isinstance(name, Name) else "",
        "CLASS": name.pascal if isinstance(name, Name) else "",
        "BLOCK": block.pascal if isinstance(block, Name) else "",
    }
    files: dict[str, str] = {}
    for folder in folders:
        for path in sorted((TEMPLATES / folder).rglob(f"*{SUFFIX}")):
            inside = path.relative_to(TEMPLATES / folder).as_posix().removesuffix(SUFFIX)
            for word, value in in_paths.items():
                inside = inside.replace(word, value)
            template = environment.get_template(path.relative_to(TEMPLATES).as_posix())
            files[inside] = template.render(values)
    return files
