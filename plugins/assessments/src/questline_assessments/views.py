"""Items as learners see them: in an order that is their attempt's own and says nothing about the answer."""

import random
from collections.abc import Sequence
from uuid import UUID

from questline_assessments import content
from questline_assessments.schemas import ChoiceView, ItemType, ItemView

TRUE_FALSE = [ChoiceView(id="true", text_html="True"), ChoiceView(id="false", text_html="False")]


def item_views(attempt_id: UUID, rules: content.Rules, items: Sequence[content.KeptItem]) -> list[ItemView]:
    """The items of an attempt, each time in the same order."""
    views = [_view(attempt_id, rules, item) for item in items]
    if rules.shuffle_items:
        views.sort(key=lambda view: view.id)
        _generator(attempt_id, "items").shuffle(views)
    return views


def type_of(item: content.ItemContent) -> ItemType:
    """The type's name."""
    tag: ItemType = type(item).__struct_config__.tag  # type: ignore[assignment]
    return tag


def _view(attempt_id: UUID, rules: content.Rules, item: content.KeptItem) -> ItemView:
    def view(
        options: list[ChoiceView] | None = None,
        left: list[ChoiceView] | None = None,
        right: list[ChoiceView] | None = None,
        unit: str | None = None,
    ) -> ItemView:
        return ItemView(
            id=item.id,
            type=type_of(item.content),
            prompt_html=item.content.prompt_html,
            points=item.content.points,
            options=options,
            left=left,
            right=right,
            unit=unit,
        )

    match item.content:
        case content.SingleItem() | content.MultipleItem():
            shuffle = rules.shuffle_options
            return view(
                options=_shuffled(attempt_id, item.id, "options", item.content.options)
                if shuffle
                else _plain(item.content.options)
            )
        case content.TrueFalseItem():
            return view(options=TRUE_FALSE)
        case content.NumericItem():
            return view(unit=item.content.unit or None)
        case content.OrderingItem():
            return view(options=_shuffled(attempt_id, item.id, "options", item.content.options))
        case content.MatchingItem():
            return view(
                left=_shuffled(attempt_id, item.id, "left", item.content.left),
                right=_shuffled(attempt_id, item.id, "right", item.content.right),
            )
        case content.ShortTextItem():
            return view()


def _plain(choices: Sequence[content.Choice]) -> list[ChoiceView]:
    return [ChoiceView(id=choice.id, text_html=choice.text_html) for choice in choices]


def _shuffled(attempt_id: UUID, item_id: UUID, part: str, choices: Sequence[content.Choice]) -> list[ChoiceView]:
    # Sorted by their random ids first: who undoes the shuffle, whose seed is known, finds nothing.
    views = sorted(_plain(choices), key=lambda view: view.id)
    _generator(attempt_id, item_id, part).shuffle(views)
    return views


def _generator(*seed: object) -> random.Random:
    return random.Random(":".join(map(str, seed)))  # noqa: S311  an order, not a secret
