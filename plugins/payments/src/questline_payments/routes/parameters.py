"""Parameters that several routes take."""

from typing import Annotated

from litestar.params import QueryParameter

from questline_sdk.pages import MAX_LIMIT

Cursor = Annotated[
    str | None, QueryParameter(max_length=500, description="Where the next page begins, from the page before.")
]
Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="How many at most.")]
