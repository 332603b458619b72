"""Sample answers are labelled, the same each time, valid against any schema, and useful enough for a demo."""

import jsonschema_rs
import msgspec
import pytest

from questline_ai_sandbox.moderation import categories_of
from questline_ai_sandbox.schema import value_for
from questline_ai_sandbox.vectors import vector_of
from questline_ai_sandbox.writer import write
from questline_sdk.ai import AIProviders, ChatRequest, Completed, CopyRequest, Message, ProviderError, TextDelta

LESSON = """You answer from this lesson.
[b1] A prompt is the text that you give a model. It says who reads the answer, and why.
[b2] The tone of a brand is written down in its style guide.
[b3] Bananas grow in bunches. They have nothing to do with marketing.
""" + ("Nothing more to say here. " * 5)


def user(text):
    return Message(role="user", content=text)


@pytest.mark.parametrize(
    ("asked", "label", "holds"),
    [
        ("Write 3 headlines about slow coffee", "Sample answer", "Slow coffee: a calmer way"),
        ("Write an email for the spring sale", "Sample answer", "Subject: Spring sale"),
        ("A LinkedIn post on prompt design, please", "Sample answer", "#PromptDesign"),
        ('Write a text about "Questline"', "Sample answer", "Questline is worth a closer look"),
        ("Schreibe eine Anzeige für unseren Kaffee", "Beispielantwort", "Kaffee"),
        ("Translate this into French: good morning", "Sample answer", "does not translate"),
        ("", "Sample answer", "your idea"),
        ("{topic} and {0} and %s", "Sample answer", "closer look"),
    ],
)
def test_it_writes_what_it_is_asked_for(asked, label, holds):
    text = write([user(asked)])
    assert text.startswith(label)
    assert holds.lower() in text.lower()
    assert text == write([user(asked)])


def test_it_answers_from_the_text_it_was_given_and_says_where():
    text = write([Message(role="system", content=LESSON), user("What is a prompt?")])
    assert "A prompt is the text that you give a model. [b1]" in text
    assert "Bananas" not in text
    assert "[b2]" in write([Message(role="system", content=LESSON), user("What is a style guide for a headline?")])
    assert "says nothing about that" in write([Message(role="system", content=LESSON), user("Who was Napoleon?")])


def test_it_summarises_by_sentences():
    text = write([user("Summarize: Coffee sells well. Our coffee is roasted slowly in coffee ovens. The sky is blue.")])
    assert "roasted slowly" in text


SCHEMAS = [
    {
        "type": "object",
        "properties": {"score": {"type": "integer", "minimum": 0, "maximum": 10}},
        "required": ["score"],
    },
    {"type": "array", "items": {"type": "string", "minLength": 90, "maxLength": 100}, "minItems": 3, "maxItems": 4},
    {"type": "array", "items": {"enum": ["a", "b", "c"]}, "minItems": 2, "uniqueItems": True},
    {"enum": ["only", "these"]},
    {"const": {"a": 1}},
    {"type": ["null", "number"], "exclusiveMinimum": 3, "multipleOf": 2.5},
    {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/name"}], "$defs": {"name": {"type": "string", "format": "email"}}},
    {"allOf": [{"properties": {"a": {"type": "boolean"}}, "required": ["a"]}, {"required": ["b"]}], "type": "object"},
    {
        "$ref": "#/$defs/tree",
        "$defs": {
            "tree": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "children": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
                },
                "required": ["name"],
                "additionalProperties": False,
            }
        },
    },
    {"type": "integer", "minimum": 7},
    {"type": "integer", "maximum": -7},
    True,
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=str)
def test_its_values_are_valid(schema):
    whole = schema if isinstance(schema, dict) else {"type": "object", "properties": {"x": schema}}
    jsonschema_rs.Draft202012Validator(whole).validate(
        value_for(whole, [user("Grade this headline: Try slow coffee today.")])
    )


def test_a_schema_that_cannot_be_satisfied_is_an_error():
    endless = {"$ref": "#/$defs/a", "$defs": {"a": {"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}},
                                                   "required": ["a"]}}}  # fmt: skip
    for schema in (endless, {"$ref": "#/$defs/gone"}):
        with pytest.raises(ProviderError):
            value_for(schema, [user("x")])


def test_alike_texts_lie_close_together():
    def near(a, b):
        return sum(x * y for x, y in zip(vector_of(a), vector_of(b), strict=True))

    assert near("writing good prompts", "how to write a good prompt") > 0.4
    assert abs(near("writing good prompts", "banana bread recipe")) < 0.3
    assert near("same words", "same words") == pytest.approx(1)
    assert not any(vector_of(""))


def test_a_few_phrases_are_flagged():
    assert categories_of("I will kill you. Kill yourself!") == ["self-harm", "violence"]
    assert categories_of("Killer headlines that bomb-proof your launch") == []


async def test_it_is_always_there_and_says_that_it_is_a_sample(ctx):
    provider = (await ctx.service(AIProviders).all())["ai_sandbox"]
    assert provider.sample
    assert (await provider.health(ctx)).usable
    assert {model.name for model in await provider.models(ctx)} == {
        "sample-writer",
        "sample-vectors",
        "sample-moderation",
    }


async def test_its_answers_come_in_pieces_and_end(ctx):
    provider = (await ctx.service(AIProviders).all())["ai_sandbox"]
    request = ChatRequest(model="sample-writer", messages=[user("Write a post on coffee")], max_output_tokens=500)
    *pieces, end = [part async for part in provider.chat(ctx, request)]
    assert len(pieces) > 10
    assert "".join(part.text for part in pieces) == write(request.messages)
    assert isinstance(end, Completed)
    assert (end.finish, end.usage.estimated) == ("stop", True)
    *pieces, end = [part async for part in provider.chat(ctx, msgspec.structs.replace(request, max_output_tokens=3))]
    assert (sum(len(part.text) for part in pieces), end.finish) == (12, "length")


async def test_it_writes_at_the_pace_it_is_given(ctx, as_user):
    answer = await (await as_user("admin")).put("/api/v1/plugins/ai_sandbox/settings", json={"words_per_second": 1000})
    assert answer.status_code == 200
    provider = (await ctx.service(AIProviders).all())["ai_sandbox"]
    request = CopyRequest(model="sample-writer", brief="An advert for tea", tone="bold", max_output_tokens=100)
    parts = [part async for part in provider.copy(ctx, request)]
    assert "bold" in "".join(part.text for part in parts if isinstance(part, TextDelta))


async def test_another_model_is_refused(ctx):
    provider = (await ctx.service(AIProviders).all())["ai_sandbox"]
    with pytest.raises(ProviderError):
        await provider.embed(ctx, "gpt-5", ["x"])
    assert len((await provider.embed(ctx, "sample-vectors", ["x", "y"])).vectors) == 2
    assert (await provider.moderate(ctx, "sample-moderation", "a friendly text")).flagged is False
