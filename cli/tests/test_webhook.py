"""`questline webhook` against a running site."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


class Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(204 if self.path == "/good" else 500)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def receiver():
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


async def test_a_webhook_is_made_tried_out_and_looked_into(questline, tenant, receiver) -> None:
    of_tenant = ("--tenant", tenant.slug)
    made = await questline(
        "webhook", "create", f"{receiver}/good", "-e", "learning.course.completed.v1", *of_tenant, "--json"
    )
    assert made.returncode == 0, made.stderr
    webhook = json.loads(made.stdout)
    assert webhook["secret"].startswith("whsec_")
    number = webhook["webhook"]["id"]
    tried = await questline("webhook", "test", number, *of_tenant)
    assert (tried.returncode, "the answer was 204" in tried.stdout) == (0, True), tried.stderr
    bad = json.loads((await questline("webhook", "create", f"{receiver}/bad", *of_tenant, "--json")).stdout)["webhook"]
    failed = await questline("webhook", "test", bad["id"], *of_tenant)
    assert (failed.returncode, failed.stderr) == (1, "error: the answer was 500: \n")
    listed = json.loads((await questline("webhook", "list", *of_tenant, "--json")).stdout)
    assert [each["event_types"] for each in listed] == [["learning.course.completed.v1"], ["*"]]
    log = await questline("webhook", "deliveries", bad["id"], "--state", "failed", *of_tenant, "--json")
    assert [(each["event_type"], each["status"]) for each in json.loads(log.stdout)] == [("webhook.ping", 500)]


async def test_what_cannot_be_done_is_one_line(questline, tenant) -> None:
    for arguments, message in (
        (("create", "https://example.com", "-e", "no.such.event"), "event_types: no.such.event is not an event"),
        (("deliveries", "0198c000-0000-7000-8000-000000000000"), "There is no such webhook."),
        (("deliveries", "0198c000-0000-7000-8000-000000000000", "--state", "x"), "there is no state 'x'"),
    ):
        done = await questline("webhook", *arguments, "--tenant", tenant.slug)
        assert done.returncode == 1
        assert message in done.stderr
        assert done.stderr.count("\n") == 1


async def test_an_operator_sets_a_tenants_rates(questline, tenant) -> None:
    changed = await questline("tenant", "rates", tenant.slug, "read", "user", "7/minute", "--json")
    assert changed.returncode == 0, changed.stderr
    shown = json.loads((await questline("tenant", "rates", tenant.slug, "--json")).stdout)
    assert next(each["user"] for each in shown if each["route_class"] == "read") == "7/minute"
    refused = await questline("tenant", "rates", tenant.slug, "read", "user", "many")
    assert (refused.returncode, "'many' is not accepted" in refused.stderr) == (1, True)
