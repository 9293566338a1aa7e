"""Token probabilities: how sure the model was of every token, and what else it considered."""

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.panels.inspection_parts import PanelParts
from app.panels.probabilities.candidates import CandidateList, rows_of
from app.panels.probabilities.legend import SurpriseLegend
from app.panels.probabilities.plot import SurprisePlot
from app.panels.probabilities.strip import TokenStrip
from app.panels.probabilities.words import share
from app.panels.travel.bar import TravelBar
from app.widgets.empty_state import EmptyState
from app.widgets.numbers import decimal
from app.widgets.painting import SEMIBOLD
from app.widgets.select import Select
from app.widgets.switch import Switch
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

COUNTS = (0, 5, 10, 20, 50)
"""Candidates that can be kept with each token."""
_CANDIDATES = 236


class ProbabilitiesPanel(QWidget):
    """Reads `TokenTravel`; draws only while it is visible."""

    def __init__(self, parts: PanelParts) -> None:
        super().__init__()
        self._parts = parts
        self._theme = theme = parts.theme
        self.travel = parts.controllers.travel
        self._chat = parts.controllers.chat
        self.setAccessibleName(self.tr("Token probabilities"))
        self.bar = TravelBar(self.travel, theme)
        self.figures = TextLabel("", theme, role="fg2", size="xs", tabular=True)
        self.plot = SurprisePlot(theme)
        self.strip = TokenStrip(theme)
        self.legend = SurpriseLegend(theme)
        self.color_switch = Switch(self.tr("Colour the reply by surprise"), theme)
        self.cost = TextLabel("", theme, role="fg3", size="xs", elide=True)
        self.token = TextLabel("", theme, role="fg", size="s", mono=True, weight=SEMIBOLD, elide=True)
        self.facts = TextLabel("", theme, role="fg3", size="xs", tabular=True)
        self.candidates = CandidateList(theme)
        self.missing = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.read = TextButton(self.tr("Find them"), theme, icon_name="play", height=24)
        self.read.setToolTip(self.tr("Goes through the reply once more; it stays as it is."))
        self.take = TextButton(self.tr("Go on with it"), theme, icon_name="git-branch", height=24)
        self.take.setToolTip(
            self.tr("Writes a new version of the reply from here, under the same random state.")
        )
        self.counts = Select(self.tr("Candidates kept with each token"), self._choices(), theme, height=24)
        self.counts.setFixedWidth(104)
        self._empty = EmptyState(
            "percent",
            self.tr("How sure was the model?"),
            self.tr("Send a message: each token of the reply appears here with its probability."),
            theme,
        )
        self._lay_out()
        self._connect()

    def _choices(self) -> list[tuple[str, str]]:
        words = {0: self.tr("Keep none")}
        return [(str(n), words.get(n) or self.tr("Keep {count}").format(count=n)) for n in COUNTS]

    # layout

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.plot)
        left.addWidget(self.strip, 1)
        left.addLayout(self._foot())
        right = QVBoxLayout()
        right.setSpacing(3)
        right.addWidget(self.token)
        right.addWidget(self.facts)
        right.addSpacing(2)
        right.addWidget(self.candidates, 1)
        right.addWidget(self.missing)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.take)
        buttons.addWidget(self.read)
        buttons.addStretch(1)
        buttons.addWidget(self.counts)
        right.addLayout(buttons)
        side = QWidget()
        side.setFixedWidth(_CANDIDATES)
        right.setContentsMargins(0, 0, 0, 0)
        side.setLayout(right)
        body = QHBoxLayout()
        body.setSpacing(18)
        body.addLayout(left, 1)
        body.addWidget(side)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 6, 16, 8)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addLayout(body, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self.bar)
        head.addStretch(1)
        head.addWidget(self.figures)
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        label = TextLabel(self.tr("Colour the reply"), self._theme, role="fg2", size="xs")
        label.setBuddy(self.color_switch)
        for part in (self.color_switch, label, self.legend):
            foot.addWidget(part)
        foot.addSpacing(6)
        foot.addWidget(self.cost, 1)
        return foot

    def _connect(self) -> None:
        travel = self.travel
        travel.changed.connect(self._on_changed)
        travel.grown.connect(self._on_grown)
        travel.moved.connect(self._on_moved)
        travel.traced.connect(self._on_moved)
        travel.modes_changed.connect(self._on_modes)
        self._chat.settings_changed.connect(lambda _settings: self._show_settings())
        for part in (self.strip, self.plot, self.candidates):
            part.stepped.connect(travel.step)
        self.strip.chosen.connect(travel.go)
        self.plot.chosen.connect(travel.go)
        self.candidates.taken.connect(travel.take)
        self.take.clicked.connect(self._take_current)
        self.candidates.selectionModel().currentChanged.connect(lambda *_: self._show_buttons())
        self.read.clicked.connect(travel.walk)
        self.color_switch.toggled.connect(travel.set_colored)
        self.counts.selected.connect(lambda key: self._chat.set_probabilities(int(key)))

    # showing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_settings()
        self._on_modes()
        self._on_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.strip.set_reply(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.travel.step(steps[key])
        else:
            super().keyPressEvent(event)

    def _on_changed(self) -> None:
        if not self.isVisible():
            return
        reply = self.travel.reply
        self._stack.setCurrentIndex(1 if reply is not None and len(reply) else 0)
        self.strip.set_reply(reply)
        self.plot.set_reply(reply)
        self._show_figures()
        self._on_moved()

    def _on_grown(self) -> None:
        if not self.isVisible():
            return
        self._stack.setCurrentIndex(1)
        self.strip.grow()
        self.plot.update()
        self._show_figures()

    def _on_modes(self) -> None:
        self.color_switch.setChecked(self.travel.colored)
        self._on_moved()

    def _on_moved(self) -> None:
        if not self.isVisible():
            return
        index, reply = self.travel.index, self.travel.reply
        self.strip.set_index(index, dimmed=self.travel.dimmed)
        self.plot.set_index(index)
        if reply is None or index < 0:
            self.token.set_text("")
            self.facts.set_text("")
            self.candidates.set_rows([])
        else:
            token = reply[index]
            self.token.set_text(token.label)
            self.facts.set_text(self._facts_of(index))
            shown = max(self._chat.settings.n_probs, 10)
            self.candidates.set_rows(rows_of(token, shown) if token.candidates else [])
        self._show_buttons()

    def _facts_of(self, index: int) -> str:
        reply = self.travel.reply
        token = reply[index] if reply is not None else None
        if token is None or math.isnan(token.logprob):
            return self.tr("Its probability is not on record.")
        return self.tr("p {p}  ·  rank {rank}  ·  H {bits} bits").format(
            p=share(token.p), rank=token.rank + 1, bits=decimal(token.entropy, 2)
        )

    def _show_figures(self) -> None:
        reply = self.travel.reply
        if reply is None or math.isnan(reply.perplexity):
            self.figures.set_text("")
            return
        text = self.tr("Perplexity {perplexity}  ·  mean entropy {bits} bits")
        self.figures.set_text(
            text.format(perplexity=decimal(reply.perplexity, 2), bits=decimal(reply.mean_entropy, 2))
        )

    def _show_settings(self) -> None:
        self.counts.set_current(str(min(COUNTS, key=lambda n: abs(n - self._chat.settings.n_probs))))
        self.cost.set_text(self.travel.costs.sentence("candidates"))
        self._show_buttons()

    def _show_buttons(self) -> None:
        travel, reply = self.travel, self.travel.reply
        index = travel.index
        token = reply[index] if reply is not None and index >= 0 else None
        has_candidates = token is not None and bool(token.candidates)
        current = self.candidates.current() if has_candidates else None
        walking = travel.walking
        self.candidates.setVisible(has_candidates)
        self.missing.setVisible(token is not None and not has_candidates)
        keeping = self._chat.settings.n_probs > 0
        if walking is not None:
            text = self.tr("Going through the reply: {percent} %").format(percent=round(walking * 100))
        elif keeping:
            text = self.tr("No candidates were kept with this token.")
        else:
            text = self.tr("No candidates were kept. Choose below how many to keep with replies to come.")
        self.missing.set_text(text)
        self.read.setVisible(token is not None and not has_candidates)
        self.read.setEnabled(travel.can_act and walking is None)
        self.take.setVisible(has_candidates)
        self.take.setEnabled(travel.can_act and current is not None and not current.taken)

    def _take_current(self) -> None:
        row = self.candidates.current()
        if row is not None and not row.taken:
            self.travel.take(row.id)
