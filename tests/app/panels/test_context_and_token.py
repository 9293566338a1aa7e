"""The context meter and the next-token panel."""

import math

from msgspec import structs
from pytestqt.qtbot import QtBot

from app.panels.context.budget import Warned, budget_of
from app.panels.context.panel import ContextPanel
from app.panels.next_token.panel import NextTokenPanel, candidates_of, visible
from app.theme.theme import Theme
from app.widgets.numbers import bound
from engine.protocol.events import Token
from engine.protocol.values import PromptReport, TokenCandidate


def report(total: int = 900, n_ctx: int = 8192, dropped: tuple[int, ...] = ()) -> PromptReport:
    return PromptReport(
        n_ctx=n_ctx, total=total, system=100, history=total - 120, reply_room=512, reused=0, dropped=dropped,
        per_message=(),
    )  # fmt: skip


def sample(taken: int = 1) -> Token:
    shares = (0.412, 0.183, 0.097, 0.061, 0.038, 0.02, 0.01)
    candidates = tuple(
        TokenCandidate(number, f" word{number}", math.log(share)) for number, share in enumerate(shares, 1)
    )
    return Token(
        seq=3, id=taken, text=" x", logprob=-6.0, elapsed_ms=9.0, entropy=2.14, candidates=candidates
    )


def test_parts_add_up() -> None:
    budget = budget_of(report(), reply_tokens=284)
    assert budget.system + budget.history + budget.template == 900
    assert budget.used == 1184
    assert budget.reply == 512
    assert budget.warned is None
    assert sum(share for share, _role in budget.shares()) <= 1


def test_the_warning_comes_before_the_policy_acts() -> None:
    assert budget_of(report(total=1600, n_ctx=2048)).warned is Warned.CLOSE
    assert budget_of(report(total=1000, n_ctx=2048), reply_tokens=800).warned is Warned.CLOSE
    assert budget_of(report(total=2048, n_ctx=2048)).warned is Warned.FULL
    assert budget_of(report(n_ctx=2048, dropped=(0, 1))).warned is Warned.DROPPED


def test_the_panel_says_what_will_happen(qtbot: QtBot, theme: Theme) -> None:
    panel = ContextPanel(theme)
    qtbot.addWidget(panel)
    panel.set_report(report())
    panel.set_reply_tokens(284)
    assert panel._header.note.full_text() == "1,184 / 8,192"
    assert panel.warning.isHidden()
    panel.set_report(report(total=1900, n_ctx=2048))
    panel.set_policy("stop")
    assert "148" in panel.warning.full_text()
    assert "the reply stops" in panel.warning.full_text()
    panel.set_policy("keep_ends")
    assert "in the middle" in panel.warning.full_text()
    panel.set_report(None)
    assert panel.warning.isHidden()


def test_the_token_taken_is_always_among_the_candidates() -> None:
    shown = candidates_of(sample(taken=7))
    assert [item.chosen for item in shown] == [False, False, False, False, True]
    assert shown[-1].text == "·word7"
    strange = candidates_of(sample(taken=99))
    assert strange[-1].chosen
    assert abs(strange[-1].share - math.exp(-6.0)) < 1e-9


def test_spaces_and_breaks_can_be_seen() -> None:
    assert visible(" a\n") == "·a\\n"


def test_bars_entropy_and_the_switch(qtbot: QtBot, theme: Theme) -> None:
    panel = NextTokenPanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    with qtbot.assertNotEmitted(panel.probabilities_toggled):
        panel.set_probabilities(True)
    panel.show_token(sample())
    assert panel._header.note.full_text() == "H = 2.14 bits"
    assert panel.bars.isVisible()
    assert bound("41.2 %") in panel.bars.accessibleDescription()
    with qtbot.waitSignal(panel.probabilities_toggled) as toggled:
        panel.switch.click()
    assert toggled.args == [False]
    panel.show_token(structs.replace(sample(), entropy=0.0))
    assert panel._header.note.full_text() == "", (
        "a server tells its best candidates, not the whole distribution"
    )
    panel.clear()
    assert not panel.bars.isVisible()


def test_a_server_that_does_not_tell_its_context_is_no_reason_to_warn(qtbot: QtBot, theme: Theme) -> None:
    panel = ContextPanel(theme)
    qtbot.addWidget(panel)
    panel.set_report(report(n_ctx=0))
    assert panel._header.note.full_text() == "900 / unknown"
    assert panel.warning.isHidden()
