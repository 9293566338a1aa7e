"""The latest token: what else the model considered, and how sure it was."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.next_token.bars import Candidate, CandidateBars
from app.theme.theme import Theme
from app.widgets.chip import show_escapes
from app.widgets.section import SectionHeader
from app.widgets.slider_row import RowHead
from app.widgets.switch import Switch
from app.widgets.text_label import TextLabel
from engine.protocol.events import Token
from engine.protocol.values import TokenCandidate

SHOWN = 5


class NextTokenPanel(QWidget):
    """`show_token` with each `Token` event; candidates need `n_probs` above 0 in the request."""

    probabilities_toggled = Signal(bool)
    """The user wants candidates reported (from the next reply on) or not."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Next token"))
        self._header = SectionHeader(self.tr("Next token"), theme)
        self.bars = CandidateBars(self.tr("Most probable tokens"), theme, SHOWN)
        self.switch = Switch(self.tr("Report token probabilities"), theme)
        self.switch.setToolTip(
            self.tr("Sends the most probable candidates with every token. Costs a little speed.")
        )
        self.switch.toggled.connect(self._on_toggled)
        row = RowHead(self.tr("Token probabilities"), theme, self.switch)
        self.hint = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(9)
        column.addWidget(self._header)
        column.addWidget(self.bars)
        column.addWidget(self.hint)
        column.addLayout(row)
        self._show_hint()

    def set_probabilities(self, on: bool) -> None:
        """Show whether candidates are asked for, without emitting."""
        with QSignalBlocker(self.switch):
            self.switch.setChecked(on)
            self.switch.sync()
        self._show_hint()

    def show_token(self, token: Token) -> None:
        """The candidates and the entropy at this position."""
        if token.candidates:
            self.bars.set_candidates(candidates_of(token))
            known = token.entropy > 0  # a server tells its best candidates only
            note = self.tr("H = {bits} bits").format(bits=f"{token.entropy:.2f}")
            self._header.set_note(note if known else "")
        self._show_hint()

    def clear(self) -> None:
        """Nothing known, e.g. after another chat was opened."""
        self.bars.set_candidates(())
        self._header.set_note("")
        self._show_hint()

    def _on_toggled(self, on: bool) -> None:
        self._show_hint()
        self.probabilities_toggled.emit(on)

    def _show_hint(self) -> None:
        empty = not self.bars.candidates()
        self.bars.setVisible(not empty)
        self.hint.setVisible(empty)
        if self.switch.isChecked():
            self.hint.set_text(self.tr("The candidates appear with the next token."))
        else:
            self.hint.set_text(self.tr("See what else the model considered, and how sure it was."))


def candidates_of(token: Token) -> Sequence[Candidate]:
    """The most probable ones; the token taken is always among them."""
    ranked = sorted(token.candidates, key=lambda item: -item.logprob)
    shown = ranked[:SHOWN]
    if all(item.id != token.id for item in shown):
        taken = next((item for item in ranked if item.id == token.id), None)
        last = taken or TokenCandidate(token.id, token.text, token.logprob)
        shown = [*shown[: SHOWN - 1], last]
    return [
        Candidate(visible(item.text), min(1.0, math.exp(item.logprob)), item.id == token.id) for item in shown
    ]


def visible(text: str) -> str:
    """A token's text with its spaces as dots and its control characters escaped."""
    return show_escapes(text).replace(" ", "·")
