"""Profiles with a picture, people managed, imported and acted for, as a person does it."""

import io
import re
import secrets

import pytest
from PIL import Image
from playwright.async_api import expect
from tests.e2e.signing_in import PATIENCE, log_in

pytestmark = pytest.mark.e2e
LOOKS = [pytest.param(1440, "light", id="desktop-light"), pytest.param(390, "dark", id="phone-dark")]


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(file, "PNG")
    return file.getvalue()


async def new_person(page):
    """Sign somebody new up; returns their address."""
    email = f"new-{secrets.token_hex(5)}@demo.example"
    await page.goto("/sign-up")
    await page.get_by_label("Your name").fill("Noor Newcomer")
    await page.get_by_label("E-mail address").fill(email)
    await page.locator("input[type=password]").fill("a quiet river bends twice")
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)
    return email


async def open_person(page, email):
    """Find somebody, and open their page with the keyboard."""
    await page.goto("/admin/users")
    await page.get_by_role("searchbox").fill(email)
    await expect(page.locator("tbody tr")).to_have_count(1, timeout=PATIENCE)
    await page.locator("tbody tr a").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Noor Newcomer")).to_be_visible(timeout=PATIENCE)


async def test_a_profile_gets_names_and_a_picture(open_page):
    page = await open_page()
    await new_person(page)
    await page.goto("/profile")
    await page.get_by_label("First name").fill("Noor")
    await page.get_by_role("button", name="Save changes").click()
    await expect(page.get_by_text("Your profile is saved.")).to_be_visible(timeout=PATIENCE)
    file = {"name": "me.png", "mimeType": "image/png", "buffer": picture()}
    await page.get_by_label("Picture", exact=True).set_input_files(file)
    await expect(page.get_by_role("button", name="Change picture")).to_be_visible(timeout=PATIENCE)
    await expect(page.locator("main img[src*='-320.webp']")).to_have_count(1)
    await page.get_by_role("button", name="Remove").click()
    await expect(page.get_by_role("button", name="Choose a picture")).to_be_visible(timeout=PATIENCE)
    svg = {"name": "me.png", "mimeType": "image/png", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    await page.get_by_label("Picture", exact=True).set_input_files(svg)
    await expect(page.get_by_text(re.compile("is not a PNG"))).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_somebody_is_acted_for_and_sees_it(open_page, check_accessible, width, scheme):
    theirs = await open_page(width=width, scheme=scheme)
    email = await new_person(theirs)
    admin = await open_page(width=width, scheme=scheme)
    await log_in(admin, "admin@demo.example")
    await open_person(admin, email)
    await check_accessible(admin)
    await admin.get_by_role("button", name="Act for them").click()
    await admin.get_by_label("Why?").fill("looking into her question")
    await check_accessible(admin)
    await admin.get_by_role("button", name="Act for Noor Newcomer").click()
    back = admin.get_by_role("button", name="Go back")
    await expect(back).to_be_visible(timeout=PATIENCE)
    await expect(admin.get_by_text(re.compile("acts for Noor Newcomer until"))).to_be_visible()
    await admin.goto("/catalogue")
    await expect(back).to_be_visible(timeout=PATIENCE)
    await check_accessible(admin)
    await theirs.goto("/security")
    await expect(theirs.get_by_text("on your behalf: looking into her question")).to_be_visible(timeout=PATIENCE)
    await back.click()
    await expect(admin.get_by_role("heading", level=1, name="People")).to_be_visible(timeout=PATIENCE)
    await expect(back).to_have_count(0)


async def test_somebody_is_suspended_and_let_in_again(open_page):
    theirs, admin = await open_page(), await open_page()
    email = await new_person(theirs)
    await log_in(admin, "admin@demo.example")
    await open_person(admin, email)
    await admin.get_by_role("button", name="Suspend").click()
    await admin.get_by_role("dialog").get_by_role("button", name="Suspend").click()
    await expect(admin.get_by_role("button", name="Let in again")).to_be_visible(timeout=PATIENCE)
    await theirs.goto("/profile")
    await expect(theirs).to_have_url(re.compile("/log-in"), timeout=PATIENCE)
    await admin.get_by_role("button", name="Let in again").click()
    await admin.get_by_role("dialog").get_by_role("button", name="Let in again").click()
    await expect(admin.get_by_role("button", name="Suspend")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_a_file_is_checked_and_imported(open_page, check_accessible, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    await log_in(page, "admin@demo.example")
    await page.goto("/admin/users/import")
    wrong = {"name": "people.csv", "mimeType": "text/csv", "buffer": b"emial,name\nx,y\n"}
    chooser = page.get_by_label("CSV file", exact=True).last
    await chooser.set_input_files(wrong)
    await expect(page.get_by_text("did you mean email?")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    word = secrets.token_hex(4)
    rows = "".join(f"{word}-{n}@demo.example,Person {n}\n" for n in range(30))
    file = {"name": f"{word}.csv", "mimeType": "text/csv", "buffer": f"email,name\n{rows}nobody,Wrong\n".encode()}
    await chooser.set_input_files(file)
    await expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_role("cell", name="is not an e-mail address")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    async with page.expect_download() as report:
        await page.get_by_role("button", name="Download refused rows").click()
    assert (await report.value).suggested_filename == f"refused-{word}.csv"
    await page.get_by_role("button", name="Import now").click()
    await expect(page.get_by_role("main").get_by_role("link", name="People", exact=True)).to_be_visible(
        timeout=PATIENCE
    )
    await page.goto(f"/admin/users?search={word}")
    await expect(page.get_by_text("30 people")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Next").click()
    await expect(page.locator("tbody tr")).to_have_count(10, timeout=PATIENCE)
