"""Makes small plugin wheels in a moment, as right or as broken as a test wants them."""

import base64
import hashlib
import io
import textwrap
import zipfile
from pathlib import Path

CODE = """
from litestar import get
from questline_sdk import Permission, Plugin, hookimpl


@get("/hello", operation_id="{id}_hello", public=True)
async def hello() -> dict[str, str]:
    return {{"version": "{version}"}}


class Made(Plugin):
    @hookimpl
    def register_routes(self):
        return [hello]

    @hookimpl
    def register_permissions(self):
        return [Permission(name="{id}.things.read", title="Read things", roles=("learner",))]


plugin = Made()
"""
REVISION = """
import sqlalchemy as sa
from alembic import op
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = {revision!r}
down_revision = {down!r}


def upgrade():
    {up}


def downgrade():
    {down_code}
"""


def wheel(
    name: str, version: str, files: dict[str, str | bytes], *, requires: tuple[str, ...] = ()
) -> tuple[str, bytes]:
    """A wheel's file name and content; `entry_points.txt` among the files lands beside the metadata."""
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    metadata = "".join(
        [
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            *(f"Requires-Dist: {each}\n" for each in requires),
        ]
    )
    contents: dict[str, bytes] = {
        (f"{info}/{path}" if path == "entry_points.txt" else path): each.encode() if isinstance(each, str) else each
        for path, each in files.items()
    }
    contents[f"{info}/METADATA"] = metadata.encode()
    contents[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{path},{_digest(content)},{len(content)}\n" for path, content in contents.items())
    contents[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for path, content in contents.items():
            made.writestr(path, content)
    return f"{stem}-py3-none-any.whl", buffer.getvalue()


def plugin_wheel(
    folder: Path,
    plugin_id: str,
    version: str = "1.0",
    *,
    code: str | None = None,
    migrations: int = 0,
    scripts: dict[str, str] | None = None,
    manifest: str = "",
    requires: tuple[str, ...] = ("questline-sdk>=0.1,<0.2",),
    files: dict[str, str | bytes] | None = None,
) -> Path:
    """Write a plugin's wheel into a folder: a route, a permission, and as many migrations with a table each."""
    package = f"qlmade_{plugin_id}"
    contents: dict[str, str | bytes] = {
        f"{package}/__init__.py": "",
        f"{package}/plugin.py": textwrap.dedent(code or CODE.format(id=plugin_id, version=version)),
        f"{package}/plugin.toml": f'id = "{plugin_id}"\ntitle = "{plugin_id.title()}"\n{manifest}',
        "entry_points.txt": f"[questline.plugins.v1]\n{plugin_id} = {package}.plugin:plugin\n",
    }
    for name, text in {**_scripts(plugin_id, migrations), **(scripts or {})}.items():
        contents[f"{package}/migrations/versions/{name}.py"] = text
    contents |= {f"{package}/{path}": each for path, each in (files or {}).items()}
    filename, content = wheel(f"qlmade-{plugin_id.replace('_', '-')}", version, contents, requires=requires)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / filename
    path.write_bytes(content)
    return path


def script(number: int, up: str, down: str = "pass") -> str:
    """A revision by its place in the history."""
    before = f"{number - 1:04}" if number > 1 else None
    return REVISION.format(revision=f"{number:04}", down=before, up=up, down_code=down)


def _scripts(plugin_id: str, count: int) -> dict[str, str]:
    made = {}
    for number in range(1, count + 1):
        create = f'create_tenant_table("thing_{number}", sa.Column("name", sa.Text), schema="{plugin_id}")'
        drop = f'op.drop_table("thing_{number}", schema="{plugin_id}")'
        if number == 1:
            create = f'create_schema("{plugin_id}")\n    {create}'
            drop = f'{drop}\n    drop_schema("{plugin_id}")'
        made[f"{number:04}_thing"] = script(number, create, drop)
    return made


def _digest(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
