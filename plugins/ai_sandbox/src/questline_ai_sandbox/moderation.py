"""Moderation by phrases: enough to show what happens to a flagged text."""

import re

PHRASES = {
    "harassment": r"you are worthless|nobody likes you|du bist wertlos",
    "hate": r"(?:all|those) \w+ are vermin|alle \w+ sind ungeziefer",
    "self-harm": r"kill (?:yourself|myself)|bring dich um|hurt myself",
    "sexual": r"explicit sex\w*|pornograph\w+",
    "violence": r"(?:build|make) a bomb|(?:i will|ich werde) (?:kill|töten)|bombe bauen",
}
PATTERNS = {name: re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE) for name, phrase in PHRASES.items()}


def categories_of(text: str) -> list[str]:
    """What was found, sorted."""
    return [name for name, pattern in PATTERNS.items() if pattern.search(text)]
