"""The arithmetic: signals, scores and reasons, on histories small enough to check by hand."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questline_recommendations.evaluation import evaluate, split_at_moment, split_each
from questline_recommendations.fitting import after, fit, together
from questline_recommendations.histories import Histories, Step
from questline_recommendations.interactions import read_interactions
from questline_recommendations.scoring import score, suggest
from questline_recommendations.texts import similar_vectors, similar_words, text_of
from questline_sdk import Invalid

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def test_what_came_next_counts_by_its_distance():
    shares = after(Histories.of([[0, 1, 2], [0, 1]], 4))
    assert shares[0, 1] > shares[0, 2] > shares[0, 3] == 0
    assert shares[1, 0] < shares[0, 1]
    assert np.all(np.diag(shares) == 0)


def test_what_goes_together_is_the_ridge_regression_of_each_item_on_the_others():
    histories = Histories.of([[0, 1], [0, 1], [2], [2, 3]], 4)
    weights = together(histories)
    seen = histories.matrix().toarray()
    for item in range(4):
        others = [each for each in range(4) if each != item]
        x = seen[:, others]
        expected = np.linalg.solve(x.T @ x + 5 * np.eye(3), x.T @ seen[:, item])
        assert weights[others, item] == pytest.approx(expected, abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), unique=True, max_size=8), min_size=1, max_size=12))
def test_nobody_is_suggested_what_they_know_and_every_suggestion_follows_from_something_they_did(rows):
    histories = Histories.of(rows, 8)
    fitted = fit(histories)
    found = suggest(fitted, score(fitted, histories), 5)
    assert len(found) == len(rows)
    for known, suggestions in zip(rows, found, strict=True):
        items = [each.item for each in suggestions]
        assert not set(items) & set(known)
        assert len(items) == len(set(items)) <= 5
        assert all(each.because in known for each in suggestions)


def test_histories_are_cut_in_time():
    split = split_each([[3, 1, 2, 0, 4], [5], [6, 7]], 8)
    assert [split.asked.row(each).tolist() for each in range(2)] == [[3, 1, 2, 0], [6]]
    assert split.wanted.tolist() == [4, 7]
    assert split.known.row(1).tolist() == [5]


def test_at_one_moment_nothing_later_is_known():
    rows = [[Step(item=each, at=NOW + dt.timedelta(days=each)) for each in range(5)], [Step(item=0, at=NOW)]]
    split = split_at_moment(rows, 5)
    assert split.asked.row(0).tolist() == [0, 1, 2]
    assert split.wanted.tolist() == [3]
    assert split_at_moment([], 5).wanted.tolist() == []


def test_a_cycle_is_learned_better_than_popularity_knows_it():
    rows = [[(start + step) % 30 for step in range(6)] for start in range(30) for _ in range(5)]
    results = {each.model: each for each in evaluate(split_each(rows, 30)).results}
    assert results["hybrid"].ndcg > results["item-kNN"].ndcg > results["popularity"].ndcg
    assert results["hybrid"].recall == 1.0
    assert 0 < results["popularity"].coverage <= results["hybrid"].coverage <= 1


def test_texts_are_alike_by_their_words_without_markup():
    texts = [
        text_of(
            "Subject lines", "Email", [], [{"id": "b1", "type": "text", "data": {"html": "<p>Email &amp; lines</p>"}}]
        ),
        text_of("Newsletter", "Email", ["Write an email"], []),
        text_of("Ranking", "Search", [], []),
    ]
    alike = similar_words(texts).toarray()
    assert "<p>" not in texts[0]
    assert "&" in texts[0]
    assert alike[0, 1] > 0
    assert alike[0, 2] == 0
    assert similar_words(["", " "]).nnz == 0
    assert similar_words(["the and of"]).nnz == 0


def test_embeddings_that_point_the_same_way_are_alike():
    alike = similar_vectors([[1.0, 0.0], [2.0, 0.1], [0.0, 1.0], [0.1, 3.0]]).toarray()
    assert alike[0].argmax() == 1
    assert alike[3].argmax() == 2


def test_interactions_are_read_in_the_order_in_which_skills_were_first_met(tmp_path):
    (tmp_path / "a.csv").write_text('uid,concepts\nada,"7,7,3"\ngrace,"3,-1"\n')
    (tmp_path / "b.csv").write_text('uid,concepts\nada,"7,9"\n')
    assert read_interactions(tmp_path) == ([[0, 1, 2], [1]], 3)
    assert read_interactions(tmp_path / "a.csv") == ([[0, 1], [1]], 2)


@pytest.mark.parametrize("text", ["user,skills\n1,2\n", "uid,concepts\nada\n", ""])
def test_a_file_of_another_shape_is_refused_in_words(tmp_path, text):
    (tmp_path / "x.csv").write_text(text)
    with pytest.raises(Invalid, match="columns"):
        read_interactions(tmp_path / "x.csv")


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(Invalid, match="cannot be read"):
        read_interactions(tmp_path / "none.csv")
    with pytest.raises(Invalid, match="no CSV files"):
        read_interactions(tmp_path)
