"""A company's buyer buys seats, invites people and hands out a code; they take a seat, and lose it again."""

import secrets

import pytest
import pytest_asyncio
from playwright.async_api import expect
from tests.e2e import learners, signing_in
from tests.e2e.test_accessibility import PATIENCE, log_in, settle
from tests.e2e.test_payments import LOOKS, SIDEWAYS

COURSE = "prompt-craft-sprint"
TITLE = "Prompt Craft Sprint"


@pytest_asyncio.fixture(loop_scope="session")
async def team(demo):
    """Seats for a course are sold for the test; gives the product's title."""
    path, title = "/api/v1/p/payments/products", f"Team {secrets.token_hex(3)}"
    async with learners.api(demo.address, "admin@demo.example", signing_in.PASSWORD) as client:
        course = await learners.get(client, f"/api/v1/courses/{COURSE}")
        product = {"kind": "seats", "title": title, "course_ids": [course["id"]]}
        made = (await client.post(path, json=product)).raise_for_status().json()
        price = {"currency": "EUR", "amount": 1000}
        (await client.post(f"{path}/{made['id']}/prices", json=price)).raise_for_status()
        yield title
        (await client.put(f"{path}/{made['id']}", json=product | {"active": False})).raise_for_status()


async def buy_three(page, title, look) -> None:
    """From the offers over the cart to the paid order."""
    await page.goto("/x/payments")
    await page.get_by_role("button", name=f"Add to cart: {title}, €10.00").click(timeout=PATIENCE)
    quantity = page.get_by_label(f"Seats of {title}")
    await quantity.fill("3", timeout=PATIENCE)
    await quantity.press("Enter")
    pay = page.get_by_role("button", name="Pay €30.00")
    await expect(pay).to_be_visible(timeout=PATIENCE)
    await look()
    await page.get_by_label("Country").select_option("DE")
    await pay.click()
    await page.get_by_role("button", name="Pay", exact=True).click(timeout=PATIENCE)
    await expect(page.get_by_text("Thank you, it is paid")).to_be_visible(timeout=PATIENCE)


async def expect_count(page, name, count) -> None:
    shown = page.locator("dl > div", has=page.locator("dt", has_text=name)).locator("dd")
    await expect(shown.first).to_have_text(str(count), timeout=PATIENCE)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_seats_are_bought_given_taken_and_taken_back(open_page, check_accessible, team, width, scheme):
    page = await open_page(width=width, scheme=scheme)

    async def look(seen=page) -> None:
        await settle(seen)
        await check_accessible(seen)
        assert not await seen.evaluate(SIDEWAYS), seen.url

    await learners.sign_up(page, "Seat Buyer")
    await page.goto("/x/payments/seats")
    await expect(page.get_by_text("No seats")).to_be_visible(timeout=PATIENCE)
    await look()
    await buy_three(page, team, look)
    order = page.url.rsplit("/", 1)[-1]
    await look()
    await page.get_by_role("link", name="To my seats").click()
    await page.get_by_role("link", name=team).click(timeout=PATIENCE)
    await expect_count(page, "Free", 3)
    await look()

    await page.get_by_role("button", name="Invite people").click()
    form = page.get_by_role("dialog")
    emails = form.get_by_label("E-mail addresses")
    await emails.fill("ada@firm.example\nno address")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("This is no e-mail address: no address")).to_be_visible()
    await expect(emails).to_be_focused()
    await check_accessible(page)
    await emails.fill("ada@firm.example")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0, timeout=PATIENCE)
    await expect_count(page, "Invited", 1)
    link = await page.get_by_role("status").locator("code").inner_text()
    await page.get_by_role("button", name="New code").click()
    await expect(form.get_by_label("For how many people")).to_have_value("2")
    await check_accessible(page)
    await form.get_by_role("button", name="Save").click()
    made = page.get_by_role("status").filter(has_text="Your new code")
    code = await made.locator("code").inner_text(timeout=PATIENCE)
    await look()

    ada = await open_page(width=width, scheme=scheme)
    await learners.sign_up(ada, "Seat Ada")
    await ada.goto(link)
    await look(ada)
    await ada.get_by_role("button", name="Take my seat").click(timeout=PATIENCE)
    await expect(ada.get_by_text(f"You have a seat: {team}")).to_be_visible(timeout=PATIENCE)
    await look(ada)
    await ada.get_by_role("link", name=f"Open {TITLE}").click()
    await expect(ada.get_by_role("link", name="Start the course")).to_be_visible(timeout=PATIENCE)

    bob = await open_page(width=width, scheme=scheme)
    await learners.sign_up(bob, "Seat Bob")
    await bob.goto("/x/payments/redeem")
    await bob.get_by_label("Code").fill("AAAA-BBBB-CCCC-DDDD", timeout=PATIENCE)
    await bob.get_by_role("button", name="Take my seat").click()
    await expect(bob.get_by_text("This code is not good")).to_be_visible(timeout=PATIENCE)
    await look(bob)
    await bob.get_by_label("Code").fill(code.lower())
    await bob.get_by_role("button", name="Take my seat").click()
    await expect(bob.get_by_text(f"You have a seat: {team}")).to_be_visible(timeout=PATIENCE)

    await page.reload()
    await expect_count(page, "Taken", 2)
    await page.get_by_label("Name or address").fill("ada")
    await expect(page.get_by_text("Seat Bob")).to_have_count(0, timeout=PATIENCE)
    await expect(page.get_by_text("Seat Ada", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Give to somebody else: Seat Ada").click()
    await expect(form.get_by_label("E-mail address")).to_be_focused()
    await check_accessible(page)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Take back: Seat Ada").click()
    dialog = page.get_by_role("alertdialog")
    await expect(dialog.get_by_role("button", name="Go back")).to_be_focused()
    await check_accessible(page)
    await dialog.get_by_role("button", name="Take back").click()
    await expect(dialog).to_have_count(0, timeout=PATIENCE)
    await expect_count(page, "Free", 2)
    await look()
    await ada.goto(f"/courses/{COURSE}")
    await expect(ada.get_by_text("This course is sold as seats")).to_be_visible(timeout=PATIENCE)
    await look(ada)

    admin = await open_page(width=width, scheme=scheme)
    await log_in(admin, "admin")
    await admin.goto(f"/x/payments/admin/orders/{order}")
    await admin.get_by_role("link", name=team).click(timeout=PATIENCE)
    await expect_count(admin, "Taken", 1)
    await expect(admin.get_by_role("button", name="Invite people")).to_have_count(0)
    await look(admin)
