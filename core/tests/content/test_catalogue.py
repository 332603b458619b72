"""The catalogue: search, tags, pages."""

import pytest
import pytest_asyncio

from questline_core.content.pages import like_pattern
from questline_sdk.pages import encode_cursor

TITLES = ["Apples", "Bread 100%", "Bread_and_butter", "Cakes", "Dates"]


def course(number, title):
    return f"""
        slug: c-{number}
        title: {title}
        summary: The {title} course.
        tags: [food{", sweet" if number % 2 else ""}]
        modules: [only]
        """


@pytest_asyncio.fixture(loop_scope="session")
async def courses(publish, write_course, tenant):
    for number, title in enumerate(TITLES):
        files = {
            "course.yaml": course(number, title),
            "only/module.yaml": "{title: Only, lessons: [a.md]}",
            "only/a.md": "---\ntitle: A\nminutes: 1\n---\nText.\n",
        }
        await publish(write_course(files, folder=f"c{number}", base={}), tenant)


async def titles(client, **query):
    answer = await client.get("/api/v1/catalogue", params=query)
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


async def test_courses_come_by_title_page_after_page(courses, as_user):
    learner = await as_user()
    assert await titles(learner) == TITLES
    found, cursor = [], None
    while True:
        following = {"cursor": cursor} if cursor else {}
        page = (await learner.get("/api/v1/catalogue", params={"limit": 2} | following)).json()
        assert len(page["items"]) <= 2
        found += [item["title"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == TITLES


async def test_search_takes_words_as_they_are_written(courses, as_user):
    learner = await as_user()
    assert await titles(learner, search="bread") == ["Bread 100%", "Bread_and_butter"]
    assert await titles(learner, search="100%") == ["Bread 100%"]
    assert await titles(learner, search="_and_") == ["Bread_and_butter"]
    assert await titles(learner, search="SWEET") == ["Bread 100%", "Cakes"]
    assert await titles(learner, search="%") == ["Bread 100%"]
    assert await titles(learner, search="  ") == TITLES
    assert await titles(learner, search="nothing of it") == []


async def test_a_tag_must_be_whole(courses, as_user):
    learner = await as_user()
    assert await titles(learner, tag="sweet") == ["Bread 100%", "Cakes"]
    assert await titles(learner, tag="swe") == []
    assert await titles(learner, tag="food", search="dates") == ["Dates"]


async def test_a_wrong_cursor_and_a_wrong_limit_are_refused(courses, as_user):
    learner = await as_user()
    assert (await learner.get("/api/v1/catalogue", params={"cursor": "nonsense"})).status_code == 422
    assert (await learner.get("/api/v1/catalogue", params={"limit": 0})).status_code == 400
    assert (await learner.get("/api/v1/catalogue", params={"limit": 101})).status_code == 400


async def test_nul_characters_are_refused_before_the_database_refuses_them(courses, as_user):
    learner = await as_user()
    for query in ({"search": "a\0b"}, {"tag": "\0"}, {"cursor": encode_cursor("\0", str(learner.user_id))}):
        assert (await learner.get("/api/v1/catalogue", params=query)).status_code == 422
    assert (await learner.get("/api/v1/courses/%00")).status_code == 404


async def test_a_card_says_who_takes_the_course(courses, as_user):
    ann, ben = await as_user(), await as_user()
    (card, *_) = (await ann.get("/api/v1/catalogue")).json()["items"]
    assert (card["enrolled"], card["percent"], card["learner_count"], card["cover_url"]) == (False, None, 0, None)
    await ann.post(f"/api/v1/courses/{card['id']}/enrolment")
    (mine, *_) = (await ann.get("/api/v1/catalogue")).json()["items"]
    assert (mine["enrolled"], mine["percent"], mine["learner_count"]) == (True, 0, 1)
    (theirs, *_) = (await ben.get("/api/v1/catalogue")).json()["items"]
    assert (theirs["enrolled"], theirs["percent"], theirs["learner_count"]) == (False, None, 1)


@pytest.mark.parametrize(
    ("search", "pattern"),
    [(None, None), (" ", None), ("Tea", "%tea%"), ("a%b_c\\d", "%a\\%b\\_c\\\\d%")],
)
def test_wildcards_in_a_search_are_letters(search, pattern):
    assert like_pattern(search) == pattern
