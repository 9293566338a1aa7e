"""The sampler X-ray: stages that were traced, and settings that are tried on what is on record."""

import math
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QSignalSpy, QTest

from app.models.reply_tokens import ReplyToken
from app.panels.xray.columns import HEAD, ROW
from app.panels.xray.panel import XrayPanel
from app.panels.xray.stages import replayed_columns, traced_columns
from engine.protocol.inspection import StageCandidate, StageTrace
from engine.protocol.values import TokenCandidate
from engine.sampling.params import SamplingParams
from tests.app.chat.conftest import Bench

SHARES = (0.5, 0.2, 0.12, 0.08, 0.05, 0.03, 0.02)
TOKEN = ReplyToken(
    1,
    " b",
    0,
    2,
    math.log(0.2),
    2.0,
    1,
    tuple(TokenCandidate(n, f" {'abcdefg'[n]}", math.log(p)) for n, p in enumerate(SHARES)),
)


def panel_of(bench: Bench) -> XrayPanel:
    bottom = bench.page.panels.bottom
    bottom.resize(900, 300)
    bottom.show()
    bottom.show_tab("xray")
    panel = bottom.panel("xray")
    assert isinstance(panel, XrayPanel)
    return panel


def is_traced(bench: Bench) -> bool:
    return bench.controllers.inspection.asked.trace


def trace(sampler: str, kept: list[int], gone: list[int], detail: str = "") -> StageTrace:
    cell = {n: StageCandidate(n, f" {'abcdefg'[n]}", 0.0, SHARES[n]) for n in range(len(SHARES))}
    removed = tuple(cell[n] for n in gone)
    return StageTrace(sampler, len(kept), len(gone), removed, tuple(cell[n] for n in kept), detail)


def test_columns_follow_the_chain_and_say_who_went_and_why() -> None:
    stages = (
        trace("dry", [0, 1, 2, 3, 4, 5, 6], [], "' a' → -1.2"),
        trace("top_k", [0, 1, 2, 3, 4, 5], [6]),
        trace("dist", [1], [0, 2, 3, 4, 5]),
    )
    token = ReplyToken(TOKEN.id, TOKEN.text, 0, 2, TOKEN.logprob, 2.0, 1, TOKEN.candidates, stages)
    columns = traced_columns(token, SamplingParams(top_k=6))
    assert [column.key for column in columns] == ["model", "dry", "top_k", "dist"]
    assert columns[1].detail == "' a' → -1.2"
    top_k = columns[2]
    assert top_k.note == "6 left, −1"
    assert [cell.text for cell in top_k.removed] == ["·g"]
    assert "6 most probable" in top_k.why
    assert len(top_k.kept) + top_k.more_kept == 6
    assert any(cell.taken for cell in top_k.kept), "the token that was drawn is always shown"
    assert [cell.text for cell in columns[3].kept] == ["·b"]


def test_other_settings_are_tried_without_a_model() -> None:
    columns = replayed_columns(TOKEN, SamplingParams(top_k=0, top_p=0.8, min_p=0, temperature=1), 7)
    assert [column.key for column in columns] == ["model", "top_p"]
    assert [cell.text for cell in columns[1].kept] == ["·a", "·b", "·c"]
    assert [cell.text for cell in columns[1].removed] == ["·d", "·e", "·f", "·g"]
    assert columns[1].exact
    few = replace(TOKEN, candidates=TOKEN.candidates[:3])
    beyond = replayed_columns(few, SamplingParams(top_k=40, top_p=1, min_p=0, temperature=1), 49152)
    assert not beyond[1].exact
    assert beyond[1].detail


def test_replies_are_traced_while_the_panel_is_open(bench: Bench) -> None:
    panel = panel_of(bench)
    assert is_traced(bench)
    bench.say("Hello")
    travel = bench.controllers.travel
    bench.until(lambda: travel.record is not None)
    assert travel.reply is not None
    assert travel.reply[0].stages, "what was traced live stays with the stored reply"
    travel.go(0)
    assert [column.key for column in panel.columns.columns()] == ["model", "top_k", "dist"]
    panel.live.setChecked(False)
    assert not is_traced(bench)
    panel.live.setChecked(True)
    bench.page.panels.bottom.show_tab("throughput")
    assert not is_traced(bench)


def test_a_past_reply_is_traced_when_asked(bench: Bench) -> None:
    bench.say("Hello")
    travel = bench.controllers.travel
    panel = panel_of(bench)
    bench.until(lambda: travel.can_act and travel.record is not None)
    travel.go(1)
    assert panel._centre.currentIndex() == 1
    button = panel._untraced.action
    assert button is not None
    button.setFocus()
    button.click()
    bench.until(lambda: travel.reply is not None and travel.reply[1].stages)
    assert panel._centre.currentIndex() == 0
    bench.until(lambda: travel.walking is None)
    focused = panel.window().focusWidget()
    assert focused is not None
    assert panel.isAncestorOf(focused), "the button is gone; the keyboard stays in the panel"
    texts = [text for text, _ in bench.host.toasts]
    assert any("same" in text for text in texts)


def test_sliders_change_the_columns_and_can_be_kept(bench: Bench) -> None:
    panel = panel_of(bench)
    bench.say("Hello")
    travel = bench.controllers.travel
    bench.until(lambda: travel.record is not None)
    travel.go(1)
    panel.mode.set_current("if")
    panel.refresh()
    assert not panel.what_if.touched
    panel.what_if.rows["top_k"].number_changed.emit(1.0)
    column = next(each for each in panel.columns.columns() if each.key == "top_k")
    assert len(column.kept) == 1
    assert len(column.removed) == 2
    panel.what_if.keep.click()
    assert bench.controllers.chat.settings.sampling.top_k == 1
    panel.what_if.back.click()
    assert not panel.what_if.touched


def test_a_double_click_takes_a_candidate_and_hovering_follows_it(bench: Bench) -> None:
    panel = panel_of(bench)
    bench.controllers.chat.set_probabilities(3)
    bench.say("Hello")
    bench.until(lambda: bench.controllers.travel.can_act and bench.controllers.travel.record is not None)
    bench.controllers.travel.go(1)
    place = QPointF(20, HEAD + ROW * 1.5)
    assert "25" in panel.columns._tip(place)
    taken = QSignalSpy(panel.columns.taken)
    QTest.mouseDClick(panel.columns.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert taken.count() == 1
    chat = bench.controllers.chat
    bench.until(lambda: not chat.generating and chat.path[-1].version == 2)
    panel.grab()


def test_the_amateur_is_chosen_in_the_sampling_panel(bench: Bench) -> None:
    sampling, chat = bench.page.panels.sampling, bench.controllers.chat
    sampling.section("decoding").set_expanded(True)
    assert sampling.amateur.isHidden()
    chat.set_sampling(SamplingParams(decoding="contrastive"))
    assert not sampling.amateur.isHidden()
    sampling.amateur.set_choices([("small", "Small model"), ("tiny", "Tiny model")])
    sampling.amateur.select.selected.emit("tiny")
    assert chat.settings.amateur == "tiny"
    assert sampling.amateur.current() == "tiny"
    chat.set_sampling(SamplingParams())
    assert sampling.amateur.isHidden()
