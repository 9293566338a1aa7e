"""The transcript as its user meets it: scrolling, streaming, selecting, searching, acting."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.theme.theme import Mode, Theme
from app.widgets.transcript.code_item import CodeItem
from app.widgets.transcript.message import TranscriptMessage
from app.widgets.transcript.view import TranscriptView
from tests.app.transcript.conftest import chat, reply, user

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CODE = "Before\n\n```python\nx = 1\ny = 2\n```\n\nafter"


def at_end(view: TranscriptView) -> bool:
    bar = view.verticalScrollBar()
    return bar.value() == bar.maximum()


def top_of(view: TranscriptView, message_id: str) -> float:
    index = view.column.index_of(message_id)
    assert index is not None
    return view.message_rect(index).top()


def test_opens_at_the_end_and_lays_out_only_what_is_visible(view: TranscriptView) -> None:
    view.set_messages(chat(2000))
    assert at_end(view)
    assert view.follow
    laid_out = sum(entry.layout is not None for entry in view.column.entries)
    assert 0 < laid_out < 20


def test_follows_the_stream_until_the_user_scrolls_up(view: TranscriptView) -> None:
    view.set_messages([*chat(20), reply(99, "")])
    view.begin_stream("a99")
    view.feed("a99", "line\n\n" * 40)
    assert at_end(view)
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() - 200)
    assert not view.follow
    value = bar.value()
    view.feed("a99", "line\n\n" * 40)
    assert bar.value() == value
    view.jump_to_latest()
    assert at_end(view)
    view.end_stream("a99")


def test_what_is_on_the_screen_stays_while_heights_become_exact(view: TranscriptView) -> None:
    view.set_messages(chat(300, words=200))
    view.scroll_to("a150")
    before = top_of(view, "a150")
    bar = view.verticalScrollBar()
    for _ in range(30):
        shown = {index: top for index, top, _ in view.visible()}
        value = bar.value()
        bar.setValue(value - 40)
        for index, top, _ in view.visible():
            if index in shown and index != min(shown):
                assert abs(top - shown[index] - 40) <= 1
    assert before == pytest.approx(0, abs=2)


def test_streamed_message_equals_the_same_message_at_once(view: TranscriptView) -> None:
    text = "# Title\n\n- one\n- two\n\n```python\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nend"
    view.set_messages([user(1), reply(1, "")])
    view.begin_stream("a1")
    for char in text:
        view.feed("a1", char)
    view.end_stream("a1")
    streamed = view.column.layout(1)
    view.set_messages([user(1), reply(1, text)])
    whole = view.column.layout(1)
    assert streamed.height == whole.height
    assert [item.block for _, item, _, _ in streamed.blocks()] == [
        item.block for _, item, _, _ in whole.blocks()
    ]
    assert view.message_text("a1") == text


def test_metadata_does_not_disturb_a_running_stream(view: TranscriptView) -> None:
    view.set_messages([reply(1, "")])
    view.begin_stream("a1")
    view.feed("a1", "Hello ")
    message = view.column.entries[0].message
    view.update_message("a1", replace(message, text="", footer=(("gauge", "40 tok/s"),)))
    view.feed("a1", "world")
    assert view.message_text("a1") == "Hello world"
    view.end_stream("a1")
    layout = view.column.layout(0)
    view.update_message("a1", replace(view.column.entries[0].message, footer=(("hash", "2 tokens"),)))
    assert view.column.layout(0) is layout, "metrics do not read the text again"


def test_thinking_opens_while_it_streams_and_closes_after(view: TranscriptView) -> None:
    view.set_messages([reply(1, "")])
    view.begin_stream("a1")
    view.feed("a1", "First I think.", thinking=True)
    assert view.column.layout(0).thinking_open
    view.feed("a1", "The answer.")
    assert not view.column.layout(0).thinking_open
    view.toggle_thinking(0)
    assert view.column.layout(0).thinking_open
    view.end_stream("a1")
    assert view.column.layout(0).thinking_open, "what the user opened stays open"


def test_drag_selects_across_messages(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([reply(1, "First answer"), user(2, "Middle **question**"), reply(3, "Last answer")])
    port = view.viewport()
    first, last = view.message_rect(0), view.message_rect(2)
    start = QPoint(int(first.left()) + 36, int(first.top()) + 12 + 26 + 8)
    end = QPoint(int(last.right()), int(last.top()) + 12 + 26 + 8)
    QTest.mousePress(port, LEFT, PLAIN, start)
    view._pointer._at = QPointF(end)
    view._pointer._drag()
    QTest.mouseRelease(port, LEFT, PLAIN, end)
    assert view.selected_text() == "First answer\n\nMiddle **question**\n\nLast answer"
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == view.selected_text()


def test_double_click_selects_a_word(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([reply(1, "alpha beta gamma")])
    rect = view.message_rect(0)
    place = QPoint(int(rect.left()) + 36 + 50, int(rect.top()) + 12 + 26 + 8)
    QTest.mouseDClick(view.viewport(), LEFT, PLAIN, place)
    view._pointer._clicks = 2
    first, last = view._pointer._grow(view._pointer.position(QPointF(place)) or (0, 0, 0))  # type: ignore[arg-type]
    view.selection.begin(first, last)
    assert view.selected_text() == "beta"


def test_select_all_of_a_long_chat_gives_every_source(view: TranscriptView) -> None:
    messages = chat(1000, words=5)
    view.set_messages(messages)
    view.select_all()
    text = view.selected_text()
    assert text.startswith("A question?\n\nAnswer 0.")
    assert text.count("Answer ") == 1000


def test_code_is_copied_without_the_fence(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([reply(1, CODE)])
    spy = QSignalSpy(view.code_copied)
    layout = view.column.layout(0)
    zone = next(zone for zone, _ in layout.zones(actions=False) if zone.kind == "copy_code")
    corner = view.message_rect(0).topLeft()
    place = (zone.rect.center() + corner).toPoint()
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, place)
    assert QGuiApplication.clipboard().text() == "x = 1\ny = 2"
    assert spy.count() == 1


def test_links_are_only_reported(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([reply(1, "[docs](https://example.org/docs) and [bad](file:///etc/passwd)")])
    spy = QSignalSpy(view.link_activated)
    rect = view.message_rect(0)
    y = int(rect.top()) + 12 + 26 + 8
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, QPoint(int(rect.left()) + 36 + 10, y))
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, QPoint(int(rect.left()) + 36 + 75, y))
    assert [spy.at(n)[0] for n in range(spy.count())] == ["https://example.org/docs"]


def test_find_counts_steps_and_wraps(view: TranscriptView) -> None:
    view.set_messages(
        [reply(n, "Nothing here. " * 30 if n % 3 else "The Needle, a needle.") for n in range(30)]
    )
    spy = QSignalSpy(view.matches_changed)
    assert view.find("needle") == 20
    view.find("needle")
    seen = []
    for _ in range(21):
        view.next_match()
        seen.append(spy.at(spy.count() - 1)[0])
    assert sorted(set(seen)) == list(range(1, 21))
    view.previous_match()
    assert view.finder.current is not None
    top = view.message_rect(view.finder.current[0]).top()
    assert -50 < top < 600, "the match is on the screen"
    assert view.find("absent") == 0
    assert view.find("") == 0


def test_keyboard_moves_the_ring_and_asks_for_versions(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([user(1), reply(1, "Hi", version=2, versions=3)])
    view.setFocus(Qt.FocusReason.TabFocusReason)
    spy = QSignalSpy(view.action_requested)
    view.focused = 1
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_K)
    assert view.focused == 0
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert view.focused == 1
    assert [spy.at(n)[1] for n in range(spy.count())] == ["previous_version", "next_version"]
    view.set_messages([user(1), replace(reply(1, "Ho", version=1, versions=3), id="other")])
    assert view.focused == 1, "the ring stays on the place of the version"


def test_buttons_ask_the_page(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([user(1), reply(1)])
    layout = view.column.layout(1)
    spy = QSignalSpy(view.action_requested)
    for zone, _ in list(layout.zones(actions=True)):
        if zone.kind == "action" and zone.payload != "more":
            place = (zone.rect.center() + view.message_rect(1).topLeft()).toPoint()
            QTest.mouseClick(view.viewport(), LEFT, PLAIN, place)
    assert [spy.at(n) for n in range(spy.count())] == [
        ["a1", "copy"], ["a1", "regenerate"], ["a1", "thumb_up"], ["a1", "thumb_down"],
            ["a1", "branch"], ["a1", "inspect"],
    ]  # fmt: skip


def test_theme_zoom_and_width_change_in_place(view: TranscriptView, qtbot: QtBot) -> None:
    theme = view._theme
    view.set_messages(chat(50))
    view.scroll_to("a20")
    dark = view.grab().toImage().pixelColor(5, 300)
    theme.set_mode("light")
    assert view.grab().toImage().pixelColor(5, 300) != dark
    assert top_of(view, "a20") == pytest.approx(0, abs=3)
    view.set_zoom(1.5)
    view.resize(500, 600)
    assert top_of(view, "a20") == pytest.approx(0, abs=12)


def test_remove_and_dropped_divider(view: TranscriptView) -> None:
    messages = [replace(user(1), dropped=True), replace(reply(1), dropped=True), user(2), reply(2)]
    view.set_messages(messages)
    assert view.column.layout(2).divider
    view.remove("a1")
    assert view.column.layout(1).divider
    assert view.column.index_of("a1") is None
    view.update_message("u1", replace(messages[0], dropped=False))
    view.grab()
    assert not view.column.layout(1).divider


def test_many_messages_are_marked_as_left_out_at_once_and_nothing_moves(view: TranscriptView) -> None:
    messages = [make(number) for number in range(1000) for make in (user, reply)]
    view.set_messages(messages)
    view.scroll_to("a500")
    view.grab()
    before = top_of(view, "a500")
    view.set_dropped(frozenset(message.id for message in messages[:1000]))
    view.grab()
    assert top_of(view, "a500") == pytest.approx(before, abs=1)
    place = view.column.index_of("u500")
    assert place == 1000
    assert view.column.layout(place).divider
    assert view.column.layout(place - 1).message.dropped
    assert not view.column.layout(place + 1).message.dropped
    view.set_dropped(frozenset())
    view.grab()
    assert not view.column.layout(place).divider
    assert not view.column.layout(place - 1).message.dropped


def test_formulas_replace_their_source(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_messages([reply(1, "Inline $x^2$ and $\\frac{1$.\n\n$$y = \\frac{1}{2}$$")])
    assert view.column.layout(0).body.waits
    qtbot.waitUntil(lambda: not view.column.layout(0).body.waits, timeout=20_000)
    items = [item for _, item, _, _ in view.column.layout(0).blocks()]
    assert "$\\frac{1$" in items[0].plain
    assert "$x^2$" not in items[0].plain
    assert items[0].text(0, items[0].length) == "Inline $x^2$ and $\\frac{1$."
    assert view.grab().width() == 800


def test_an_open_fence_only_appends(view: TranscriptView) -> None:
    view.set_messages([reply(1, "")])
    view.begin_stream("a1")
    view.feed("a1", "```python\ndef f():\n")
    item = view.column.layout(0).item(0)
    assert isinstance(item, CodeItem)
    for number in range(50):
        view.feed("a1", f"    x{number} = {number}\n")
    assert view.column.layout(0).item(0) is item
    view.feed("a1", "```\n\nDone.")
    assert view.column.layout(0).item(0) is item
    assert item.code_block.code.count("\n") == 50
    view.end_stream("a1")


def test_every_kind_of_message_paints(view: TranscriptView) -> None:
    view.set_messages([
        TranscriptMessage("s", "system", "Be brief."),
        TranscriptMessage("t", "tool", "{}"),
        TranscriptMessage("u", "user", "Read this 😀 `x`", attachments=("a.md", "b" * 90 + ".txt")),
        TranscriptMessage("e", "user", ""),
        reply(1, "> quote\n> - it\n>   ```\n>   c\n>   ```\n\n---\n\n![a](https://e.org/x.png)\n\n- [x] done",
              error="The context is full. Start a new chat.", thinking="Hm.", thinking_open=True, versions=2),
    ])  # fmt: skip
    view.select_all()
    assert not view.grab().isNull()
    assert "quote" in view.selected_text()
    view.resize(300, 500)
    assert not view.grab().isNull()


def test_dark_and_light_are_two_pictures(qtbot: QtBot) -> None:
    pictures = []
    modes: tuple[Mode, ...] = ("dark", "light")
    for mode in modes:
        view = TranscriptView(Theme(mode))
        qtbot.addWidget(view)
        view.resize(400, 300)
        view.set_messages([reply(1, CODE)])
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]


def test_switching_a_version_keeps_the_view_where_it_is(view: TranscriptView) -> None:
    messages = chat(60)
    view.set_messages(messages)
    view.scroll_to("u20")
    kept = view.column.layout(40)
    other = [*messages[:41], reply(20, "Another version. " * 40), *messages[42:50]]
    other[41] = replace(other[41], id="a20b", version=2, versions=2)
    view.set_messages(other)
    assert not view.follow
    assert top_of(view, "u20") == pytest.approx(0, abs=1)
    assert view.column.layout(40) is kept, "what did not change is not read again"
    view.set_messages([user(900), reply(900)])
    assert view.follow


def test_removing_above_the_view_moves_nothing(view: TranscriptView) -> None:
    view.set_messages(chat(60))
    view.scroll_to("u20")
    view.remove("a3")
    assert top_of(view, "u20") == pytest.approx(0, abs=1)


def test_the_final_state_may_come_without_an_end(view: TranscriptView) -> None:
    view.set_messages([reply(1, "")])
    view.begin_stream("a1")
    view.feed("a1", "All of **it**.")
    layout = view.column.layout(0)
    view.update_message("a1", reply(1, "All of **it**.", footer=(("hash", "4 tokens"),)))
    assert view.column.layout(0) is layout
    assert not view.column.is_streaming


def test_looking_far_away_moves_nothing(view: TranscriptView) -> None:
    view.set_messages(chat(300, words=300))
    view.scroll_to("u150")
    total = view.column.heights.total()
    view.select_all()
    assert view.selected_text()
    view.finder.search("answer")
    view.finder.step(0)
    view.finder.position()
    assert view.column.heights.total() == total
    assert top_of(view, "u150") == pytest.approx(0, abs=1)


def test_the_scroll_bar_grows_with_a_stream_that_is_not_on_the_screen(view: TranscriptView) -> None:
    view.set_messages([*chat(40), reply(99, "")])
    view.begin_stream("a99")
    view.feed("a99", "start ")
    view.scroll_to("u3")
    bar = view.verticalScrollBar()
    top, before = top_of(view, "u3"), bar.maximum()
    view.feed("a99", "line\n\n" * 30)
    assert bar.maximum() > before + 500
    assert top_of(view, "u3") == top
    view.end_stream("a99")
