"""Somebody who runs the site makes a webhook, tries it out, reads its log, changes its secret, and deletes it."""

import pytest
from playwright.async_api import expect
from tests.e2e.test_accessibility import PATIENCE, log_in, settle

NOWHERE = "https://receiver.invalid/questline"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
async def test_a_webhook_is_made_tried_out_and_deleted(open_page, check_accessible, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    await log_in(page, "admin")
    await page.goto("/admin/webhooks")
    await page.get_by_role("button", name="New webhook").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Address").fill("receiver.invalid")
    await form.get_by_role("button", name="Save", exact=True).click()
    await expect(form.get_by_text("does not have the form that is needed here")).to_be_visible()
    await form.get_by_label("Address").fill(NOWHERE)
    await form.get_by_label("What it is for").fill("CRM")
    await form.get_by_role("combobox", name="Events").fill("course.completed")
    await page.get_by_role("option", name="learning.course.completed.v1").click()
    await page.keyboard.press("Escape")
    await check_accessible(page)
    await form.get_by_role("button", name="Save", exact=True).click()
    secret = page.get_by_role("dialog", name="The secret of the webhook")
    await expect(secret.get_by_text("whsec_")).to_be_visible()
    await check_accessible(page)
    await secret.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(NOWHERE, timeout=PATIENCE)

    await page.get_by_role("button", name="Send a test").click()
    message = page.get_by_role("button", name="webhook.ping")
    await expect(message.get_by_text("Failed")).to_be_visible(timeout=PATIENCE)
    await message.click()
    await expect(page.get_by_text("cannot be resolved").last).to_be_visible()
    await expect(page.get_by_text("webhook-signature: v1,[masked]")).to_be_visible()
    await settle(page)
    await check_accessible(page)

    await page.get_by_role("button", name="Change the secret").click()
    await page.get_by_role("dialog").get_by_role("button", name="Change the secret").click()
    await secret.get_by_role("button", name="Close").click()
    await expect(page.get_by_text("Signed with the former secret, too")).to_be_visible()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("Nobody is told of anything yet")).to_be_visible(timeout=PATIENCE)


async def test_other_sites_are_let_in(open_page):
    page = await open_page(width=390)
    await log_in(page, "admin")
    await page.goto("/admin/edge")
    sites = page.get_by_label("Addresses of sites")
    await sites.fill("friend.example")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("One of these is no address of a site.")).to_be_visible()
    await sites.fill("https://friend.example")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    await page.reload()
    await expect(sites).to_have_value("https://friend.example")
    await sites.fill("")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
