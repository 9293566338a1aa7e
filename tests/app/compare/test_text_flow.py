"""Laying out long texts in slices."""

import pytest

from app.panels.compare import heat
from app.panels.compare.text_flow import TextFlow, shown

WORDS = ["The", " fer", "ry", " left", " at", " six", ",", " before", ".\n", "\n", "Marta", " stood"]


def flow(texts: list[str], width: float) -> TextFlow:
    found = TextFlow(texts, width, lambda text: 10.0 * len(shown(text)))
    while not found.advance(3):
        pass
    return found


def test_lines_break_between_words_and_after_ends_of_lines() -> None:
    found = flow(WORDS, 130)
    lines = ["".join(WORDS[line.first : line.end]) for line in found.lines]
    assert lines == ["The ferry", " left at six,", " before.\n", "\n", "Marta stood"]
    assert all(line.lefts[-1] <= 130 for line in found.lines)


def test_every_token_stands_in_exactly_one_line() -> None:
    texts = WORDS * 500
    for width in (15, 64, 300):
        found = flow(texts, width)
        assert [token for line in found.lines for token in range(line.first, line.end)] == list(
            range(len(texts))
        )
        assert all(len(line.lefts) == line.end - line.first + 1 for line in found.lines)


def test_a_word_longer_than_a_line_is_broken() -> None:
    found = flow(["abcdefgh", "ijklmnop", "q"], 50)
    assert [(line.first, line.end) for line in found.lines] == [(0, 1), (1, 2), (2, 3)]


def test_places_are_found_again() -> None:
    found = flow(WORDS, 130)
    assert found.line_of(4) == 1
    assert found.at(1, 55) == 4
    assert found.at(1, 500) is None
    assert found.near(1, 500) == 6
    partly = TextFlow(WORDS * 100, 120, lambda text: 10.0 * len(text))
    partly.reach(700)
    assert not partly.complete
    assert partly.lines[partly.line_of(700)].first <= 700 < partly.lines[partly.line_of(700)].end


def test_colours_grow_with_the_divergence() -> None:
    values = [0.0, 0.001, 0.02, 0.1, 1.0, 5.0, 50.0]
    found = heat.levels(values)
    assert found[:2] == [0, 0]
    assert found == sorted(found)
    assert found[-1] == 255
    assert heat.level(float("nan")) == 0
    assert heat.place(heat.SMALLEST) == 0
    assert heat.place(heat.LARGEST) == pytest.approx(1)
