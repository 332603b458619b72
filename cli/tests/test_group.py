"""`questline group` against a running site."""

import json


async def test_a_group_is_made_filled_shown_and_deleted(site, questline, tenant, as_user, tmp_path) -> None:
    ada, bob = await as_user("learner", name="Ada"), await as_user("learner", name="Bob")
    of_tenant = ("--tenant", tenant.slug)
    made = await questline(
        "group", "create", "Spring 2027", "--cohort", "--starts-on", "2027-03-01", *of_tenant, "--json"
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["slug"] == "spring-2027"
    (tmp_path / "people.txt").write_text(f"{ada.email}\n\nnobody@school.test\n")
    added = await questline("group", "add", "spring-2027", bob.email, "--file", "people.txt", *of_tenant, "--json")
    assert added.returncode == 1
    report = json.loads(added.stdout)
    assert (report["changed"], report["problems"][0]["row"]) == (2, 3)
    listed = await questline("group", "list", *of_tenant, "--json")
    assert [(each["slug"], each["member_count"]) for each in json.loads(listed.stdout)] == [("spring-2027", 2)]
    removed = await questline("group", "remove", "spring-2027", str(bob.user_id), *of_tenant)
    assert (removed.returncode, removed.stdout) == (0, "1 removed.\n")
    shown = json.loads((await questline("group", "show", "spring-2027", *of_tenant, "--json")).stdout)
    assert [each["email"] for each in shown["members"]] == [ada.email]
    assert "Spring 2027" in (await questline("group", "show", "spring-2027", *of_tenant)).stdout
    gone = await questline("group", "delete", "spring-2027", "--yes", *of_tenant)
    assert gone.returncode == 0, gone.stderr
    assert json.loads((await questline("group", "list", *of_tenant, "--json")).stdout) == []


async def test_what_cannot_be_done_is_one_line(questline, tenant) -> None:
    of_tenant = ("--tenant", tenant.slug)
    for arguments, message in (
        (("show", "none"), "There is no group none."),
        (("create", "A", "--slug", "No Slug"), "slug"),
        (("create", "A", "--starts-on", "2027-01-01"), "starts_on: is only for cohorts"),
        (("add", "none"), "Name at least one person"),
        (("assign", "none", "none"), "There is no course none."),
    ):
        done = await questline("group", *arguments, *of_tenant)
        assert done.returncode == 1, done.stdout
        assert message in done.stderr
        assert done.stderr.count("\n") == 1
