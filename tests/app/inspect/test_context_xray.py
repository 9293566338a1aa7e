"""The context X-ray: what is in the context, what it costs, what it receives."""

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.models.inspection_rows import AttentionRow, AttentionRows
from app.panels.context_xray.mass import attention_by_key
from app.panels.context_xray.panel import layers_that_fit
from app.panels.context_xray.sheet import attention_of, make_sheet
from app.panels.context_xray.values import ContextSheet
from app.panels.context_xray.view import ContextXrayView
from app.theme.theme import Theme
from app.widgets.numbers import bound
from engine.messages import Message, Role
from engine.protocol.values import LoadedModel, PromptReport, Segment
from engine.store.records import MessageRecord

SEGMENTS = (
    Segment("special", "<user>", -1, 1),
    Segment("user", "Second question", 1, 4),
    Segment("special", "<reply>", -1, 1),
    Segment("assistant", "Its answer", 2, 3),
    Segment("special", "<user>", -1, 1),
    Segment("user", "A draft", 3, 2),
)


def report(dropped: tuple[int, ...] = (0,)) -> PromptReport:
    return PromptReport(100, 12, 0, 12, 10, 0, dropped, (0, 4, 3, 2), segments=SEGMENTS)


def record(number: int, role: Role, text: str) -> MessageRecord:
    return MessageRecord(
        id=f"m{number}",
        session_id="s",
        parent_id=None,
        message=Message.of(role, text),
        status="done",
        created_ms=0,
        model_name="",
        finish_reason=None,
        metrics=None,
        error="",
        version=1,
        version_ids=(f"m{number}",),
    )


PATH = [
    record(0, "user", "Older than what is sent"),
    record(1, "user", "First question"),
    record(2, "user", "Second question"),
    record(3, "assistant", "Its answer"),
]
PLACES = (1, 2, 3)
"""The first message of the path was not even sent."""


@pytest.fixture
def sheet() -> ContextSheet:
    sums = attention_of(report(), [0.4, *[0.1] * 4, 0.1, 0.05, 0.05], 6, 2, without_first=False)
    return make_sheet(report(), PATH, PLACES, 1000.0, sums)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, sheet: ContextSheet) -> ContextXrayView:
    view = ContextXrayView(theme)
    qtbot.addWidget(view)
    view.resize(1000, 400)
    view.show()
    view.set_sheet(sheet)
    return view


def test_every_message_has_a_row_also_those_left_out(sheet: ContextSheet) -> None:
    assert [row.message_id for row in sheet.rows] == ["m0", "m1", "m2", "m3", "", ""]
    assert [row.share.tokens for row in sheet.rows] == [0, 0, 4, 3, 2, 3]
    assert [row.share.dropped for row in sheet.rows] == [True, True, False, False, False, False]
    assert sheet.rows[4].text == "A draft"
    assert sheet.rows[5].role is None
    assert (sheet.tokens, sheet.kv_bytes, sheet.dropped) == (12, 12_000, 2)


def test_attention_goes_to_the_messages_it_fell_on(sheet: ContextSheet) -> None:
    by_id = {row.message_id or row.role: row.attention for row in sheet.rows}
    assert by_id["m2"] == pytest.approx(0.4)
    assert by_id["m3"] == pytest.approx(0.1)
    assert by_id[None] == pytest.approx(0.5)


def test_the_first_token_can_be_left_out() -> None:
    sums = attention_of(report(), [0.5, *[0.1] * 5], 6, 2, without_first=True)
    assert sums is not None
    assert sums[-1] == pytest.approx(0.1)
    assert sums[1] == pytest.approx(0.4)


def test_what_was_read_at_another_place_is_not_shown() -> None:
    assert attention_of(report(), [0.5] * 40, 30, 2, without_first=False) is None
    assert attention_of(report(), [0.5] * 40, 6, -1, without_first=False) is None


def test_attention_is_the_mean_over_the_reply() -> None:
    rows = AttentionRows()
    early = np.array([[[1.0]], [[1.0]]], np.float16)
    rows.add(AttentionRow(0, (0, 1), (0,), early))
    for position, weights in ((2, [0.5, 0.25, 0.25]), (3, [0.1, 0.2, 0.3, 0.4])):
        layers = np.array([[weights], [weights]], np.float16)
        rows.add(AttentionRow(position, (0, 1), (0,), layers))
    assert attention_by_key(rows, 2) == pytest.approx([0.3, 0.225, 0.275, 0.2], abs=1e-3)
    assert attention_by_key(rows, 9) == []


def test_rows_say_tokens_bytes_and_shares(view: ContextXrayView) -> None:
    texts = [[view.model.index(row, column).data() for column in range(8)] for row in range(6)]
    assert texts[2][:6] == ["You", "Second question", "4", bound("3.9 KiB"), "33.3 %", "40.0 %"]
    assert texts[2][6] == "× 1.20"
    assert texts[0][4:] == ["–", "–", "–", "left out"]
    assert texts[4][1] == "Not sent yet: A draft"
    assert texts[5][0] == "Template"


def test_a_click_leads_to_the_message(view: ContextXrayView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.message_opened) as opened:
        view.table.clicked.emit(view.model.index(3, 1))
    assert opened.args == ["m3"]
    with qtbot.assertNotEmitted(view.message_opened):
        view.table.clicked.emit(view.model.index(5, 0))


def test_reading_is_asked_for_and_stopped(view: ContextXrayView, qtbot: QtBot) -> None:
    view.set_can_read(True, "")
    with qtbot.waitSignal(view.read_requested):
        view.read.click()
    view.set_reading(0.5)
    assert not view.read.isEnabled()
    with qtbot.waitSignal(view.cancel_requested):
        view.reading.button.click()
    with qtbot.waitSignal(view.first_token_changed) as changed:
        view.first.click()
    assert changed.args == [True]


def test_without_a_chat_the_view_says_what_it_is_for(qtbot: QtBot, theme: Theme) -> None:
    view = ContextXrayView(theme)
    qtbot.addWidget(view)
    view.show()
    assert view.empty.isVisible()
    assert not view.table.isVisible()


def test_long_texts_are_read_in_fewer_layers() -> None:
    model = cast(LoadedModel, SimpleNamespace(n_layer=30, n_head=9))
    assert layers_that_fit(model, 100) == ()
    some = layers_that_fit(model, 1500)
    assert 1 <= len(some) < 30
    assert len(set(some)) == len(some)
    assert all(0 <= layer < 30 for layer in some)
    assert len(layers_that_fit(model, 100_000)) == 1
