"""Whatever is sent, every answer is documented: no 5xx, no unknown status, bodies as the schema says.

`QUESTLINE_FUZZ_EXAMPLES` sets the examples for each operation, role and kind of data.
"""

import itertools
import os
from collections import Counter
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
import pytest_asyncio
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from questline_core.app import create_app
from questline_core.content.importer import available_block_types, import_course, load_course
from questline_core.settings import Settings

EXAMPLES = int(os.environ.get("QUESTLINE_FUZZ_EXAMPLES", "5"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
STREAMS = {"stream_live"}
ANSWERS: Counter[int] = Counter()
MODES = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]


def document() -> dict[str, Any]:
    """The OpenAPI document of core and every installed plugin, without a running site."""
    nowhere = Settings(
        database_url="postgresql://nobody@127.0.0.1:1/nothing", redis_url="redis://127.0.0.1:1/0", secret_key="x" * 32
    )
    return create_app(nowhere).openapi_schema.to_schema()


DOCUMENT = document()
OPERATIONS = {
    operation.ok().definition.raw["operationId"]: operation.ok()
    for operation in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations()
    if operation.ok().definition.raw["operationId"] not in STREAMS
}


class World:
    """A tenant with content, and who asks."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.clients: dict[str, httpx.AsyncClient] = {}
        self.slug = ""
        self.ids: list[str] = []
        self.words = ["points", "badges", "leaderboards", "assessments", "all", "week"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(site: Any, small_course: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A filled tenant and clients of two roles."""
    world = World(site)
    tenant = await site.new_tenant()
    world.slug = tenant.slug
    source, problems = load_course(
        small_course(tmp_path_factory.mktemp("fuzz"), "fuzz"), await available_block_types(site.host, tenant.id)
    )
    assert source is not None, list(map(str, problems))
    async with site.context(tenant.id) as ctx:
        await import_course(ctx, site.host, source)
    for role in ("admin", "learner"):
        world.clients[role] = await site.sign_in(tenant, role)
    course = (await world.clients["learner"].get("/api/v1/courses/fuzz")).json()
    for client in world.clients.values():
        await client.post(f"/api/v1/courses/{course['id']}/enrolment")
    lesson, quiz = course["modules"][0]["lessons"]
    await world.clients["learner"].post(f"/api/v1/lessons/{lesson['id']}/completion")
    blocks = (await world.clients["learner"].get(f"/api/v1/lessons/{quiz['id']}")).json()["blocks"]
    for block in blocks:
        if "assessment_id" in block["data"]:
            await world.clients["learner"].post(f"/api/v1/p/assessments/{block['data']['assessment_id']}/attempts")
    await site.drain()
    world.ids = await known_ids(site, tenant.id)
    world.words.append("fuzz")
    yield world
    for client in world.clients.values():
        await client.aclose()


async def known_ids(site: Any, tenant_id: UUID) -> list[str]:
    """Ids that mean something to the tenant."""
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        tables = await connection.fetch(
            "SELECT table_schema || '.' || table_name AS name FROM information_schema.columns WHERE column_name = 'id'"
            " AND table_schema NOT IN ('core', 'queue', 'pg_catalog') UNION SELECT unnest(ARRAY['core.course',"
            " 'core.lesson', 'core.user_account'])"
        )
        found = []
        for table in tables:
            rows = await connection.fetch(f"SELECT id FROM {table['name']} WHERE tenant_id = $1 LIMIT 3", tenant_id)
            found += [str(row["id"]) for row in rows]
        return found
    finally:
        await connection.close()


async def send(client: httpx.AsyncClient, case: Any) -> None:
    """Send a generated request and check the answer against the document."""
    kwargs = case.as_transport_kwargs(base_url="http://localhost")
    prepared = requests.Request(
        **{name: kwargs[name] for name in ("method", "url", "params", "data", "json", "cookies") if name in kwargs}
    ).prepare()
    headers = [(str(name), str(value)) for name, value in prepared.headers.items()]
    try:
        answer = await client.request(kwargs["method"], prepared.url or "", content=prepared.body, headers=headers)
    except (httpx.InvalidURL, UnicodeEncodeError):
        return
    ANSWERS[answer.status_code] += 1
    case.validate_response(answer, checks=CHECKS, headers=None)


@pytest.mark.parametrize("mode", MODES, ids=["as documented", "otherwise"])
@pytest.mark.parametrize("role", ["admin", "learner"])
@pytest.mark.parametrize("name", OPERATIONS)
async def test_every_answer_is_documented(world, name, role, mode):
    operation = OPERATIONS[name]
    parameters = [each.name for each in operation.path_parameters]

    cases = []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def collect(case: Any, data: Any) -> None:
        for parameter in parameters:
            # Most random ids are nobody's: every other time, one that exists.
            if data.draw(st.booleans()):
                case.path_parameters[parameter] = data.draw(st.sampled_from([*world.ids, *world.words]))
        cases.append(case)

    try:
        collect()
    except Unsatisfiable:
        pytest.skip("nothing can be sent that is not as documented")
    for case in cases:
        await send(world.clients[role], case)


NASTY: list[Any] = [
    "\x00",
    "a\x00b",
    "\U0010ffff",
    "x" * 70_000,
    2**31,
    2**63 - 1,
    2**63,
    -(2**63) - 1,
    10**400,
    1e308,
    -1,
    0.1,
    True,
    None,
    [],
    {},
    ["\x00"],
    {"\x00": "\x00"},
    "00000000-0000-0000-0000-000000000000",
    "9999-12-31T23:59:59Z",
]
RAW: list[bytes] = [
    b"",
    b"\xff\xfe",
    b"{",
    b"null",
    b'"\\ud800"',
    b'{"a": "\\ud800"}',
    b"[" * 20_000,
    b'{"a":' * 5_000,
    b"NaN",
    b"1e999",
    b"\x00",
]
WORDS = ["%00", "a%00b", "%ff", "%c3%28", "%ed%a0%80", "a" * 5000, "-1", "9" * 400, "..%2f..%2f", "%F4%8F%BF%BF", "%20"]
CURSORS = [
    "WyJcdTAwMDAiLCIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDAiXQ",  # a NUL for the title
    "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjU5IiwiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0",  # before year 1
    "WyI5OTk5LTEyLTMxVDIzOjU5OjU5LTIzOjU5IiwiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0",  # after year 9999
    "WzllOTk5OV0",
    "W10",
    "e30",
    "bnVsbA",
    "_w",
    "%00",
    "AAAA",
]


@pytest.mark.parametrize("name", OPERATIONS)
async def test_nasty_values_are_answered_as_documented(world, example_body, name):
    operation = OPERATIONS[name]
    sample = example_body(DOCUMENT, operation.method, name, world.ids[0])
    requests_to_send = itertools.chain(
        bodies(operation, sample, world), addresses(operation, world), queries(operation, world)
    )
    documented = set(operation.definition.raw["responses"])
    for path, options in requests_to_send:
        answer = await world.clients["admin"].request(operation.method, path, **options)
        ANSWERS[answer.status_code] += 1
        said = f"{operation.method} {path[:200]} {str(options)[:300]}: {answer.status_code} {answer.text[:300]}"
        assert answer.status_code < 500, said
        # An address that no route has is answered by the router.
        assert str(answer.status_code) in documented or answer.json()["code"] == "route_not_found", said


def filled(operation: Any, world: World, **values: str) -> str:
    """The operation's path with these parameters, and plausible ones for the rest."""
    path = operation.path
    for parameter in operation.path_parameters:
        schema = parameter.definition.get("schema", {})
        usual = world.ids[0] if schema.get("format") == "uuid" else "points"
        path = path.replace(f"{{{parameter.name}}}", values.get(parameter.name, usual))
    return path


def bodies(operation: Any, sample: Any, world: World) -> Any:
    """Each field of a good body with each nasty value, and bodies that are not even JSON."""
    if "requestBody" not in operation.definition.raw:
        return
    kind = {"content-type": "application/json"}
    path = filled(operation, world)
    for raw in RAW:
        yield path, {"content": raw, "headers": kind}
    yield path, {"content": b"a=1", "headers": {"content-type": "application/x-www-form-urlencoded"}}
    yield path, {"content": b"{}", "headers": {"content-type": "application/json; charset=nonsense"}}
    for field, value in itertools.product(sample if isinstance(sample, dict) else (), NASTY):
        try:
            yield path, {"json": {**sample, field: value}}
        except ValueError:
            continue


def addresses(operation: Any, world: World) -> Any:
    """Each path parameter with each odd word."""
    for parameter, word in itertools.product(operation.path_parameters, WORDS):
        yield filled(operation, world, **{parameter.name: word}), {}


def queries(operation: Any, world: World) -> Any:
    """Each query parameter with each odd word and cursor."""
    path = filled(operation, world)
    for parameter, word in itertools.product(operation.query, [*WORDS, *CURSORS, "9223372036854775808", "1e5", ""]):
        yield f"{path}?{parameter.name}={word}", {}
        yield f"{path}?{parameter.name}={word}&{parameter.name}=1&%00=%00", {}


async def test_headers_from_hell_are_refused_not_feared(world):
    async with world.site.client() as client:
        for value in (b"Bearer \xff\xfe", b"Bearer " + b"a" * 5000, b"Bearer a.b.c", b"Basic Og==", b"Bearer", b"\x00"):
            headers = [(b"authorization", value), (b"x-questline-tenant", world.slug.encode())]
            answer = await client.get("/api/v1/me", headers=headers)
            assert answer.status_code == 401, (value, answer.text)
        for name in (b"x-questline-tenant", b"host", b"cookie", b"range", b"if-none-match", b"traceparent", b"accept"):
            for value in (b"\xff", b"\x00", b"a" * 5000, b"%00", b"'; --", b"bytes=9" + b"9" * 400 + b"-"):
                answer = await client.get("/api/v1/site", headers=[(name, value)])
                assert answer.status_code < 500, (name, value, answer.text)


def test_the_walk_saw_answers_of_every_kind():
    print(f"{ANSWERS.total()} requests to {len(OPERATIONS)} operations: {sorted(ANSWERS.items())}")  # noqa: T201
    assert {200, 400, 403, 404} <= set(ANSWERS)
