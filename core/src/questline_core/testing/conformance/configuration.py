"""The plugin's settings as an admin meets them."""

import re
from typing import Any

import msgspec

from questline_core.testing.conformance.subject import Subject
from questline_core.testing.conformance.verdict import Absent, Problem, Unchecked

SECRET = re.compile(r"(^|_)(password|secret|token|api_key|private_key|access_key|credential)s?($|_)")


async def settings(subject: Subject) -> None:
    """The schema is valid, the defaults pass it, the form can be sent back, and secrets are never shown."""
    settings_type = subject.record.contributions.settings
    if settings_type is None:
        raise Absent("it has no settings")
    tenant = await subject.new_tenant()
    path = f"/api/v1/plugins/{subject.id}/settings"
    async with await subject.site.sign_in(tenant, "owner") as owner:
        answer = await owner.get(path)
        if answer.status_code != 200:
            raise Problem(f"its settings cannot be read: {answer.text}")
        form = answer.json()
        schema, values = form["schema"], form["values"]
        _check_schema(schema, values)
        _check_secrets(schema, msgspec.to_builtins(settings_type()))
        saved = await owner.put(path, json=values)
        if saved.status_code != 200:
            raise Problem(f"the defaults are refused when they are saved: {saved.json().get('errors') or saved.text}")


def _check_schema(schema: dict[str, Any], values: dict[str, Any]) -> None:
    try:
        import jsonschema_rs
    except ModuleNotFoundError:
        raise Unchecked("jsonschema-rs is not installed; install questline-core[conformance]") from None
    try:
        jsonschema_rs.meta.validate(schema)
    except jsonschema_rs.ValidationError as error:
        raise Problem(f"its JSON Schema is not valid: {error.message}; look at extra_json_schema") from None
    validator = jsonschema_rs.validator_for(schema)
    for wrong in validator.iter_errors(values):
        field = ".".join(map(str, wrong.instance_path)) or "the values"
        raise Problem(f"the default of {field} breaks its own schema: {wrong.message}")


def _check_secrets(schema: dict[str, Any], defaults: dict[str, Any]) -> None:
    for name, field in _fields(schema):
        hidden = field.get("writeOnly", False)
        text = field.get("type") == "string" or any(each.get("type") == "string" for each in field.get("anyOf", ()))
        if text and not hidden and SECRET.search(name):
            raise Problem(
                f"{name} looks like a secret and would be shown; give it the type questline_sdk.settings.Secret"
            )
    shown = [
        name for name, field in schema.get("properties", {}).items() if field.get("writeOnly") and defaults.get(name)
    ]
    if shown:
        raise Problem(f"{', '.join(shown)} has a secret as its default; the default of a Secret is empty")


def _fields(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    parts = [schema, *schema.get("$defs", {}).values()]
    return [pair for part in parts for pair in part.get("properties", {}).items()]
