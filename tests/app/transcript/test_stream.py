"""Parsing in chunks gives the blocks of the whole text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.markdown.blocks import Block, CodeBlock, MathBlock, TableBlock, TextBlock
from app.markdown.parse import parse
from app.markdown.stream import StreamParser

PIECES = [
    "word", "two words", " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "- ", "* ", "1. ", "2) ",
    "10. ", "# ", "## ", "#", ">", "> ", "```", "````", "```python\n", "~~~", "`code`", "**bold**", "*",
    "_", "---\n", "===\n",
    "| a | b |\n", "|---|:-:|\n", "| 1 | 2 |\n", "$$", "$$\n", "$x$", "\\[", "\\]", "\\(y\\)", "[x] ", "[ ] ",
    "[link](https://example.org)", "![alt](https://example.org/a.png)", "https://example.org/x.", "<b>",
    "&amp;", "[foo]: /url\n", "\\", "中文。", "\u202e", "\x07", "+ ", "-", "1", ".", "'title'",
]  # fmt: skip


def stream(text: str, cuts: list[int]) -> list[Block]:
    parser = StreamParser()
    at = 0
    for cut in [*sorted(cuts), len(text)]:
        before = list(parser.closed)
        parser.feed(text[at : max(at, cut)])
        assert parser.closed[: len(before)] == before, "closed blocks never change"
        at = max(at, cut)
    return parser.finish()


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.data())
def test_any_chunking_equals_the_whole(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=12))
    assert stream(text, cuts) == parse(text)
    assert stream(text, list(range(len(text)))) == parse(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.data())
def test_any_text_survives(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=6))
    assert stream(text, cuts) == parse(text)


def test_open_fence_grows_without_markdown() -> None:
    parser = StreamParser()
    parser.feed("```python\nx = 1\ny")
    assert parser.closed == []
    assert parser.open == [CodeBlock("x = 1\ny", "python")]
    parser.feed(" = 2\n```\nafter")
    assert parser.closed == [CodeBlock("x = 1\ny = 2", "python")]
    assert isinstance(parser.open[0], TextBlock)


def test_finished_list_items_are_closed_and_numbers_go_on() -> None:
    parser = StreamParser()
    parser.feed("1. one\n1. two\n1. three\n1. fo")
    markers = [b.place.markers[0][1] for b in parser.closed + parser.open]
    assert len(parser.closed) == 2
    assert markers == ["1.", "2.", "3.", "4."]


@pytest.mark.parametrize("half", ["-", "--", "=", "1", "#", "``", "| a | b |", "| a |\n|-"])
def test_undecided_lines_do_not_flicker(half: str) -> None:
    parser = StreamParser()
    parser.feed("Some text:\n" + half)
    (block,) = parser.open
    assert isinstance(block, TextBlock)
    assert (block.level, block.spans[0].text) == (0, "Some text:")


def test_table_and_formula_blocks() -> None:
    table, formula = parse("| a | b |\n|:-:|--:|\n| 1 | *2* |\n\n$$\nx^2\n$$")
    assert isinstance(table, TableBlock)
    assert (table.aligns, len(table.rows)) == (("center", "right"), 1)
    assert isinstance(formula, MathBlock)
    assert formula.tex == "x^2"
