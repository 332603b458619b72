"""Broken course folders: every problem is reported, with its file, its line and what to do."""

import os
import sys
from pathlib import Path

import pytest

from questline_core.content.importer import load_course

sys.path.insert(0, str(Path(__file__).parent))
from qlcontent_quiz.plugin import plugin as quizzes

TYPES = {kind.name: kind for kind in quizzes.register_block_types()}
NO_HEAD = "the lesson must begin with front matter: `---`, title and minutes, `---`"
HEAD = "---\ntitle: Green tea\nminutes: 5\n---\n"


@pytest.fixture
def problems(write_course):
    """The problems of the tea course with some files changed, as lines of text."""

    def find(changes):
        source, found = load_course(write_course(changes), TYPES)
        assert (source is None) == any(problem.severity == "error" for problem in found)
        return [str(problem) for problem in found]

    return find


def test_a_good_folder_has_no_problems(problems):
    assert problems({}) == []


def test_every_problem_of_every_file_is_reported_at_once(problems):
    found = problems(
        {
            "course.yaml": """
                slug: Tea Course
                titel: Tea
                summary: 3
                level: easy
                cover: media/missing.svg
                modules: [leaves, wine, water, leaves]
                """,
            "leaves/module.yaml": """
                title: Leaves
                lessons:
                  - 01-green.md
                  - 02-black.md
                  - 09-lost.md
                  - quiz.yaml
                """,
            "leaves/01-green.md": """
                ---
                title: Green tea
                minutes: five
                ---
                Look:
                ![](media/cup.svg) and ![A pot](media/pot.svg)

                :::tip | Note
                Hm.
                :::

                :::figure media/cup.svg
                No text.
                :::
                """,
            "leaves/quiz.yaml": """
                title: Leaves quiz
                slug: green
                minutes: 3
                block: assessments.quiz
                pass_percent: 150
                items:
                  - id: one
                    type: singel
                    prompt: Which?
                    explanation: That.
                  - id: two
                    type: single
                    prompt: Which?
                    options:
                      - {text: 1, correct: yes}
                      - {txt: b, correct: true}
                  - id: three
                    type: single
                    prompt: |
                      First line.
                      ![A leaf](media/leaf.svg)
                    options:
                      - {text: a}
                      - {text: b}
                    explanation: That.
                """,
            "water/boil.md": """
                ---
                title: Boil it
                minutes: 10
                ---
                :::callout warming
                Hot.
                """,
        }
    )
    assert found == [
        "course.yaml:1: slug: must be up to 80 lower-case letters, digits and hyphens",
        "course.yaml:1: 'title' is missing",
        "course.yaml:2: unknown key 'titel'; did you mean 'title'?",
        "course.yaml:3: summary: must be text, not a whole number; put it in quotes",
        "course.yaml:4: level: 'easy' is not known; use one of advanced, beginner, intermediate",
        "course.yaml:5: there is no file 'media/missing.svg'",
        "course.yaml:6: there is no file 'wine/module.yaml'",
        "course.yaml:6: the module 'leaves' is here twice",
        "leaves/01-green.md:3: minutes: must be a whole number, not text",
        "leaves/01-green.md:6: the image 'media/cup.svg' has no alternative text; say what it shows in ![...]",
        "leaves/01-green.md:6: there is no file 'media/pot.svg'",
        "leaves/01-green.md:8: `:::tip` takes nothing on its first line; write YAML below it",
        "leaves/01-green.md:8: unknown block type 'tip'; use one of assessments.quiz, callout, figure, video",
        "leaves/01-green.md:12: this figure has no alternative text; write `:::figure media/x.svg | What it shows`",
        "leaves/module.yaml:5: there is no file 'leaves/09-lost.md'",
        "leaves/quiz.yaml:5: pass_percent: must be a whole number <= 100",
        "leaves/quiz.yaml:8: type: 'singel' is not known; did you mean 'single'?",
        "leaves/quiz.yaml:11: 'explanation' is missing",
        "leaves/quiz.yaml:15: text: must be text, not a whole number; put it in quotes",
        "leaves/quiz.yaml:15: correct: must be true or false, not text",
        "leaves/quiz.yaml:16: unknown key 'txt'; did you mean 'text'?",
        "leaves/quiz.yaml:16: 'text' is missing",
        "leaves/quiz.yaml:21: there is no file 'media/leaf.svg'",
        "water/boil.md:5: `:::callout` is never closed; end it with a line `:::`",
        "water/boil.md:5: unknown tone 'warming'; did you mean 'warning'?",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"course.yaml": None}, "course.yaml:1: a course folder needs this file"),
        ({"leaves/02-black.md": "Text.\n"}, f"leaves/02-black.md:1: {NO_HEAD}"),
        ({"leaves/02-black.md": "---\ntitle: A\nminutes: 1\n"}, f"leaves/02-black.md:1: {NO_HEAD}"),
        ({"water/boil.md": "---\ntitle: [\n---\nText.\n"},
         "water/boil.md:3: this is not valid YAML: did not find expected node content"),
        ({"water/boil.md": "---\ntitle: A\ntitle: B\nminutes: 1\n---\nText.\n"},
         "water/boil.md:3: 'title' is here twice; the first is on line 2"),
        ({"water/boil.md": "---\ntitle: A\nminutes: 0\n---\nText.\n"},
         "water/boil.md:3: minutes: must be a whole number >= 1"),
        ({"water/boil.md": "---\ntitle: A\nminutes: 1\n---\n\n"}, "water/boil.md:4: the lesson is empty"),
        ({"water/boil.md": "---\n- a\n---\nText.\n"},
         "water/boil.md:2: must be a mapping of keys to values, not a list"),
        ({"water/boil.md": HEAD + "Text.\n:::\n"}, "water/boil.md:6: this `:::` closes nothing"),
        ({"water/boil.md": HEAD.replace("minutes", "slug: black\nminutes") + "Text.\n"},
         "water/boil.md:1: the slug 'black' is that of leaves/02-black.md already"),
        ({"water/boil.md": b"---\ntitle: A\nminutes: 1\n---\nCaf\xe9.\n"}, "water/boil.md:5: this is not UTF-8 text"),
        ({"water/boil.md": HEAD + "a\0b\n"}, "water/boil.md:5: there is a NUL character"),
        ({"water/boil.md": HEAD + ":::assessments.quiz\n:::\n"}, "water/boil.md:5: `:::assessments.quiz` is empty"),
        ({"water/boil.md": HEAD + ":::assessments.quizz\na: 1\n:::\n"},
         "water/boil.md:5: unknown block type 'assessments.quizz'; did you mean 'assessments.quiz'?"),
        ({"water/boil.md": HEAD + ":::callout tip\n:::\n"}, "water/boil.md:5: this callout is empty"),
        ({"water/boil.md": HEAD + ":::video media/cup.svg | Cup\n:::\n"},
         "water/boil.md:5: 'media/cup.svg' must be one of .mp4, .webm here"),
        ({"water/boil.md": HEAD + "![A cup](https://example.org/cup.svg)\n"},
         "water/boil.md:5: the image 'https://example.org/cup.svg' is on another site; put it into media/"),
        ({"water/boil.md": HEAD + "One\n[two](../leaves/01-green.md)\n"},
         "water/boil.md:6: the link '../leaves/01-green.md' leads nowhere; use https://..., /..., #... or media/..."),
        ({"water/boil.md": HEAD + "One\n\n<script>alert(1)</script>\n"},
         "water/boil.md:7: the HTML tag <script> is not kept; write Markdown instead"),
        ({"water/module.yaml": "title: Water\nlessons: boil.md\n"},
         "water/module.yaml:2: lessons: must be a list, not text"),
        ({"water/module.yaml": "title: Water\nlessons: []\n"},
         "water/module.yaml:2: lessons: must be a list of length >= 1"),
        ({"water/module.yaml": "title: Water\nlessons: [boil.md, boil.md]\n"},
         "water/module.yaml:2: the lesson 'boil.md' is here twice"),
        ({"water/module.yaml": "title: Water\nlessons: [../media/cup.svg]\n"},
         "water/module.yaml:2: '../media/cup.svg' leads out of the course folder"),
        ({"water/module.yaml": "title: Water\nlessons: [boil.md, notes.txt]\n", "water/notes.txt": "Hm."},
         "water/notes.txt:1: a lesson must be Markdown (.md) or a quiz (.yaml)"),
        ({"leaves/quiz.yaml": "title: Q\nminutes: 1\n"}, "leaves/quiz.yaml:1: 'block' is missing"),
        ({"leaves/quiz.yaml": "- a\n"}, "leaves/quiz.yaml:1: must be a mapping of keys to values, not a list"),
        ({"media/cup.svg": b"\x89PNG"},
         "media/cup.svg:1: this is not well-formed SVG: not well-formed (invalid token)"),
    ],
)  # fmt: skip
def test_a_problem_names_its_line_and_the_way_out(problems, changes, expected):
    assert expected in problems(changes)


def test_a_check_of_the_plugin_is_reported_at_the_line_of_its_field(problems):
    quiz = """
        title: Q
        minutes: 1
        block: assessments.quiz
        items:
          - {id: a, type: true_false, prompt: P, answer: true, explanation: E}
          - id: b
            type: single
            prompt: P
            options: [{text: a}, {text: b}]
            explanation: E
        """
    expected = "leaves/quiz.yaml:9: items[1].options: one option must be correct"
    assert problems({"leaves/quiz.yaml": quiz}) == [expected]


def test_what_nothing_refers_to_is_a_warning(problems):
    found = problems({"media/old.svg": "<svg/>", "leaves/03-draft.md": "Draft.\n", ".hidden": "x"})
    assert found == [
        "leaves/03-draft.md:1: warning: nothing refers to this file",
        "media/old.svg:1: warning: nothing refers to this file",
    ]


def test_a_video_wants_captions_or_at_least_a_transcript(problems, write_course):
    video = {"media/pour.webm": b"\x1a\x45\xdf\xa3", "media/pour.vtt": "WEBVTT\n", "media/pour.svg": "<svg/>"}
    silent = video | {"media/pour.vtt": None, "media/pour.svg": None}
    bare, told = (HEAD + f":::video media/pour.webm | Pouring\n{text}:::\n" for text in ("", "We pour.\n"))
    assert problems(silent | {"water/boil.md": bare}) == [
        "water/boil.md:5: the video 'media/pour.webm' has neither captions beside it nor a transcript"
    ]
    assert problems(silent | {"water/boil.md": told}) == [
        "water/boil.md:5: warning: the video 'media/pour.webm' has no captions beside it"
    ]
    drawn = {"media/pour.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
    source, found = load_course(write_course(video | drawn | {"water/boil.md": bare}), TYPES)
    assert found == []
    data = source.lessons[-1].blocks[0].data
    assert data["src"].endswith(".webm")
    assert data["captions"].endswith(".vtt")
    assert data["poster"].endswith(".svg")


@pytest.mark.parametrize(
    "reference", ["../../etc/passwd", "/etc/passwd", "media/../../secret.svg", "media\\cup.svg", "C:\\cup.svg"]
)
def test_no_reference_leads_out_of_the_folder(problems, write_course, reference):
    (write_course().parent / "secret.svg").write_text("<svg/>")
    found = problems({"water/boil.md": HEAD + f":::figure {reference} | A cup\n:::\n"})
    assert len(found) == 1
    assert found[0].startswith("water/boil.md:5: ")
    assert "course folder" in found[0]


def test_symbolic_links_and_special_files_are_refused(problems, write_course):
    root = write_course()
    (root.parent / "secret.md").write_text(HEAD + "Secret.\n")
    (root / "water/boil.md").unlink()
    (root / "water/boil.md").symlink_to(root.parent / "secret.md")
    (root / "more").symlink_to(root.parent, target_is_directory=True)
    os.mkfifo(root / "media/pipe.svg")
    _, found = load_course(root, TYPES)
    assert [str(problem) for problem in found] == [
        "media/pipe.svg:1: this is not a regular file; put the file itself here",
        "more:1: this is a symbolic link; put the file itself here",
        "water/boil.md:1: this is a symbolic link; put the file itself here",
    ]


def test_a_yaml_bomb_is_refused_before_it_grows(problems):
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert problems({"leaves/quiz.yaml": bomb}) == [
        "leaves/quiz.yaml:1: anchors and aliases (& and *) are not supported; put the text in quotes"
    ]
    assert problems({"leaves/quiz.yaml": "a: " + "[" * 5000}) == ["leaves/quiz.yaml:1: this is nested too deeply"]
    assert problems({"leaves/quiz.yaml": "x: !!python/object/apply:os.system [ls]\n"})[0].startswith(
        "leaves/quiz.yaml:1"
    )
    assert problems({"leaves/quiz.yaml": "title: !!binary aGk=\n"}) == [
        "leaves/quiz.yaml:1: the tag tag:yaml.org,2002:binary is not supported"
    ]


def test_huge_files_are_refused(problems):
    assert problems({"water/boil.md": HEAD + "a" * 1_000_001}) == [
        "water/boil.md:1: the file is larger than 1,000,000 bytes"
    ]


def test_words_that_yaml_1_1_would_change_stay_words(write_course):
    root = write_course(
        {"water/boil.md": "---\ntitle: No\nminutes: 5\nobjectives: [2026-01-01, on, 1_000]\n---\nYes.\n"}
    )
    source, found = load_course(root, TYPES)
    assert found == []
    assert (source.lessons[-1].title, source.lessons[-1].objectives) == ("No", ["2026-01-01", "on", "1_000"])
