"""A course is bought on the sandbox's page, a card is declined, and an admin gives money back; axe on each page."""

import secrets

import pytest
import pytest_asyncio
from playwright.async_api import expect
from tests.e2e import learners, signing_in
from tests.e2e.test_accessibility import PATIENCE, log_in, settle

COURSE = "prompt-craft-sprint"
TITLE = "Prompt Craft Sprint"
SOLD = "landing-page-teardown"
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"
ADMIN_PAGES = ["orders", "subscriptions", "products", "coupons", "tax", "revenue", "ledger", "messages", "reconcile"]
LOOKS = [pytest.param(1280, "light", id="1280-light"), pytest.param(390, "dark", id="390-dark")]


@pytest_asyncio.fixture(loop_scope="session")
async def sold(demo):
    """A course costs money for the test, and is free again after it."""
    path = "/api/v1/p/payments/products"
    async with learners.api(demo.address, "admin@demo.example", signing_in.PASSWORD) as client:
        course = await learners.get(client, f"/api/v1/courses/{COURSE}")
        product = {"kind": "course", "title": TITLE, "course_ids": [course["id"]]}
        made = (await client.post(path, json=product)).raise_for_status().json()
        price = {"currency": "EUR", "amount": 4900}
        (await client.post(f"{path}/{made['id']}/prices", json=price)).raise_for_status()
        yield course
        (await client.put(f"{path}/{made['id']}", json=product | {"active": False})).raise_for_status()


async def go_to_pay(page, check=None) -> None:
    """From the course's page over the cart to the bank's page."""

    async def look() -> None:
        if check is not None:
            await settle(page)
            await check(page)
            assert not await page.evaluate(SIDEWAYS), page.url

    await page.goto(f"/courses/{COURSE}")
    buy = page.get_by_role("button", name="Buy this course")
    await expect(buy).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("€49.00")).to_be_visible()
    await look()
    await buy.click()
    pay = page.get_by_role("button", name="Pay €49.00")
    await expect(pay).to_be_visible(timeout=PATIENCE)
    await look()
    await pay.click()
    country = page.get_by_label("Country")
    await expect(country).to_be_focused()
    await country.select_option("DE")
    await pay.click()
    await expect(page.get_by_text("Test payment: no money moves here.")).to_be_visible(timeout=PATIENCE)
    if check is not None:
        await check(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_a_course_is_bought_and_opens(open_page, check_accessible, sold, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    await learners.sign_up(page, "Payer Buyer")
    await page.goto("/x/payments")
    await settle(page)
    await check_accessible(page)
    await go_to_pay(page, check_accessible)
    await page.get_by_role("button", name="Pay", exact=True).click()
    await expect(page.get_by_text("Thank you, it is paid")).to_be_visible(timeout=PATIENCE)
    await settle(page)
    await check_accessible(page)
    await page.get_by_role("link", name="Invoice", exact=False).first.click()
    await expect(page.get_by_role("button", name="Print")).to_be_visible(timeout=PATIENCE)
    await settle(page)
    await check_accessible(page)
    assert not await page.evaluate(SIDEWAYS)
    async with page.expect_download() as fetched:
        await page.get_by_role("button", name="Download PDF").click()
    assert (await fetched.value).suggested_filename.endswith(".pdf")
    await page.get_by_role("button", name="Send by e-mail").click()
    await expect(page.get_by_text("It is on its way")).to_be_visible(timeout=PATIENCE)
    await page.goto("/x/payments/subscriptions")
    await expect(page.get_by_text("No subscriptions")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    assert not await page.evaluate(SIDEWAYS)
    await page.goto("/x/payments/orders")
    await expect(page.get_by_text("Paid", exact=True)).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    await page.get_by_role("link", name=TITLE).click()
    await page.get_by_role("link", name=f"Open {TITLE}").click()
    await expect(page.get_by_role("link", name="Start the course")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_role("button", name="Buy this course")).to_have_count(0)


async def test_a_declined_card_leaves_the_order_open_until_it_is_cancelled(open_page, check_accessible, sold):
    page = await open_page(width=390, scheme="light")
    await learners.sign_up(page, "Payer Declined")
    await go_to_pay(page)
    await page.get_by_role("button", name="Let the card be declined").click()
    await expect(page.get_by_text("The card was declined")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    await page.get_by_role("button", name="Back without paying").click()
    await expect(page.get_by_text("Waiting for your payment")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    await page.get_by_role("button", name="Cancel the order").click()
    dialog = page.get_by_role("alertdialog")
    await expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
    await dialog.get_by_role("button", name="Cancel the order").click()
    await expect(page.get_by_text("This order was cancelled")).to_be_visible(timeout=PATIENCE)
    await page.goto(f"/courses/{COURSE}")
    await expect(page.get_by_role("button", name="Buy this course")).to_be_visible(timeout=PATIENCE)


async def test_an_admin_gives_money_back(open_page, check_accessible, sold):
    buyer = await open_page()
    await learners.sign_up(buyer, "Payer Refunded")
    await go_to_pay(buyer)
    await buyer.get_by_role("button", name="Pay", exact=True).click()
    await expect(buyer.get_by_text("Thank you, it is paid")).to_be_visible(timeout=PATIENCE)
    order = buyer.url.rsplit("/", 1)[-1]
    page = await open_page(width=1280)
    await log_in(page, "admin")
    await page.goto(f"/x/payments/admin/orders/{order}")
    await page.get_by_role("button", name="Refund").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Reason").fill("Asked for it")
    await check_accessible(page)
    await form.get_by_role("button", name="Save").click()
    dialog = page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("Payer Refunded gets the money back and loses what this order opened.")
    await check_accessible(page)
    await dialog.get_by_role("button", name="Refund now").click()
    await expect(dialog).to_have_count(0, timeout=PATIENCE)
    await expect(page.get_by_text("€49.00 goes back to the buyer.")).to_be_visible()
    await settle(page)
    await check_accessible(page)
    refunded = buyer.get_by_role("heading", name="Refunded", exact=True)
    for _ in range(20):
        await buyer.reload()
        await settle(buyer)
        if await refunded.count() > 0:
            break
    await expect(refunded).to_be_visible()
    await buyer.goto(f"/courses/{COURSE}")
    await expect(buyer.get_by_role("button", name="Buy this course")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_the_pages_of_those_who_sell_are_accessible(open_page, check_accessible, sold, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    await log_in(page, "admin")
    for name in ADMIN_PAGES:
        await page.goto(f"/x/payments/admin/{name}")
        await settle(page)
        await check_accessible(page)
        assert not await page.evaluate(SIDEWAYS), name
    code = f"AUTUMN-{secrets.token_hex(3)}".upper()
    await page.goto("/x/payments/admin/coupons")
    await page.get_by_role("button", name="New code").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Code", exact=True).fill(code)
    await form.get_by_label("Per cent").fill("20")
    await check_accessible(page)
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name=code)).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("20% off").first).to_be_visible()


async def test_the_demo_sells_one_course_and_balances_its_books(demo):
    path = "/api/v1/p/payments"
    async with learners.api(demo.address, "admin@demo.example", signing_in.PASSWORD) as client:
        courses = {each["slug"]: each["id"] for each in (await learners.get(client, "/api/v1/catalogue"))["items"]}
        for_sale = (await learners.get(client, f"{path}/courses/{courses[SOLD]}/access"))["for_sale"]
        free = await learners.get(client, f"{path}/courses/{courses['ai-marketing-foundations']}/access")
        orders = (await learners.get(client, f"{path}/orders?limit=100"))["items"]
        balance = (await learners.get(client, f"{path}/ledger/balance"))["items"]
    assert for_sale
    assert free == {"for_sale": False, "entitled": True, "offers": []}
    told = [each["state"] for each in orders if each["title"] == "Landing Page Teardown"]
    assert told.count("paid") >= 8
    assert "refunded" in told
    for currency in ("EUR", "USD"):
        of = [each["amount"] for each in balance if each["currency"] == currency]
        assert of
        assert sum(of) == 0
