"""Somebody who runs the site makes a cohort, fills it, gives it a course, and deletes it again."""

import secrets

import pytest
from playwright.async_api import expect
from tests.e2e.test_accessibility import PATIENCE, log_in, settle


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
async def test_a_cohort_is_made_filled_and_deleted(open_page, check_accessible, width, scheme):
    name = f"Spring {secrets.token_hex(3)}"
    page = await open_page(width=width, scheme=scheme)
    await log_in(page, "admin")
    await page.goto("/admin/groups")
    await page.get_by_role("button", name="New group").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name", exact=False).first.fill(name)
    await form.get_by_label("Kind").click()
    await page.get_by_role("option", name="Cohort").click()
    await form.get_by_label("First day").fill("2027-05-31")
    await form.get_by_label("Last day").fill("2027-03-01")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_label("Last day")).to_be_focused()
    await expect(form.get_by_text("is before the start")).to_be_visible()
    await check_accessible(page)
    await form.get_by_label("First day").fill("2027-03-01")
    await form.get_by_label("Last day").fill("2027-05-31")
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(name, timeout=PATIENCE)

    await page.get_by_role("button", name="Add people").click()
    await page.get_by_role("combobox", name="People").fill("lena")
    await page.get_by_role("option", name="Lena Park").click()
    await check_accessible(page)
    await page.get_by_role("button", name="Add 1 person").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("heading", name="Lena Park")).to_be_visible()
    await page.get_by_role("button", name="Add people").click()
    await page.get_by_role("tab", name="Paste a list").click()
    await page.get_by_label("E-mail addresses").fill("learner@demo.example\nnobody@demo.example")
    await page.get_by_role("button", name="Add 2 people").click()
    await expect(page.get_by_text("Row 2: nobody@demo.example has no account here.")).to_be_visible()
    await check_accessible(page)
    await page.get_by_role("button", name="Cancel").click()

    await page.get_by_role("button", name="Give a course").click()
    await page.get_by_role("combobox", name="Course").fill("measure")
    await page.get_by_role("option", name="Measurement Clinic").click()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("link", name="Measurement Clinic")).to_be_visible()
    await settle(page)
    await check_accessible(page)

    await page.get_by_role("button", name="Actions for Lena Park").click()
    await page.get_by_role("menuitem", name="Make manager").click()
    await expect(page.get_by_text("Manager", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Actions for Lena Park").click()
    await page.get_by_role("menuitem", name="Remove").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("Nobody belongs to this group yet")).to_be_visible()

    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Groups", timeout=PATIENCE)
    await expect(page.get_by_role("link", name=name)).to_have_count(0)
