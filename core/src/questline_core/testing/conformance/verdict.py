"""How a check says that a promise does not hold, does not apply, or could not be looked at."""


class Problem(Exception):
    """The promise is broken; every sentence says what is wrong and how to mend it."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("; ".join(sentences))


class Absent(Exception):
    """The plugin has nothing that the promise is about."""


class Unchecked(Exception):
    """The promise could not be looked at; the sentence says what is missing."""
