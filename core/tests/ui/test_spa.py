"""The start page, the application's files, and what is neither."""

import re

import pytest
import pytest_asyncio

NAVIGATION = {"sec-fetch-mode": "navigate", "accept": "text/html"}


@pytest_asyncio.fixture(loop_scope="session")
async def client(own):
    async with own.client() as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/log-in", "/courses/a-course", "/x/points/rules", "/courses/v1.2", "/index.html"]
)
async def test_every_page_address_starts_the_application(client, path):
    answer = await client.get(path, headers=NAVIGATION)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    (nonce,) = re.findall(r'csp-nonce" content="([\w-]+)"', answer.text)
    assert f"'nonce-{nonce}'" in answer.headers["content-security-policy"]
    assert "__NONCE__" not in answer.text + answer.headers["content-security-policy"]
    assert len(answer.headers.get_list("content-security-policy")) == 1


async def test_only_a_preview_may_be_framed_and_only_by_the_site_itself(client):
    for path, ancestors in (
        ("/courses/x?preview=dark", "'self'"),
        ("/?preview=light", "'self'"),
        ("/?preview=", "'none'"),
        ("/?preview=yes", "'none'"),
        ("/?theme=dark", "'none'"),
        ("/", "'none'"),
    ):
        policy = (await client.get(path, headers=NAVIGATION)).headers["content-security-policy"]
        assert policy.partition("frame-ancestors ")[2] == ancestors, path


async def test_no_two_pages_share_a_nonce(client):
    policies = {(await client.get("/")).headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


async def test_files_with_a_hash_are_kept_for_ever_and_sent_zipped(client):
    answer = await client.get("/assets/main-abc.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == "export const x = 1;\n" * 200
    plain = await client.get("/assets/main-abc.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == answer.text
    kept = await client.get("/assets/main-abc.js", headers={"if-none-match": answer.headers["etag"]})
    assert (kept.status_code, kept.content) == (304, b"")
    assert "content-encoding" not in (await client.get("/assets/small-abc.css")).headers


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/sw.js", "text/javascript; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/icons/192.png", "image/png"),
    ],
)
async def test_service_worker_manifest_and_icons_are_asked_for_again(client, path, content_type):
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    assert answer.headers["cache-control"] == "no-cache"


async def test_the_service_worker_may_fetch_what_it_keeps(client):
    policy = (await client.get("/sw.js")).headers["content-security-policy"]
    assert policy == "default-src 'none'; connect-src 'self'"


async def test_a_file_that_is_not_there_is_not_the_start_page(client):
    for path in ("/assets/gone-abc.js", "/favicon.ico", "/robots.txt", "/assets/"):
        answer = await client.get(path, headers={"sec-fetch-mode": "no-cors"})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../csp.json",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/csp.json",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/assets/main-abc.js%00.txt",
        "/assets//etc/passwd",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/csp.json",
        "/shared.json",
    ],
)
async def test_nothing_outside_of_the_build_is_served(client, path):
    answer = await client.get(path, headers={"sec-fetch-mode": "no-cors"})
    assert answer.status_code == 404
    assert "not for you" not in answer.text


async def test_a_link_out_of_the_build_is_not_followed(client, dist):
    (dist / "assets" / "link.txt").symlink_to(dist.parent / "secret.txt")
    assert (await client.get("/assets/link.txt")).status_code == 404


async def test_a_new_build_is_served_without_a_restart(client, dist):
    assert (await client.get("/sw.js")).text == "// service worker"
    (dist / "sw.js").write_text("// the next version")
    assert (await client.get("/sw.js")).text == "// the next version"


async def test_an_unknown_api_address_is_a_problem_not_a_page(client):
    for path in ("/api", "/api/v1/nothing", "/api/v1/nothing/at/all", "/api/v2"):
        answer = await client.get(path, headers=NAVIGATION)
        assert (answer.status_code, answer.json()["code"]) == (404, "route_not_found")


async def test_only_reading_is_possible(client):
    assert (await client.post("/")).status_code == 405
    assert (await client.put("/assets/main-abc.js")).status_code == 405
    head = await client.head("/log-in")
    assert (head.status_code, head.content) == (200, b"")


async def test_without_a_build_the_page_says_how_to_make_one(client, dist):
    (dist / "index.html").unlink()
    answer = await client.get("/", headers=NAVIGATION)
    assert answer.status_code == 503
    assert "npm run build" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
