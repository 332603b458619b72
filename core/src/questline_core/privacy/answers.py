"""What somebody says to a document."""

from typing import Annotated

import msgspec


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says to one version of a document."""

    kind: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9-]*$")]
    version: Annotated[int, msgspec.Meta(ge=1)]
    given: bool
