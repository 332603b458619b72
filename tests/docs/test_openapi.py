"""The API description that the front end's client is generated from is the application's."""

import json
from pathlib import Path

from questline_cli.commands.openapi import OFFLINE
from questline_core.app import create_app

ROOT = Path(__file__).parents[2]
NOT_FOR_THE_CLIENT = {
    ("get", "/api/v1/live"),
    ("get", "/api/v1/ui/theme.css"),
    ("get", "/api/v1/media/{name}"),
    ("get", "/api/v1/tenant/theme/package"),
}
"""A stream, a style sheet and files: fetched otherwise."""


def operations(document):
    return {
        (method, path): operation["operationId"]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if "operationId" in operation and not path.startswith("/api/v1/p/") and path.startswith("/api/")
    }


def test_the_generated_client_knows_every_operation_of_core():
    ours = operations(json.loads(json.dumps(create_app(OFFLINE).openapi_schema.to_schema())))
    theirs = operations(json.loads((ROOT / "frontend" / "openapi.json").read_text()))
    assert theirs == {key: value for key, value in ours.items() if key in theirs}
    assert set(ours) - set(theirs) == NOT_FOR_THE_CLIENT
