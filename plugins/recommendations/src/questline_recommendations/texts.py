"""How alike the texts of lessons are: by their words (TF-IDF), or by embeddings where there are any."""

import hashlib
import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import numpy as np
from scipy import sparse

from questline_recommendations.histories import Floats

LIKE = 40
"""Lessons kept as alike of each."""
LEAST = 0.05
LONGEST = 20_000
"""Characters of a lesson that are looked at."""
TAG = re.compile(r"<[^>]*>")


def words_of(value: Any) -> str:
    """The text within a block's data, whatever its shape, without markup, ids and addresses."""
    if isinstance(value, dict):
        return " ".join(words_of(each) for name, each in value.items() if not name.endswith(("id", "url", "slug")))
    if isinstance(value, list):
        return " ".join(words_of(each) for each in value)
    return unescape(TAG.sub(" ", value)) if isinstance(value, str) else ""


def text_of(title: str, module: str, objectives: Sequence[str], blocks: Sequence[Any]) -> str:
    """A lesson's text; what its title says counts twice."""
    body = " ".join(words_of(block.get("data")) for block in blocks)
    return " ".join((title, title, module, *objectives, body))[:LONGEST]


def checksum(text: str) -> str:
    """Tells whether a text is still the one that was embedded."""
    return hashlib.sha256(text.encode()).hexdigest()


def similar_words(texts: Sequence[str]) -> sparse.csr_array:
    """Cosine similarity of the texts' TF-IDF vectors, each text's most similar ones only."""
    if not any(text.strip() for text in texts):
        return sparse.csr_array((len(texts), len(texts)), dtype=np.float32)
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer  # a second, in training only

    vectorizer = TfidfVectorizer(
        sublinear_tf=True,
        strip_accents="unicode",
        stop_words=sorted(ENGLISH_STOP_WORDS),
        token_pattern=r"(?u)\b[^\W\d_]{2,}\b",  # noqa: S106  words, not a password
        dtype=np.float32,
    )
    try:
        vectors = sparse.csr_array(vectorizer.fit_transform(texts))
    except ValueError:  # nothing but stop words
        return sparse.csr_array((len(texts), len(texts)), dtype=np.float32)
    return _most_similar((vectors @ vectors.T).toarray())


def similar_vectors(vectors: Sequence[Sequence[float]]) -> sparse.csr_array:
    """Cosine similarity of embeddings, each text's most similar ones only."""
    matrix = np.asarray(vectors, dtype=np.float32)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    alike = matrix @ matrix.T
    # Embeddings of one language are all somewhat alike; what counts is how much more than usual.
    return _most_similar(np.maximum(alike - np.median(alike), 0))


def _most_similar(alike: Floats) -> sparse.csr_array:
    np.fill_diagonal(alike, 0)
    size = alike.shape[0]
    if size > LIKE:
        limit = np.partition(alike, size - LIKE, axis=1)[:, size - LIKE, None]
        alike = np.where(alike >= limit, alike, 0)
    return sparse.csr_array(np.where(alike >= LEAST, alike, 0).astype(np.float32))
