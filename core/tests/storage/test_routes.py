"""Media over HTTP: caching, ranges, sandboxing, tenants kept apart."""

import hashlib

import pytest

from questline_core.storage.routes import media_key

VIDEO = bytes(range(256)) * 3000


@pytest.fixture
def put(host, tenant):
    async def put(data: bytes, ending: str, content_type: str) -> str:
        name = hashlib.sha256(data).hexdigest() + ending
        await host.store.put(media_key(tenant.id, name), data, content_type=content_type)
        return f"/api/v1/media/{name}"

    return put


async def test_anybody_gets_a_file_to_keep_for_ever(anonymous, put):
    url = await put(b"\x89PNG...", ".png", "image/png")
    answer = await anonymous.get(url)
    assert (answer.status_code, answer.content) == (200, b"\x89PNG...")
    headers = answer.headers
    assert headers["content-type"] == "image/png"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["accept-ranges"] == "bytes"
    again = await anonymous.get(url, headers={"if-none-match": headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_an_svg_may_draw_but_not_run(anonymous, put):
    url = await put(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", ".svg", "image/svg+xml")
    answer = await anonymous.get(url)
    assert answer.headers["content-type"] == "image/svg+xml"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "content-disposition" not in answer.headers


async def test_what_a_browser_could_run_is_a_download(anonymous, put):
    answer = await anonymous.get(await put(b"<script>alert(1)</script>", ".html", "text/html"))
    assert answer.headers["content-disposition"] == "attachment"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_captions_say_their_type_once(anonymous, put):
    answer = await anonymous.get(await put(b"WEBVTT\n\n", ".vtt", "text/vtt; charset=utf-8"))
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-99", 0, 100), ("bytes=500000-", 500_000, 768_000), ("bytes=-1000", 767_000, 768_000)],
)
async def test_a_video_is_sent_in_parts(anonymous, put, asked, start, end):
    answer = await anonymous.get(await put(VIDEO, ".webm", "video/webm"), headers={"range": asked})
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(VIDEO)}"
    assert answer.headers["content-length"] == str(end - start)
    assert "content-encoding" not in answer.headers
    assert answer.content == VIDEO[start:end]


async def test_a_part_that_is_not_there_is_416(anonymous, put):
    answer = await anonymous.get(await put(VIDEO, ".webm", "video/webm"), headers={"range": "bytes=768000-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */768000")


async def test_a_part_of_another_version_is_not_sent(anonymous, put):
    url = await put(VIDEO, ".webm", "video/webm")
    etag = (await anonymous.get(url)).headers["etag"]
    stale = await anonymous.get(url, headers={"range": "bytes=0-9", "if-range": '"old"'})
    fresh = await anonymous.get(url, headers={"range": "bytes=0-9", "if-range": etag})
    assert (stale.status_code, len(stale.content)) == (200, len(VIDEO))
    assert (fresh.status_code, len(fresh.content)) == (206, 10)


@pytest.mark.parametrize(
    "name", ["x", "..%2F..%2Fetc%2Fpasswd", "0" * 64, "0" * 64 + ".svg", "0" * 64 + ".%00", "%2e%2e"]
)
async def test_everything_else_is_not_found(anonymous, name):
    assert (await anonymous.get(f"/api/v1/media/{name}")).status_code == 404


async def test_another_tenant_does_not_have_the_file(site, put):
    url = await put(b"only ours", ".png", "image/png")
    other = await site.new_tenant(plugins=[])
    async with site.client(**{"x-questline-tenant": other.slug}) as client:
        assert (await client.get(url)).status_code == 404
