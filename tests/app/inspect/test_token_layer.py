"""Tokens over the transcript: where they stand on the screen, what is drawn, what the mouse finds."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.markdown.offsets import Aligner
from app.markdown.parse import parse
from app.theme.theme import Theme
from app.widgets.transcript.message import TranscriptMessage
from app.widgets.transcript.view import TranscriptView

SOURCE = (
    "# A *title*\n\nSome **bold words**, `code` and a [link](https://example.com/some/words) on.\n"
    "A second line &amp; more.\n\n1. first 1\n2. second\n   - nested `x`\n\n"
    "> quoted\n> text\n\n| a | b |\n|---|---|\n| one | two |\n\n```python\nfor x in y:\n    print(x)\n```\n"
    "\nEnd 😀 here."
)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> Iterator[TranscriptView]:
    transcript = TranscriptView(Theme("dark"))
    qtbot.addWidget(transcript)
    transcript.resize(800, 900)
    transcript.show()
    transcript.set_messages([TranscriptMessage("a", "assistant", SOURCE)])
    yield transcript
    transcript.formulas.close()


def shown(view: TranscriptView, needle: str, occurrence: int = 0) -> list[str]:
    """What the screen shows for the n-th occurrence of a text in the source."""
    at = -1
    for _ in range(occurrence + 1):
        at = SOURCE.index(needle, at + 1)
    layout = view.column.layout(0)
    layer = view.tokens
    layer.set_colors("a", [(at, at + len(needle), QColor("red"))])
    found = []
    for block in range(layout.block_count()):
        marks = view._marks(0, layout, {}, block)
        item = layout.item(block)
        assert item is not None
        found += [item.text(*span).strip("\t") for span, _ in marks.shades]
    return found


@pytest.mark.parametrize(
    ("needle", "occurrence", "expected"),
    [
        ("title", 0, ["title"]),
        ("bold words", 0, ["bold words"]),
        ("**", 0, []),
        ("words", 1, []),  # inside the address of the link
        (" on.", 0, [" on."]),
        ("second", 0, ["second"]),
        ("&amp;", 0, ["&"]),
        ("more", 0, ["more"]),
        ("1. ", 0, []),
        ("first 1", 0, ["first 1"]),
        ("second", 1, ["second"]),
        ("nested `x`", 0, ["nested x"]),
        ("text", 0, ["text"]),
        ("two", 0, ["two"]),
        ("|---|", 0, []),
        ("python", 0, []),
        ("    print(x)", 0, ["    print(x)"]),
        ("x in", 0, ["x in"]),
        ("😀", 0, ["😀"]),
        ("here.", 0, ["here."]),
        ("**bold words**, `code`", 0, ["bold words, code"]),
    ],
)
def test_source_and_screen_agree(
    view: TranscriptView, needle: str, occurrence: int, expected: list[str]
) -> None:
    assert shown(view, needle, occurrence) == expected


def test_every_shown_character_has_a_rising_place() -> None:
    aligner = Aligner(SOURCE)
    last = 0
    for block in parse(SOURCE):
        plain = getattr(block, "code", "") or "".join(span.text for span in getattr(block, "spans", ()))
        places = aligner.block(block, plain)
        assert len(places) == len(plain)
        assert places == sorted(places)
        assert not places or places[0] >= last
        last = places[-1] if places else last


def test_the_map_grows_with_the_stream(view: TranscriptView) -> None:
    view.append(TranscriptMessage("s", "assistant", "", streaming=True))
    view.begin_stream("s")
    text = "One **two** three\n\nfour `five` six"
    for piece in (text[:9], text[9:20], text[20:]):
        view.feed("s", piece)
        view.tokens.set_colors("s", [(0, 3, QColor("red")), (28, 31, QColor("red"))])
        view.grab()
    view.end_stream("s")
    layout = view.column.layout(1)
    marks = view._marks(1, layout, {}, 1)
    item = layout.item(1)
    assert item is not None
    assert [item.text(*span) for span, _ in marks.shades] == [text[28:31].replace("`", "")]


def test_the_mouse_finds_tokens_and_tells_clicks(view: TranscriptView) -> None:
    start = SOURCE.index("bold")
    view.tokens.set_spans("a", [(0, start), (start, start + 4), (start + 4, start + 4), (start + 4, 60)])
    layout = view.column.layout(0)
    _, item, left, top = list(layout.blocks())[1]
    box = item.rects(5, 9)[0]
    rect = view.message_rect(0)
    point = QPointF(rect.left() + left, rect.top() + top) + box.center()
    assert view.tokens.at(point) == ("a", 1)
    hovered, clicked = QSignalSpy(view.token_hovered), QSignalSpy(view.token_clicked)
    QTest.mouseMove(view.viewport(), QPoint(round(point.x()), round(point.y())))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert hovered.count() >= 1
    assert clicked.count() == 1
    assert clicked.at(0) == ["a", 1]


def test_shades_dimming_and_frame_are_painted_without_a_new_layout(view: TranscriptView) -> None:
    before = view.viewport().grab().toImage()
    layout = view.column.layout(0)
    start = SOURCE.index("bold")
    view.set_token_colors("a", [(start, start + 4, QColor(200, 0, 0))])
    shaded = view.viewport().grab().toImage()
    assert shaded != before
    assert view.column.layout(0) is layout
    view.tokens.set_dim("a", start + 4)
    view.tokens.set_mark("a", (start, start + 4))
    assert view.viewport().grab().toImage() != shaded
    view.tokens.clear()
    assert view.viewport().grab().toImage() == before
