"""The panel of token probabilities."""

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.reply_tokens import ReplyToken, ReplyTokens, loudness
from app.panels.probabilities.candidates import rows_of
from app.panels.probabilities.colors import surprise_color
from app.panels.probabilities.panel import ProbabilitiesPanel
from app.panels.probabilities.words import share
from app.theme.tokens import DARK, LIGHT, Tokens
from engine.protocol.values import TokenCandidate
from tests.app.chat.conftest import Bench
from tests.app.inspect.test_travel import said


def panel_of(bench: Bench) -> ProbabilitiesPanel:
    """The panel, made and on the screen."""
    bottom = bench.page.panels.bottom
    bottom.resize(800, 260)
    bottom.show()
    bottom.show_tab("probabilities")
    panel = bottom.panel("probabilities")
    assert isinstance(panel, ProbabilitiesPanel)
    return panel


def test_an_empty_chat_says_what_the_panel_is_for(bench: Bench) -> None:
    panel = panel_of(bench)
    assert panel._stack.currentIndex() == 0


def test_tokens_figures_and_candidates(bench: Bench) -> None:
    panel = panel_of(bench)
    reply = said(bench)
    assert panel._stack.currentIndex() == 1
    assert len(panel.strip._boxes) == len(reply)
    assert "1.67" in panel.figures.text()
    rows = panel.candidates.rows()
    assert [round(row.p, 2) for row in rows] == [0.6, 0.25, 0.1]
    assert [row.taken for row in rows] == [True, False, False]
    QTest.keyClick(panel.strip, Qt.Key.Key_Left)
    assert panel.travel.index == len(reply) - 2
    assert panel.token.text() == reply[-2 + len(reply)].label
    QTest.mouseClick(panel.plot, Qt.MouseButton.LeftButton, pos=panel.plot.rect().center())
    panel.grab()


def test_a_candidate_is_taken_with_the_keyboard(bench: Bench) -> None:
    panel = panel_of(bench)
    said(bench)
    chat = bench.controllers.chat
    panel.travel.go(1)
    panel.candidates.setFocus()
    QTest.keyClick(panel.candidates, Qt.Key.Key_Return)
    assert not chat.generating, "the token that is there already changes nothing"
    assert not panel.take.isEnabled()
    QTest.keyClick(panel.candidates, Qt.Key.Key_Down)
    assert panel.take.isEnabled()
    QTest.keyClick(panel.candidates, Qt.Key.Key_Return)
    bench.until(lambda: not chat.generating and chat.path[-1].version == 2)


def test_candidates_that_were_not_kept_are_found_by_walking(bench: Bench) -> None:
    panel = panel_of(bench)
    bench.say("Hello")
    travel = bench.controllers.travel
    bench.until(lambda: travel.can_act and travel.record is not None)
    travel.go(0)
    assert not panel.candidates.isVisible()
    assert panel.read.isVisible()
    panel.read.click()
    bench.until(lambda: travel.reply is not None and travel.reply[0].candidates)
    assert len(panel.candidates.rows()) == 3
    bench.until(lambda: bench.host.toasts)
    assert len(bench.controllers.chat.path) == 2, "walking stores nothing"


def test_how_many_are_kept_is_a_setting_of_the_chat(bench: Bench) -> None:
    panel = panel_of(bench)
    panel.counts.selected.emit("20")
    assert bench.controllers.chat.settings.n_probs == 20
    assert panel.counts.current() == "20"


def test_the_switch_colours_the_reply(bench: Bench) -> None:
    panel = panel_of(bench)
    said(bench)
    panel.color_switch.setChecked(True)
    assert panel.travel.colored


def test_figures_of_a_reply() -> None:
    tokens = [ReplyToken(n, "a", n, n + 1, -math.log(2), 1.0, 0) for n in range(4)]
    reply = ReplyTokens("m", [*tokens, ReplyToken(9, "b", 4, 5)])
    assert reply.perplexity == pytest.approx(2.0)
    assert reply.mean_entropy == pytest.approx(1.0)
    assert 4 not in reply.by_surprise(), "what is not known is no surprise"
    assert math.isnan(ReplyTokens("m").perplexity)


def test_the_one_that_was_taken_is_always_among_the_rows() -> None:
    candidates = tuple(TokenCandidate(n, f"t{n}", -float(n)) for n in range(1, 9))
    token = ReplyToken(99, "rare", 0, 4, -12.0, 1.0, 500, candidates)
    rows = rows_of(token, 5)
    assert len(rows) == 5
    assert rows[-1].taken
    assert rows[-1].id == 99


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_text_on_the_loudest_shade_can_be_read(tokens: Tokens) -> None:
    assert surprise_color(tokens, 0.1) is None
    shade = surprise_color(tokens, 99.0)
    assert shade is not None
    back = _parts(tokens.bg2)
    mixed = [
        part * shade.alphaF() + under * (1 - shade.alphaF())
        for part, under in zip((shade.redF(), shade.greenF(), shade.blueF()), back, strict=True)
    ]
    light, dark = sorted((_luminance(mixed), _luminance(_parts(tokens.fg))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_percentages_have_the_digits_they_need() -> None:
    assert [share(p) for p in (1.0, 0.4123, 0.004, 0.00002)] == ["100 %", "41.2 %", "0.40 %", "0.0020 %"]
    assert loudness(math.nan) == 0.0


def _parts(hexadecimal: str) -> list[float]:
    return [int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _luminance(parts: list[float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
