"""Pictures: what is taken in, what becomes of it, who is shown it."""

import base64
import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from questline_core.auth.accounts import delete_user
from questline_core.people.pictures import LARGE, MAX_BYTES, SMALL, square_pictures
from questline_sdk import Invalid


def as_body(content):
    return {"content": base64.b64encode(content).decode()}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(side):
    """A PNG of side x side black dots, in a few kilobytes."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_becomes_square_webp_in_two_sizes(picture, kind):
    for side, data in (await square_pictures(picture(kind))).items():
        image = Image.open(io.BytesIO(data))
        assert (image.format, image.size) == ("WEBP", (side, side))


async def test_what_the_camera_wrote_beside_the_picture_is_gone_and_the_picture_upright(picture):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "GPS and the like"
    image = Image.new("RGB", (400, 400), "red")
    image.paste("blue", (0, 0, 400, 100))
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif, icc_profile=b"profile", comment=b"secret")
    data = (await square_pictures(file.getvalue()))[LARGE]
    for trace in (b"GPS", b"EXIF", b"ICCP", b"secret", b"XMP"):
        assert trace not in data
    right = Image.open(io.BytesIO(data)).convert("RGB").getpixel((LARGE - 10, LARGE // 2))
    assert right[2] > right[0]


async def test_a_picture_with_holes_keeps_them(picture):
    data = (await square_pictures(picture(mode="RGBA", color=(255, 0, 0, 0))))[SMALL]
    assert Image.open(io.BytesIO(data)).convert("RGBA").getpixel((5, 5))[3] == 0


def texts():
    info = PngInfo()
    info.add_text("bomb", "x" * 20_000_000, zip=True)
    file = io.BytesIO()
    Image.new("L", (10, 10)).save(file, "PNG", pnginfo=info)
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda draw: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "is not a PNG"),
        (lambda draw: draw("GIF"), "is not a PNG"),
        (lambda draw: draw("TIFF"), "is not a PNG"),
        (lambda draw: b"", "is not a PNG"),
        (lambda draw: b"\x89PNG\r\n\x1a\n" + b"<script>", "is"),
        (lambda draw: draw(size=(2000, 2000))[:-200], "is damaged"),
        (lambda draw: draw("JPEG", size=(2000, 2000))[:900], "is"),
        (lambda draw: bomb(8000), "is 8000 x 8000 pixels"),
        (lambda draw: bomb(20_000), "is"),
        (lambda draw: texts(), "is"),
        (lambda draw: bytes(MAX_BYTES + 1), "is larger than 3 MB"),
    ],
)
async def test_a_file_that_is_no_fit_picture_is_refused(picture, make, words):
    with pytest.raises(Invalid) as refused:
        await square_pictures(make(picture))
    assert refused.value.errors[0].field == "content"
    assert refused.value.errors[0].message.startswith(words)


async def test_a_picture_is_shown_until_it_is_replaced_or_removed(site, as_user, picture, tenant):
    ada = await as_user("learner")
    first = (await ada.put("/api/v1/profile/avatar", json=as_body(picture()))).json()
    assert first["avatar_url"].endswith(f"-{SMALL}.webp")
    for url in (first["avatar_url"], first["avatar_large_url"]):
        shown = await ada.get(url)
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
        assert "immutable" in shown.headers["cache-control"]
        assert shown.headers["x-content-type-options"] == "nosniff"
        again = await ada.get(url, headers={"if-none-match": shown.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert (await ada.get("/api/v1/me")).json()["avatar_url"] == first["avatar_url"]
    second = (await ada.put("/api/v1/profile/avatar", json=as_body(picture(color="red")))).json()
    await site.drain()
    assert (await ada.get(first["avatar_large_url"])).status_code == 404
    assert (await ada.get(second["avatar_url"])).status_code == 200
    assert (await ada.delete("/api/v1/profile/avatar")).status_code == 204
    assert (await ada.delete("/api/v1/profile/avatar")).status_code == 204
    await site.drain()
    assert (await ada.get(second["avatar_url"])).status_code == 404
    assert (await ada.get("/api/v1/profile")).json()["avatar_url"] is None


async def test_a_picture_is_of_its_tenant_only_and_goes_with_its_person(site, as_user, picture, tenant):
    ada = await as_user("learner")
    url = (await ada.put("/api/v1/profile/avatar", json=as_body(picture()))).json()["avatar_url"]
    other = await site.new_tenant()
    async with site.client(**{"x-questline-tenant": other.slug}) as visitor:
        assert (await visitor.get(url)).status_code == 404
    async with site.client(**{"x-questline-tenant": tenant.slug}) as visitor:
        assert (await visitor.get(url)).status_code == 200
        assert (await visitor.get("/api/v1/avatars/..%2f..%2fx")).status_code == 404
        async with site.context(tenant.id) as ctx:
            await delete_user(ctx, ada.user_id)
        await site.drain()
        assert (await visitor.get(url)).status_code == 404


async def test_a_refused_picture_names_the_field(as_user):
    ada = await as_user("learner")
    answer = await ada.put("/api/v1/profile/avatar", json=as_body(b"nothing"))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "content")
    guest = await as_user("guest")
    assert (await guest.put("/api/v1/profile/avatar", json=as_body(b"nothing"))).status_code == 403
