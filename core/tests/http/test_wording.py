import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
import pytest
from msgspec import Meta

from questline_core.http.wording import in_words


class Form(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=3, pattern="^a")] = "a"
    tags: Annotated[list[str], Meta(max_length=1)] = []
    count: Annotated[int, Meta(ge=1, lt=5)] | None = 1
    kind: Literal["x", "y"] = "x"
    at: dt.datetime | None = None
    id: UUID | None = None


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "must have at least 1 character"),
        ({"name": "aaaa"}, "must have at most 3 characters"),
        ({"name": "b"}, "does not have the form that is needed here"),
        ({"name": None}, "must be text, not nothing"),
        ({"tags": ["a", "b"]}, "must have at most 1 item"),
        ({"count": 0}, "must be at least 1"),
        ({"count": 5}, "must be at most 4"),
        ({"count": "many"}, "must be a whole number, not text"),
        ({"kind": "z"}, "'z' is none of the possible values"),
        ({"at": "soon"}, "must be a time such as 2026-05-31T12:00:00Z"),
        ({"id": "me"}, "must be an id"),
        ({"other": 1}, "Object contains unknown field `other`"),
    ],
)
def test_every_message_of_the_decoder_is_said_in_words(sent, words):
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(msgspec.json.encode(sent), type=Form)
    assert in_words(str(caught.value).partition(" - at ")[0]) == words
