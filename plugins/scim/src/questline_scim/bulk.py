"""Many changes in one request (RFC 7644, 3.7): each succeeds or fails on its own, and is told on its own.

An operation may name what another of the same request makes, as `bulkId:...`; it waits until that is there.
"""

import json
from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from pydantic import ValidationError
from scim2_models import (
    ConflictException,
    Error,
    InvalidPathException,
    InvalidSyntaxException,
    InvalidValueException,
    PayloadTooLargeException,
    SCIMException,
)

from questline_scim import changing
from questline_scim.groups import UserGroups
from questline_scim.resources import MOST_BYTES, MOST_OPERATIONS
from questline_scim.searching import Kind
from questline_scim.users import Users
from questline_scim.wire import error_of, version_of
from questline_sdk import Context, QuestlineError

RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
REFERENCE = "bulkId:"
METHODS = ("POST", "PUT", "PATCH", "DELETE")


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One change that is asked for."""

    method: Literal["POST", "PUT", "PATCH", "DELETE"]
    path: str
    bulk_id: str | None = None
    version: str | None = None
    data: dict[str, Any] | None = None

    def references(self) -> set[str]:
        """The `bulkId`s of what this needs."""
        named = self.path.rpartition("/")[2]
        found = {named.removeprefix(REFERENCE)} if named.startswith(REFERENCE) else set()
        return found | set(_references(self.data))


class Bulk:
    """One bulk request."""

    def __init__(self, ctx: Context, base: str) -> None:
        self._ctx, self._base = ctx, base
        self._made: dict[str, str | None] = {}
        """Ids by `bulkId`; None for what could not be made."""
        self._errors = 0

    async def run(self, body: bytes) -> str:
        """Do what is asked; the answer as JSON. Raises `SCIMException` for what is no bulk request or too large."""
        if len(body) > MOST_BYTES:
            raise PayloadTooLargeException(detail=f"A bulk request has {MOST_BYTES} bytes at most.")
        payload = _lowered(_object(body))
        asked, most_errors = payload.get("operations"), payload.get("failonerrors")
        if not isinstance(asked, list):
            raise InvalidSyntaxException(detail="Operations is not a list.")
        if len(asked) > MOST_OPERATIONS:
            raise PayloadTooLargeException(detail=f"A bulk request has {MOST_OPERATIONS} operations at most.")
        if most_errors is not None and (not isinstance(most_errors, int) or most_errors < 1):
            raise InvalidValueException(detail="failOnErrors is not a number above 0.")
        results: dict[int, dict[str, Any]] = {}
        waiting = dict(enumerate(asked))
        promised = {named for each in asked if isinstance(named := _lowered(each).get("bulkid"), str)}
        while waiting:
            ready = [place for place, each in waiting.items() if self._missing(each, promised) is None]
            for place in ready or [next(iter(waiting))]:
                results[place] = await self._one(waiting.pop(place), stuck=not ready)
                if most_errors is not None and self._errors >= most_errors:
                    waiting.clear()
                    break
        answered = [results[place] for place in sorted(results)]
        return json.dumps({"schemas": [RESPONSE], "Operations": answered})

    def _missing(self, raw: Any, promised: set[str]) -> str | None:
        """The `bulkId` that an operation has to wait for; None where it can be tried."""
        try:
            needed = _operation(raw).references()
        except SCIMException:
            return None
        return next((each for each in sorted(needed & promised) if each not in self._made), None)

    async def _one(self, raw: Any, *, stuck: bool) -> dict[str, Any]:
        told: dict[str, Any] = {}
        bulk_id = None
        try:
            operation = _operation(raw)
            bulk_id, told = operation.bulk_id, {"method": operation.method}
            if bulk_id is not None:
                told["bulkId"] = bulk_id
            if operation.method != "POST" and REFERENCE not in operation.path:
                told["location"] = f"{self._base}/{operation.path.strip('/')}"
            if stuck:
                raise ConflictException(detail="The operations need each other.")
            async with self._ctx.session.begin_nested():
                told |= await self._do(operation)
        except (SCIMException, ValidationError, QuestlineError) as error:
            found: Error = error_of(error)
            self._errors += 1
            told |= {"status": str(found.status or 400), "response": json.loads(found.model_dump_json())}
        if bulk_id is not None:
            self._made.setdefault(bulk_id, None)
        return told

    async def _do(self, operation: Operation) -> dict[str, Any]:
        kind, identifier = self._target(operation)
        data = self._resolved(operation.data) if operation.data is not None else {}
        if operation.method == "DELETE":
            await changing.remove(kind, identifier, operation.version)
            return {"status": "204", "location": f"{self._base}/{operation.path.strip('/')}"}
        if operation.method == "POST":
            resource = await changing.create(kind, data)
            self._made[operation.bulk_id or ""] = str(resource.id)
        elif operation.method == "PUT":
            resource = await changing.replace(kind, identifier, data, operation.version)
        else:
            resource = await changing.patch(kind, identifier, data, operation.version)
        status = "201" if operation.method == "POST" else "200"
        return {"status": status, "location": str(resource.meta.location), "version": version_of(resource)}

    def _target(self, operation: Operation) -> tuple[Kind, str]:
        endpoint, _, identifier = operation.path.strip("/").partition("/")
        if endpoint not in {"Users", "Groups"} or "/" in identifier or bool(identifier) == (operation.method == "POST"):
            raise InvalidPathException(detail=f"{operation.method} {operation.path} is not possible here.")
        kind: Kind = Users(self._ctx, self._base) if endpoint == "Users" else UserGroups(self._ctx, self._base)
        return kind, str(self._resolved(identifier))

    def _resolved(self, value: Any) -> Any:
        """A value with the ids of what its references name; raises `InvalidValueException` or `ConflictException`."""
        if isinstance(value, dict):
            return {name: self._resolved(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._resolved(each) for each in value]
        if not isinstance(value, str) or not value.startswith(REFERENCE):
            return value
        named = value.removeprefix(REFERENCE)
        if named not in self._made:
            raise InvalidValueException(detail=f"No operation has the bulkId {named}.")
        made = self._made[named]
        if made is None:
            raise ConflictException(detail=f"What has the bulkId {named} could not be made.")
        return made


def _operation(raw: Any) -> Operation:
    """One operation; raises `InvalidSyntaxException`."""
    given = _lowered(raw) if isinstance(raw, dict) else {}
    method = str(given.get("method", "")).upper()
    path, bulk_id, data, version = (given.get(name) for name in ("path", "bulkid", "data", "version"))
    if method not in METHODS or not isinstance(path, str):
        raise InvalidSyntaxException(detail="An operation has a method and a path.")
    if not isinstance(bulk_id, str | None) or not isinstance(version, str | None):
        raise InvalidSyntaxException(detail="bulkId and version are strings.")
    if method == "POST" and not bulk_id:
        raise InvalidSyntaxException(detail="An operation that makes something has a bulkId.")
    if method != "DELETE" and not isinstance(data, dict):
        raise InvalidSyntaxException(detail="An operation has data that are an object.")
    return Operation(
        method=method,  # type: ignore[arg-type]
        path=path,
        bulk_id=bulk_id,
        version=version,
        data=data if isinstance(data, dict) else None,
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidSyntaxException(detail="The body is not JSON.") from None
    if not isinstance(found, dict):
        raise InvalidSyntaxException(detail="The body is not a JSON object.")
    return found


def _lowered(given: Any) -> dict[str, Any]:
    """An object by its names in lower case, for they are the same in either (RFC 7643, 2.1)."""
    return {str(name).lower(): value for name, value in given.items()} if isinstance(given, dict) else {}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
    elif isinstance(value, str) and value.startswith(REFERENCE):
        yield value.removeprefix(REFERENCE)
