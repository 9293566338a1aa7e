"""The chat page: what a reply was made from, and a context that fills."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.transcript_rows import footer_of
from app.widgets.numbers import whole
from app.window.tab_way import go_to_next
from engine.errors import UserError
from engine.messages import Message, Role
from tests.app.chat.conftest import Bench


def test_reproducing_a_reply_compares_the_tokens(bench: Bench) -> None:
    bench.say("Hi")
    chat = bench.controllers.chat
    record = bench.store.messages.reply(chat.path[1].id)
    assert record is not None
    bench.controllers.reproducer.start(record)
    with bench.qtbot.waitSignal(bench.controllers.reproducer.finished, timeout=10_000) as finished:
        pass
    assert finished.args is not None
    # The scripted model says something else the next time.
    assert finished.args[0].first_difference >= 0
    assert "differs from token" in bench.page.view.banner.text()
    assert chat.settings.sampling.seed == -1


def test_the_draft_is_measured(bench: Bench) -> None:
    composer = bench.page.view.composer
    composer.edit.setPlainText("How many tokens is this?")
    bench.until(lambda: "token" in composer._estimate.full_text())


def test_meter_and_notice_count_the_same_messages_of_a_long_chat(bench: Bench) -> None:
    bench.settled()
    long = bench.store.sessions.create("Long")
    parent = None
    for number in range(2000):
        role: Role = "assistant" if number % 2 else "user"
        text = f"number {number} " + "of many words " * 8
        parent = bench.store.messages.add(long.id, parent, Message.of(role, text)).id
    bench.page.open_session(long.id)
    bench.until(lambda: "left out" in bench.page.view.banner.text())
    budget = bench.page.panels.context.budget()
    assert budget is not None
    assert bench.page.view.banner.text().split()[0] == whole(budget.dropped)
    assert budget.dropped > 1500
    bench.controllers.meter.set_enabled(False)  # as while another chat's reply runs
    bench.page.open_session(bench.store.sessions.create("Short").id)
    bench.until(lambda: not bench.controllers.chat.path)
    assert bench.page.view.banner.text() == ""
    assert bench.page.panels.context.budget() is None


def test_an_answer_about_another_chat_is_not_shown(bench: Bench) -> None:
    bench.settled()
    meter = bench.controllers.meter
    shown: list[object] = []
    meter.measured.connect(lambda *answer: shown.append(answer))
    meter.set_path([Message.of("user", "Hi")])
    meter._measure()
    asked = meter._job
    answers: list[object] = []
    bench.controllers.bridge.engine_event.connect(
        lambda event: answers.append(event) if getattr(event, "job", -2) == asked else None
    )
    meter.set_enabled(False)
    meter.set_path([])
    bench.until(lambda: answers)
    assert shown == []


def test_a_message_that_cannot_be_saved_goes_back_to_the_composer(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.settled()
    full = UserError("store.disk_full", path="lathe.db")

    def refuse(*_args: object, **_more: object) -> None:
        raise full

    monkeypatch.setattr(bench.store.messages, "add", refuse)
    composer = bench.page.view.composer
    composer.edit.setPlainText("Too much for this disk")
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    bench.until(lambda: bench.host.errors)
    assert bench.host.errors == [full]
    assert composer.edit.toPlainText() == "Too much for this disk"
    assert not bench.controllers.chat.generating
    monkeypatch.undo()
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    bench.until(lambda: len(bench.controllers.chat.path) == 2)
    bench.settled()
    assert composer.edit.toPlainText() == ""


def test_the_first_chat_leaves_the_page_in_front(make_bench: Callable[..., Bench]) -> None:
    """A start with `--page inspect` makes a chat, too."""
    bench = make_bench(load=False, front="inspect")
    assert bench.host.current_page == "inspect"
    bench.page.panel.new_requested.emit()
    bench.until(lambda: bench.host.current_page == "chat")


def test_a_full_context_says_what_to_do(bench: Bench) -> None:
    bench.say("Hi")
    chat = bench.controllers.chat
    ended = msgspec.structs.replace(chat.path[-1], finish_reason="context")
    assert ("scissors", "context full") in footer_of(ended)
    chat.reply_finished.emit(ended)
    assert "context is full" in bench.page.view.banner.text()
    bench.say("On")
    assert bench.page.view.banner.text() == ""


def test_tab_goes_from_the_bar_through_the_conversation_to_the_composer(bench: Bench) -> None:
    bench.say("Hi")
    view = bench.page.view
    order: list[object] = []
    while go_to_next(view, forwards=True) and view.focusWidget() not in order:
        order.append(view.focusWidget())
    bar, text, edit = (order.index(each) for each in (view.top_bar.pill, view.transcript, view.composer.edit))
    assert bar < text < edit


def test_the_grammar_chip_scrolls_to_where_the_grammar_is_written(bench: Bench) -> None:
    bench.settled()
    panels = bench.page.panels
    panels.inspector.resize(288, 420)
    panels.inspector.show()
    bench.page.view.composer.grammar_chip.click()
    control = panels.sampling.control("grammar")
    bench.until(lambda: not control.visibleRegion().isEmpty())
