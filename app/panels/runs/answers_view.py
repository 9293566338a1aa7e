"""What the model answers to the same questions as it learns, and how far it drifts from its first answers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.runs import RunHistory
from app.panels.stack import PanelStack
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.numbers import decimal, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.sparkline import Sparkline
from app.widgets.text_label import TextLabel
from engine.protocol.finetune import ProbeAnswered

_SHOWN = 12
"""Answers of one question: the first, and the newest ones."""


class ProbeCard(QFrame):
    """One question: a curve of the drift, and answers by step, the newest first."""

    def __init__(self, answers: Sequence[ProbeAnswered], theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        last = answers[-1]
        curve = Sparkline(self.tr("Drift from its first answer"), theme, role="accent", fill=False)
        curve.setFixedSize(96, 20)
        drifts = [-one.drift for one in answers]
        curve.set_values([max(0.0, value) for value in drifts])
        title = TextLabel(last.prompt, theme, role="fg", weight=SEMIBOLD, wrap=True)
        drift = TextLabel(
            self.tr("drift {nats} nats a token").format(nats=_signed(last.drift)),
            theme,
            role="fg3",
            size="xs",
            tabular=True,
        )
        drift.setToolTip(
            self.tr("How much more probable, on average, the tokens of its first answer have become since.")
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title, 1)
        head.addWidget(curve, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(drift, 0, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 64)
        grid.setColumnStretch(1, 1)
        shown = list(answers) if len(answers) <= _SHOWN else [answers[0], *answers[-_SHOWN + 1 :]]
        top = Qt.AlignmentFlag.AlignTop
        for row, one in enumerate(reversed(shown)):
            step = self.tr("step {step}").format(step=whole(one.step)) if one.step else self.tr("before")
            grid.addWidget(TextLabel(step, theme, role="fg3", size="xs", tabular=True), row, 0, top)
            text = " ".join(one.answer.split()) or self.tr("(nothing)")
            answer = TextLabel(text, theme, role="fg" if row == 0 else "fg2", wrap=True)
            answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(answer, row, 1)
            mean = TextLabel(decimal(one.log_prob, 2), theme, role="fg3", size="xs", tabular=True)
            mean.setToolTip(self.tr("Mean log probability of the tokens of this answer"))
            grid.addWidget(mean, row, 2, top | Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(grid)


class AnswersView(QStackedWidget):
    """`show_history` whenever there is something new."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._seen: tuple[object, ...] = ()
        self.empty = EmptyState(
            "message-circle",
            self.tr("No questions yet"),
            self.tr(
                "Questions in the recipe are answered before training and with every evaluation, so that you "
                "can read how the model changes."
            ),
            theme,
        )
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(12)
        self.addWidget(self.empty)
        self.addWidget(PanelStack((self._body,), theme))

    def show_history(self, history: RunHistory | None) -> None:
        """All questions, each with its answers."""
        by_prompt: dict[int, list[ProbeAnswered]] = {}
        if history is not None:
            for place in sorted(history.probes):
                by_prompt.setdefault(place[1], []).append(history.probes[place])
        seen = tuple((index, *answers) for index, answers in by_prompt.items())
        if seen == self._seen and seen:
            return
        self._seen = seen
        self.setCurrentIndex(1 if by_prompt else 0)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index in sorted(by_prompt):
            self._column.addWidget(ProbeCard(by_prompt[index], self._theme))
        self._column.addStretch(1)


def _signed(value: float) -> str:
    return ("+" if value > 0 else "−" if value < 0 else "") + decimal(abs(value), 2)
