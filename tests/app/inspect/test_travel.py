"""Going through a reply token by token: the panels and the conversation stay together."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.reply_tokens import ReplyTokens, tokens_of_record
from app.panels.travel.bar import TravelBar
from app.widgets.transcript.token_layer import _Tokens
from tests.app.chat.conftest import Bench

TEXT = "Reply number 1."


def shown(bench: Bench, message_id: str) -> _Tokens:
    """What the conversation draws over a message."""
    return bench.page.view.transcript.tokens._messages[message_id]


def said(bench: Bench) -> ReplyTokens:
    """A reply with candidates, complete on record."""
    bench.controllers.chat.set_probabilities(3)
    bench.say("Hello")
    travel = bench.controllers.travel
    bench.until(lambda: travel.record is not None and travel.reply is not None)
    assert travel.reply is not None
    return travel.reply


def test_live_and_stored_tokens_are_the_same(bench: Bench) -> None:
    travel = bench.controllers.travel
    seen: list[tuple[int, ...]] = []
    travel.grown.connect(lambda: seen.append(travel.reply.ids if travel.reply else ()))
    reply = said(bench)
    assert seen
    assert seen[-1] == reply.ids[: len(seen[-1])]
    record = bench.store.messages.reply(reply.message_id)
    assert record is not None
    assert tokens_of_record(record).tokens == reply.tokens
    assert "".join(TEXT[start:end] for start, end in reply.spans) == TEXT
    assert round(reply.perplexity, 3) == round(1 / 0.6, 3)


def test_steps_move_the_frame_and_the_dimming_in_the_chat(bench: Bench) -> None:
    reply = said(bench)
    travel = bench.controllers.travel
    assert travel.follows
    assert travel.index == len(reply) - 1
    assert shown(bench, reply.message_id).mark is None
    travel.go(1)
    frame = shown(bench, reply.message_id).mark
    assert frame is not None
    assert TEXT[slice(*frame)] == reply[1].text.strip()
    travel.set_dimmed(True)
    assert shown(bench, reply.message_id).dim_from == reply[1].end
    travel.step(-5)
    assert travel.index == 0
    travel.go_to_surprise()
    assert travel.index in range(len(reply))
    travel.follow()
    assert shown(bench, reply.message_id).dim_from is None


def test_colours_come_and_go(bench: Bench) -> None:
    reply = said(bench)
    travel = bench.controllers.travel
    travel.set_colored(True)
    shades = shown(bench, reply.message_id).shades
    assert not shades, "a probability of 0.6 is no surprise"
    travel.reply = ReplyTokens(reply.message_id, [*reply.tokens])
    travel.reply.tokens[1] = type(reply[1])(7, "x", 5, 9, -6.0)
    travel.modes_changed.emit()
    assert [(start, end) for start, end, _ in shown(bench, reply.message_id).shades] == [(5, 9)]
    travel.set_colored(False)
    assert not shown(bench, reply.message_id).shades


def test_a_click_in_the_chat_chooses_the_token(bench: Bench) -> None:
    reply = said(bench)
    bench.page.view.transcript.token_clicked.emit(reply.message_id, 2)
    assert bench.controllers.travel.index == 2


def test_an_earlier_reply_tells_its_tokens_when_the_mouse_is_on_it(bench: Bench) -> None:
    first = said(bench).message_id
    bench.say("Again")
    layer = bench.page.view.transcript.tokens
    bench.page.view.transcript.tokens_wanted.emit(first)
    bench.until(lambda: first in layer._messages and layer._messages[first].spans)
    assert "number" in layer.tip(first, 1)
    assert "60" in layer.tip(first, 1)
    bench.controllers.travel.look_at(first, 1)
    bench.until(lambda: bench.controllers.travel.reply and bench.controllers.travel.reply.message_id == first)


def test_another_candidate_grows_a_new_version(bench: Bench) -> None:
    reply = said(bench)
    travel, chat = bench.controllers.travel, bench.controllers.chat
    travel.go(1)
    other = reply[1].candidates[1]
    travel.take(other.id)
    bench.until(lambda: not chat.generating and chat.path[-1].version == 2)
    assert chat.path[-1].message.text().startswith("Reply" + other.text)
    bench.until(lambda: travel.reply and travel.reply.message_id == chat.path[-1].id and travel.record)
    assert travel.reply is not None
    assert travel.reply.ids[:2] == (reply[0].id, other.id)


def test_one_token_at_a_time(bench: Bench) -> None:
    travel, chat = bench.controllers.travel, bench.controllers.chat
    bar = TravelBar(travel, bench.page._theme)
    bench.qtbot.addWidget(bar)
    bar.one.click()
    assert travel.one_at_a_time
    bench.say("Hello")
    assert chat.path[-1].message.text() == "Reply"
    bench.until(lambda: travel.can_act and travel.record is not None)
    bar.write.click()
    bench.until(lambda: chat.path[-1].message.text() != "Reply" and travel.can_act)
    assert chat.path[-1].version == 1
    assert travel.reply is not None
    assert len(travel.reply) == 2
    assert bar.place.text() == "2 / 2"
    bar.one.click()
    assert not travel.one_at_a_time


def test_the_bar_shows_where_we_are_and_what_is_possible(bench: Bench) -> None:
    travel = bench.controllers.travel
    bar = TravelBar(travel, bench.page._theme)
    bench.qtbot.addWidget(bar)
    assert not bar.back.isEnabled()
    assert not bar.write.isEnabled()
    reply = said(bench)
    assert bar.place.text() == f"{len(reply)} / {len(reply)}"
    QTest.mouseClick(bar.first, Qt.MouseButton.LeftButton)
    assert bar.place.text() == f"1 / {len(reply)}"
    assert not bar.back.isEnabled()
    assert bar.forward.isEnabled()
    for part in (bar.first, bar.back, bar.forward, bar.last, bar.loud, bar.dim, bar.one, bar.write):
        assert part.accessibleName()
