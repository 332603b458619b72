"""Reading learners' interactions from files: CSV with one learner a row, their skills in order."""

import csv
from collections.abc import Iterator
from pathlib import Path

from questline_sdk import Invalid

LEARNER, SKILLS = "uid", "concepts"
LONGEST_FIELD = 10_000_000


def read_interactions(path: Path) -> tuple[list[list[int]], int]:
    """Each learner's skills in the order in which they first came to them, and how many skills there are.

    Args:
        path: A CSV file with the columns `uid` and `concepts` (skills in order, separated by commas), or a folder of
            such files, which are read in the order of their names.

    Raises:
        Invalid: There is no such file, or it has not these columns.
    """
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise Invalid(f"{path} has no CSV files.")
    numbers: dict[str, int] = {}
    learners: dict[str, dict[int, None]] = {}
    for file in files:
        for uid, skills in _rows(file):
            history = learners.setdefault(uid, {})
            for skill in skills:
                if skill not in {"", "-1"}:  # padding
                    history.setdefault(numbers.setdefault(skill, len(numbers)))
    return [list(history) for history in learners.values()], len(numbers)


def _rows(file: Path) -> Iterator[tuple[str, list[str]]]:
    csv.field_size_limit(LONGEST_FIELD)
    try:
        with file.open(newline="", encoding="utf-8") as lines:
            reader = csv.DictReader(lines)
            if not {LEARNER, SKILLS} <= set(reader.fieldnames or ()):
                raise Invalid(f"{file} needs the columns {LEARNER} and {SKILLS}.")
            for row in reader:
                if row[SKILLS] is None:
                    raise Invalid(f"{file}, line {reader.line_num}: there are columns missing.")
                yield row[LEARNER], row[SKILLS].split(",")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid(f"{file} cannot be read: {error}") from error
