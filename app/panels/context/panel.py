"""How full the context is, and what happens when it is full."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.context.budget import Budget, Warned, budget_of
from app.theme.theme import Theme
from app.widgets.legend import LegendEntry
from app.widgets.meter import Meter
from app.widgets.numbers import whole
from app.widgets.section import SectionHeader
from app.widgets.text_label import TextLabel
from engine.protocol.values import OverflowPolicy, PromptReport


class ContextPanel(QWidget):
    """`set_report` with each `PromptReady`, `set_reply_tokens` while a reply grows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Context"))
        self._report: PromptReport | None = None
        self._policy: OverflowPolicy = "drop_oldest"
        self._reply_tokens = 0
        self._header = SectionHeader(self.tr("Context"), theme)
        self.meter = Meter(self.tr("Use of the context"), theme)
        self._system = LegendEntry(self.tr("System"), "info", theme)
        self._history = LegendEntry(self.tr("Chat"), "accent", theme)
        self._reply = LegendEntry(self.tr("Reply"), "ok", theme)
        self._template = LegendEntry(self.tr("Template"), "fg3", theme)
        legend = QHBoxLayout()
        legend.setSpacing(12)
        for entry in (self._system, self._history, self._reply, self._template):
            legend.addWidget(entry)
        legend.addStretch(1)
        self.warning = TextLabel("", theme, role="warn", size="xs", wrap=True)
        self.warning.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(9)
        column.addWidget(self._header)
        column.addWidget(self.meter)
        column.addLayout(legend)
        column.addWidget(self.warning)
        self._refresh()

    def set_report(self, report: PromptReport | None) -> None:
        """What the prompt is made of; None when no model is loaded."""
        self._report = report
        self._reply_tokens = 0
        self._refresh()

    def set_reply_tokens(self, tokens: int) -> None:
        """Tokens of the reply so far."""
        self._reply_tokens = tokens
        self._refresh()

    def set_policy(self, policy: OverflowPolicy) -> None:
        """What happens when the context is full."""
        self._policy = policy
        self._refresh()

    def budget(self) -> Budget | None:
        return None if self._report is None else budget_of(self._report, self._reply_tokens)

    def _refresh(self) -> None:
        budget = self.budget()
        if budget is None:
            self._header.set_note("–")
            self.meter.set_parts(())
            self.warning.hide()
            return
        used, size = whole(budget.used), whole(budget.size) if budget.size > 0 else self.tr("unknown")
        self._header.set_note(f"{used} / {size}")
        self._header.note.set_role("warn" if budget.warned else "fg3")
        self.meter.set_parts(budget.shares())
        self.meter.setAccessibleDescription(self.tr("{used} of {size} tokens").format(used=used, size=size))
        self._system.set_count(budget.system)
        self._history.set_count(budget.history)
        self._reply.set_count(budget.reply)
        self._template.set_count(budget.template)
        self._template.setVisible(budget.template > 0.02 * budget.size)
        self.warning.set_text(self._warning_text(budget))
        self.warning.setVisible(budget.warned is not None)

    def _warning_text(self, budget: Budget) -> str:
        match budget.warned:
            case Warned.DROPPED:
                return self.tr("Messages left out because they no longer fit: {count}").format(
                    count=whole(budget.dropped)
                )
            case Warned.FULL:
                return self._full_text()
            case Warned.CLOSE:
                left = self.tr("Tokens left: {count}.").format(count=whole(max(0, budget.left)))
                return f"{left} {self._full_text()}"
        return ""

    def _full_text(self) -> str:
        return {
            "stop": self.tr("When the context is full, the reply stops."),
            "drop_oldest": self.tr("When the context is full, the oldest turns are left out."),
            "keep_ends": self.tr("When the context is full, turns in the middle are left out."),
        }[self._policy]
