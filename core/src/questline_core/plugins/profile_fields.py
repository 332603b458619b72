"""What a plugin may declare as a profile field."""

import re
from collections import Counter
from collections.abc import Sequence

from questline_sdk.profiles import ProfileField

WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = 5000


def wrong_field(field: ProfileField, among: Sequence[ProfileField]) -> str | None:
    """Say what is wrong with a field among those of its plugin; None for nothing."""
    if not WORD.fullmatch(field.name.partition(".")[2]):
        return "must be the plugin's id, a dot and a word of lower-case letters, digits and '_'"
    if Counter(each.name for each in among)[field.name] > 1:
        return "is declared twice"
    texts = [field.label, field.purpose, *(choice.label for choice in field.choices)]
    if not all(text.get("en", "").strip() for text in texts):
        return "needs a label and a purpose in English ('en'), and so does each choice"
    values = [choice.value for choice in field.choices]
    if (field.kind == "choice") != bool(values) or len(values) != len(set(values)):
        return "needs choices, each value once, if it is of the kind 'choice', and has none otherwise"
    if not 1 <= field.max_length <= LONGEST:
        return f"must allow 1 to {LONGEST} characters"
    if field.seen_by == "managers" and field.edited_by == "self":
        return "cannot be edited by people who may not see it"
    return None
