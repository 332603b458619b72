"""Logos: SVG that only draws and small PNG; anything else is refused, whatever it is called."""

import base64
import struct
import zlib

import pytest

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>'


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


async def upload(admin, content: bytes):
    return await admin.post("/api/v1/tenant/theme/logos", json={"content": base64.b64encode(content).decode()})


@pytest.mark.parametrize(("content", "kind"), [(SVG, "image/svg+xml"), (png(64, 64), "image/png")])
async def test_a_logo_is_shown_once_it_is_saved(as_user, save, anonymous, content, kind) -> None:
    admin = await as_user("admin")
    before = (await anonymous.get("/api/v1/ui/theme")).json()["logo_url"]
    stored = (await upload(admin, content)).json()
    assert (await anonymous.get("/api/v1/ui/theme")).json()["logo_url"] == before, "nobody sees a draft"
    assert (await save(admin, {}, logo=stored["logo"])).status_code == 200
    assert (await anonymous.get("/api/v1/ui/theme")).json()["logo_url"] == stored["logo_url"]
    file = await anonymous.get(stored["logo_url"])
    assert (file.content, file.headers["content-type"]) == (content, kind)
    assert "sandbox" in file.headers["content-security-policy"]
    await save(admin, {}, logo=None)
    assert (await anonymous.get("/api/v1/ui/theme")).json()["logo_url"] == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (SVG.replace(b"<path", b"<script>alert(1)</script><path"), "<script>"),
        (SVG.replace(b"<path", b"<path onload='alert(1)'"), "event handler"),
        (SVG.replace(b"<path", b"<foreignObject/><path"), "<foreignObject>"),
        (SVG.replace(b"<path", b"<image href='https://elsewhere.example/x.png'/><path"), "refers to"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG, "document type"),
        (SVG[:-4], "not well-formed"),
        (b"<html><body>hello</body></html>", "neither an SVG nor a PNG"),
        (b"GIF89a" + b"\0" * 40, "neither an SVG nor a PNG"),
        (b"\x89PNG\r\n\x1a\n", "not a whole PNG"),
        (png(4096, 16), "4096 x 16 pixels"),
        (SVG + b" " * 300_000, "larger than 256 kB"),
    ],
)
async def test_what_is_no_harmless_picture_is_refused(as_user, content, message) -> None:
    answer = await upload(await as_user("admin"), content)
    assert answer.status_code == 422, answer.text
    assert message in answer.json()["errors"][0]["message"]


async def test_a_logo_of_another_tenant_or_of_nobody_cannot_be_named(site, as_user, save) -> None:
    other = await site.new_tenant(plugins=[])
    async with await site.sign_in(other, "admin") as stranger:
        theirs = (await upload(stranger, SVG)).json()["logo"]
    admin = await as_user("admin")
    assert (await save(admin, {}, logo=theirs)).status_code == 404
    assert (await save(admin, {}, logo="0" * 64 + ".svg")).status_code == 404
    assert (await save(admin, {}, logo="../secret.svg")).status_code in {400, 422}
