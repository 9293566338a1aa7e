"""The parts below the view: heights, units, column widths of tables, accessibility, garbage collection."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAccessible

from app.idle_gc import IdleGc
from app.widgets.transcript.heights import HeightIndex
from app.widgets.transcript.table_item import share_width
from app.widgets.transcript.units import to_index, unit_length, unit_slice
from app.widgets.transcript.view import TranscriptView
from tests.app.transcript.conftest import reply, user


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60), st.data())
def test_heights_agree_with_plain_sums(heights: list[int], data: st.DataObject) -> None:
    index = HeightIndex(heights[: len(heights) // 2])
    for height in heights[len(heights) // 2 :]:
        index.append(height)
    at = data.draw(st.integers(0, len(heights) - 1))
    heights[at] = data.draw(st.integers(1, 500))
    index.set(at, heights[at])
    assert index.total() == sum(heights)
    assert index.top(at) == sum(heights[:at])
    y = data.draw(st.integers(0, sum(heights) - 1))
    found = index.at(y)
    assert sum(heights[:found]) <= y < sum(heights[: found + 1])


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_units_are_utf_16(text: str, low: int, high: int) -> None:
    encoded = text.encode("utf-16-le", "surrogatepass")
    assert unit_length(text) == len(encoded) // 2
    index = to_index(text, low)
    assert unit_length(text[:index]) >= min(low, unit_length(text))
    assert unit_slice(text, 0, unit_length(text)) == text
    assert unit_slice(text, low, high) in text


def test_narrow_columns_keep_their_width() -> None:
    assert share_width([(20, 40), (60, 900), (20, 50)], 400) == pytest.approx([40, 310, 50])
    assert share_width([(20, 40), (60, 90)], 400) == [40, 90]
    assert sum(share_width([(300, 900), (300, 600)], 400)) == pytest.approx(400)


def test_screen_readers_see_a_list_of_messages(view: TranscriptView) -> None:
    view.set_messages([user(1, "Why?"), reply(1, "Because.", author="Starter")])
    found = QAccessible.queryAccessibleInterface(view)
    assert (found.role(), found.childCount()) == (QAccessible.Role.List, 2)
    texts = []
    for number in range(2):
        child = found.child(number)
        assert child.role() == QAccessible.Role.ListItem
        assert found.indexOfChild(child) == number
        texts.append((child.text(QAccessible.Text.Name), child.text(QAccessible.Text.Value)))
    assert texts == [("You: Why?", "Why?"), ("Starter: Because.", "Because.")]
    view.remove("u1")
    assert found.childCount() == 1


def test_idle_collection_gives_back_what_it_took() -> None:
    collector = IdleGc(lambda: False)
    collector.start()
    try:
        assert not gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_idle_collection_frees_cycles_when_nobody_works() -> None:
    class Node:
        alive = 0

        def __init__(self) -> None:
            Node.alive += 1
            self.me = self

        def __del__(self) -> None:
            Node.alive -= 1

    collector = IdleGc(lambda: False)
    collector.start()
    try:
        Node()
        gc.freeze()  # it became old
        collector._last_input -= 1000
        collector._tick()
        assert Node.alive == 0
    finally:
        collector.stop()
