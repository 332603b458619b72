"""Vectors without a model: each word, and how it begins, falls into one of the places."""

import hashlib
import math
import re

from questline_ai_sandbox.words import COMMON, STEM

SIZE = 256


def vector_of(text: str) -> list[float]:
    """A vector of length 1; that of an empty text is all zero."""
    vector = [0.0] * SIZE
    for word in re.findall(r"\w+", text.lower()):
        if word in COMMON["en"] or word in COMMON["de"]:
            continue
        for feature, weight in ((word, 1.0), (f"{word[:STEM]}~", 1.0)):
            digest = hashlib.blake2b(feature.encode(), digest_size=8).digest()
            place = int.from_bytes(digest, "big")
            vector[place % SIZE] += weight if place >> 63 else -weight
    length = math.sqrt(sum(each * each for each in vector))
    return [each / length for each in vector] if length else vector
