"""Importing people: what a file says comes true, once; what cannot is said by line and column."""

import base64
import csv
import io

import pytest
from sqlalchemy import func, select

from questline_core.audit.models import AuditEntry
from questline_core.auth.accounts import user_by_email
from questline_core.auth.models import User
from questline_core.groups.models import GroupMember
from questline_core.groups.schemas import NewGroup
from questline_core.groups.service import create_group
from questline_core.people.fields import values_of
from questline_core.people.imports import service
from questline_core.people.imports.reading import escaped, read_sheet
from questline_core.people.imports.schemas import ImportOptions
from questline_sdk import Invalid

FILE = """email;Vorname;Nachname;role;locale;time zone;external id;groups;crm.department;crm.remote
ada@example.test;Ada;Lovelace;author;en;Europe/London;hr-1;first|second;Sales;yes
bob@example.test;Bob;Ross;;de;;hr-2;;;
"""
PATH = "/api/v1/users/imports"


async def start(client, text, **options):
    content = text if isinstance(text, bytes) else text.encode()
    body = {"file_name": "people.csv", "content": base64.b64encode(content).decode(), "dry_run": False} | options
    return await client.post(PATH, json=body)


async def imported(site, client, text, **options):
    """Import a file to its end; returns the import and its problems."""
    answer = await start(client, text, **options)
    assert answer.status_code == 201, answer.text
    await site.drain()
    path = f"{PATH}/{answer.json()['id']}"
    problems = (await client.get(f"{path}/problems", params={"limit": 100})).json()["items"]
    return (await client.get(path)).json(), [(each["line"], each["column"], each["code"]) for each in problems]


def counts(card):
    return tuple(card[name] for name in ("state", "rows", "created", "updated", "unchanged", "refused"))


@pytest.fixture
async def groups(site, tenant):
    async with site.context(tenant.id) as ctx:
        for name in ("First", "Second"):
            await create_group(ctx, NewGroup(name=name))


async def test_people_are_made_with_all_that_the_file_says_and_the_same_again_changes_nothing(
    site, tenant, as_user, groups
):
    admin = await as_user("admin", name="Boss")
    card, problems = await imported(site, admin, FILE)
    assert (counts(card), problems, card["by"]) == (("finished", 2, 2, 0, 0, 0), [], "Boss")
    async with site.context(tenant.id) as ctx:
        ada = await user_by_email(ctx, "ada@example.test")
        assert (ada.display_name, ada.role, ada.time_zone, ada.external_id, ada.password_hash) == (
            "Ada Lovelace",
            "author",
            "Europe/London",
            "hr-1",
            None,
        )
        assert (await values_of(ctx, [ada.id]))[ada.id] == {"crm.department": "Sales", "crm.remote": True}
        member_of = select(func.count()).select_from(GroupMember).where(GroupMember.user_id == ada.id)
        assert await ctx.session.scalar(member_of) == 2
        entry = await ctx.session.scalar(select(AuditEntry).where(AuditEntry.action == "identity.user.imported"))
        assert entry.actor_id == admin.user_id
    entries = await audited(site, tenant)
    again, _ = await imported(site, admin, FILE)
    assert counts(again) == ("finished", 2, 0, 0, 2, 0)
    assert await audited(site, tenant) == entries


async def audited(site, tenant):
    async with site.context(tenant.id) as ctx:
        of_people = AuditEntry.subject_type == "user"
        return await ctx.session.scalar(select(func.count()).select_from(AuditEntry).where(of_people))


async def test_a_trial_changes_nothing_and_is_then_imported(site, tenant, as_user, groups):
    admin = await as_user("admin")
    tried, _ = await imported(site, admin, FILE, dry_run=True)
    assert counts(tried) == ("finished", 2, 2, 0, 0, 0)
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.scalar(select(User.id).where(User.email == "ada@example.test")) is None
    answer = await admin.post(f"{PATH}/{tried['id']}/run", json={})
    assert answer.status_code == 201, answer.text
    await site.drain()
    assert counts((await admin.get(f"{PATH}/{answer.json()['id']}")).json()) == ("finished", 2, 2, 0, 0, 0)
    again = await admin.post(f"{PATH}/{answer.json()['id']}/run", json={})
    assert again.json()["code"] == "not_a_trial"


async def test_people_are_known_by_their_address_or_external_id(site, tenant, as_user, post):
    admin = await as_user("admin")
    await imported(site, admin, "email,name,external_id\nada@example.test,Ada,hr-1\nbob@example.test,Bob,\n")
    changes = "email,name,external_id,status\nada.l@example.test,Ada L,hr-1,\nBOB@example.test,,hr-2,suspended\n"
    card, problems = await imported(site, admin, changes)
    assert (counts(card), problems) == (("finished", 2, 0, 2, 0, 0), [])
    async with site.context(tenant.id) as ctx:
        ada, bob = await user_by_email(ctx, "ada.l@example.test"), await user_by_email(ctx, "bob@example.test")
        assert (ada.display_name, bob.display_name) == ("Ada L", "Bob")
        assert (bob.external_id, bob.status) == ("hr-2", "suspended")
    assert post.to("ada@example.test")
    mixed, problems = await imported(site, admin, "email,external_id\nbob@example.test,hr-1\n")
    assert (counts(mixed), problems) == (("finished", 1, 0, 0, 0, 1), [(2, "email", "email_taken")])


async def test_every_bad_row_is_said_by_line_and_column_and_the_others_come_in(site, tenant, as_user):
    admin = await as_user("admin")
    owner = await as_user("owner")
    text = (
        "email,name,role,time_zone,locale,groups,crm.hours,external_id\n"
        "good@example.test,Good,,,,,,a\n"
        "nobody,No One,king,Mars/Olympus,german,,many,b\n"
        ',"with\na break",,,,,,\n'
        "GOOD@example.test,Twice,,,,,,a\n"
        "vice@example.test,Vice,admin,,,,,\n"
        f"{owner.email},Mine,,,,,,\n"
        "new@example.test,,,,,,,\n"
        "lost@example.test,Lost,,,,nowhere,,\n"
        "extra@example.test,Extra,,,,,,,more\n"
        "\n"
        "last@example.test,Last,,,,,,\n"
    )
    card, problems = await imported(site, admin, text)
    assert counts(card) == ("finished", 10, 2, 0, 0, 8)
    assert problems == [
        (3, "email", "not_accepted"),
        (3, "role", "not_accepted"),
        (3, "time_zone", "not_accepted"),
        (3, "locale", "not_accepted"),
        (3, "crm.hours", "not_accepted"),
        (4, "email", "missing"),
        (4, "display_name", "not_accepted"),
        (6, "email", "repeated"),
        (6, "external_id", "repeated"),
        (7, "role", "role_too_high"),
        (8, "email", "role_too_high"),
        (9, "display_name", "missing"),
        (10, "groups", "unknown_group"),
        (11, "", "too_many_cells"),
    ]


async def test_the_report_is_safe_in_a_spreadsheet_and_is_imported_once_it_is_corrected(site, as_user):
    admin = await as_user("admin")
    text = "email,name\nwrong,=HYPERLINK(1)\nfine@example.test,@SUM\nbad,+1\n"
    card, _ = await imported(site, admin, text)
    report = await admin.get(f"{PATH}/{card['id']}/report")
    assert report.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(report.text.removeprefix("\ufeff"))))
    assert rows[0] == ["import_line", "import_problem", "email", "name"]
    assert [(row[0], row[2], row[3]) for row in rows[1:]] == [("2", "wrong", "'=HYPERLINK(1)"), ("4", "bad", "'+1")]
    corrected = report.text.replace("wrong,", "right@example.test,").replace("bad,", "better@example.test,")
    again, problems = await imported(site, admin, corrected)
    assert (counts(again), problems) == (("finished", 2, 2, 0, 0, 0), [])
    shown = (await admin.get("/api/v1/users", params={"search": "right@"})).json()["items"]
    assert [each["display_name"] for each in shown] == ["=HYPERLINK(1)"]
    assert all(escaped(sign + "x") == f"'{sign}x" for sign in "=+-@\t\r")


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        ("email,name\n".encode("utf-16"), "content", "is UTF-16"),
        (b"PK\x03\x04 a workbook", "content", "is a workbook"),
        ("email,name\na@b.de,Jörg\n".encode("latin-1"), "line 2", "is not UTF-8"),
        (b"email,name\na@b.de,\0\n", "line 2", "holds a NUL"),
        (b"email,name\n", "content", "has no rows"),
        (b"", "content", "has no rows"),
        (b'email,name\na@b.de,"open\n', "line 2", "is not CSV"),
        (b"name\nAda\n", "line 1", "has no column email"),
        (b"emial,name\na,b\n", "line 1, column emial", "did you mean email?"),
        (b"email,password\na,b\n", "line 1, column password", "cannot be imported"),
        (b"email,e-mail\na,b\n", "line 1, column e-mail", "is the column email once more"),
        (b"email,crm.unknown\na,b\n", "line 1, column crm.unknown", "is not known"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_with_the_fix(as_user, content, field, words):
    admin = await as_user("admin")
    answer = await start(admin, content)
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert words in error["message"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_delimiters_are_sniffed_and_marks_left_out(delimiter, mark):
    text = f'email{delimiter}"name"{delimiter}role\r\na@b.de{delimiter}"A{delimiter}""x"""{delimiter}author\r\n'
    (row,) = read_sheet(mark + text.encode(), {}).rows
    assert row.cells == {"email": "a@b.de", "display_name": f'A{delimiter}"x"', "role": "author"}


def test_too_large_a_file_is_refused():
    with pytest.raises(Invalid, match="larger than 10 MB"):
        read_sheet(b"x" * 10_000_001, {})
    with pytest.raises(Invalid, match="more than 50,000 rows"):
        read_sheet(b"email\n" + b"a@b.de\n" * 50_001, {})


async def test_those_who_are_new_are_invited_and_choose_a_password(site, tenant, as_user, post):
    admin = await as_user("admin", name="Boss")
    text = "email,name,status\nada@example.test,Ada,\nbob@example.test,Bob,suspended\n"
    await imported(site, admin, text, invite=True)
    assert "Boss has made an account" in post.to("ada@example.test")[0].get_body(("plain",)).get_content()
    assert not post.to("bob@example.test")
    token = post.link("ada@example.test", "/reset-password#").rpartition("#")[2]
    body = {"token": token, "password": "a swim across the bay"}
    assert (await admin.post("/api/v1/auth/password-reset/completion", json=body)).status_code == 204
    await site.drain()
    post.clear()
    await imported(site, admin, text, invite=True)
    assert not post.messages


async def test_an_import_that_was_cut_off_goes_on_where_it_was(site, tenant, monkeypatch):
    monkeypatch.setattr(service, "CHUNK", 3)
    text = "email,name\n" + "".join(f"p{n}@example.test,P {n}\n" for n in range(8))
    options = ImportOptions(dry_run=False, invite=False)
    async with site.context(tenant.id) as ctx:
        row = await service.begin(ctx, file_name="x", content=text.encode(), options=options, user_id=None)
        import_id = row.id
    async with site.context(tenant.id) as ctx:
        assert (await service.next_chunk(ctx, import_id)).done == 3
    with pytest.raises(RuntimeError, match="power"):
        await fail_after_a_chunk(site, tenant, import_id)
    service._read.clear()  # another process goes on
    async with site.context(tenant.id) as ctx:
        found = await service.unfinished(ctx, text.encode(), options)
        assert (found.id, found.done) == (import_id, 3)
    while True:
        async with site.context(tenant.id) as ctx:
            row = await service.next_chunk(ctx, import_id)
            if row.state != "running":
                break
    assert (row.state, row.created, row.done) == ("finished", 8, 8)
    async with site.context(tenant.id) as ctx:
        assert await service.next_chunk(ctx, import_id) is None
        assert await ctx.session.scalar(select(func.count()).select_from(User)) == 8


async def fail_after_a_chunk(site, tenant, import_id):
    async with site.context(tenant.id) as ctx:
        assert (await service.next_chunk(ctx, import_id)).done == 6
        raise RuntimeError("power")


async def test_an_import_is_removed_with_its_report_and_ends(site, as_user):
    admin = await as_user("admin")
    answer = await start(admin, "email,name\nx,y\n")
    assert (await start(admin, "email,name\nx,y\n")).json()["code"] == "import_running"
    path = f"{PATH}/{answer.json()['id']}"
    assert (await admin.post(f"{path}/continuation")).json()["state"] == "running"
    assert (await admin.delete(path)).status_code == 204
    await site.drain()
    assert (await admin.get(path)).status_code == 404
    assert (await admin.delete(path)).status_code == 404
    assert (await admin.get(PATH)).json()["items"] == []


async def test_an_import_ends_when_who_began_it_may_no_more(site, tenant, as_user):
    admin, boss = await as_user("admin"), await as_user("owner")
    answer = await start(admin, "email,name\nx@example.test,y\n")
    await boss.post(f"/api/v1/users/{admin.user_id}/suspension")
    await site.drain()
    card = (await boss.get(f"{PATH}/{answer.json()['id']}")).json()
    assert (card["state"], card["created"]) == ("failed", 0)


async def test_only_those_who_may_import_do(as_user):
    instructor, admin = await as_user("instructor"), await as_user("admin")
    assert (await start(instructor, FILE)).status_code == 403
    names = {each["name"] for each in (await admin.get(f"{PATH}/columns")).json()["columns"]}
    assert {"email", "groups", "crm.department"} <= names


async def test_no_more_people_are_made_than_the_site_may_have(site, tenant, as_user, limit_users):
    admin = await as_user("admin")
    rows = "".join(f"p{number}@example.test;P;Q\n" for number in range(5))
    file = f"email;Vorname;Nachname\n{rows}"
    await limit_users(tenant, 4)  # the administrator is one of them
    tried, foreseen = await imported(site, admin, file, dry_run=True)
    card, problems = await imported(site, admin, file)
    assert counts(tried) == counts(card) == ("finished", 5, 3, 0, 0, 2)
    assert foreseen == problems == [(5, "email", "limit_reached"), (6, "email", "limit_reached")]
    await limit_users(tenant, None)
    card, problems = await imported(site, admin, file)
    assert (counts(card), problems) == (("finished", 5, 2, 0, 3, 0), [])


async def test_a_limit_reached_in_the_middle_of_a_file_ends_no_import(site, tenant, as_user, limit_users, monkeypatch):
    monkeypatch.setattr(service, "CHUNK", 2)
    admin = await as_user("admin")
    rows = "".join(f"p{number}@example.test;P;Q\n" for number in range(5))
    await limit_users(tenant, 4)
    for dry_run in (True, False):
        card, problems = await imported(site, admin, f"email;Vorname;Nachname\n{rows}", dry_run=dry_run)
        assert counts(card) == ("finished", 5, 3, 0, 0, 2)
        assert [code for _, _, code in problems] == ["limit_reached"] * 2
