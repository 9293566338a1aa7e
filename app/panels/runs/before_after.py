"""Base and tuned model side by side: the same prompts, the same seed, and where they disagree."""

import math
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from app.models.runs import RunView
from app.panels.stack import PanelStack
from app.theme.theme import Theme
from app.widgets.legend import LegendEntry
from app.widgets.meter import Meter
from app.widgets.number_field import NumberField
from app.widgets.numbers import decimal
from app.widgets.painting import SEMIBOLD, color, text_font
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextArea
from app.widgets.text_label import TextLabel
from engine.protocol.finetune import AskRunJob, RunAnswered

_MOST_SEED = 2**31 - 1
_FULL = 4.0
"""Nats by which the other model finds a token less probable, for the full colour."""
_STRONGEST = 0.5


class AnswerText(QTextEdit):
    """An answer as it reads; a token stands out where the other model would not have written it."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer: RunAnswered | None = None
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        theme.changed.connect(self._show)
        self._show()

    def show_answer(self, answer: RunAnswered | None) -> None:
        self._answer = answer
        self._show()

    def _show(self) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "m")
        self.setStyleSheet(f"QTextEdit{{background:transparent;border:0;color:{tokens.fg};}}")
        self.setFont(font)
        self.clear()
        if self._answer is None:
            return
        cursor = QTextCursor(self.document())
        others = self._answer.other or (None,) * len(self._answer.tokens)
        for text, own, other in zip(self._answer.tokens, self._answer.losses, others, strict=True):
            form = QTextCharFormat()
            form.setFont(font)
            form.setForeground(color(tokens, "fg"))
            surprise = 0.0 if other is None else max(0.0, other - own)
            share = min(surprise / _FULL, 1.0)
            if share > 0.1:
                form.setBackground(
                    color(tokens, "ok" if self._answer.tuned else "warn", _STRONGEST * math.sqrt(share))
                )
                told = self.tr("{own} nats here, {other} in the other model")
                form.setToolTip(told.format(own=decimal(own, 2), other=decimal(other or 0.0, 2)))
            cursor.insertText(text, form)

    def _fit(self) -> None:
        self.setFixedHeight(max(24, math.ceil(self.document().size().height()) + 4))


class PromptCard(QFrame):
    """A prompt with both answers."""

    def __init__(self, prompt: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.base = AnswerText(self.tr("Answer of the base"), theme)
        self.tuned = AnswerText(self.tr("Answer after training"), theme)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        titles = ((self.tr("Base"), self.base), (self.tr("After training"), self.tuned))
        for column, (title, text) in enumerate(titles):
            grid.setColumnStretch(column, 1)
            grid.addWidget(TextLabel(title, theme, role="fg3", size="xs"), 0, column)
            grid.addWidget(text, 1, column, Qt.AlignmentFlag.AlignTop)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(16, 12, 16, 14)
        column_.setSpacing(10)
        column_.addWidget(TextLabel(prompt, theme, role="fg", weight=SEMIBOLD, wrap=True))
        column_.addLayout(grid)


class BeforeAfter(QWidget):
    """Asks by its signals; `show_answer` takes what comes."""

    asked = Signal(object)
    """`AskRunJob` without its home and base."""
    cancelled = Signal()
    compare_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: RunView | None = None
        self._cards: list[PromptCard] = []
        self.prompts = TextArea(
            self.tr("Prompts"), theme, placeholder=self.tr("One prompt a line"), min_lines=2, max_lines=5
        )
        self.temperature = NumberField(
            self.tr("Temperature"), theme, minimum=0, maximum=2, step=0.1, decimals=2, width=60, framed=True
        )
        self.seed = NumberField(self.tr("Seed"), theme, minimum=0, maximum=_MOST_SEED, width=72, framed=True)
        self.length = NumberField(
            self.tr("Longest answer, in tokens"), theme, minimum=1, maximum=2048, width=60, framed=True
        )
        self.length.set_number(96)
        self.ask = TextButton(self.tr("Ask both"), theme, kind="primary", icon_name="columns-2")
        self.stop = TextButton(self.tr("Cancel"), theme, icon_name="circle-stop")
        self.compare = TextButton(self.tr("Compare on a whole text…"), theme, icon_name="git-compare")
        self.compare.setToolTip(
            self.tr("Writes the tuned model as a GGUF and compares it with the base token by token")
        )
        self.meter = Meter(self.tr("Progress"), theme, height=4)
        self._perplexity = TextLabel("", theme, role="fg", tabular=True, wrap=True)
        self._state = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._lay_out()
        self.stop.hide()
        self.meter.hide()
        self.ask.clicked.connect(self._ask)
        self.stop.clicked.connect(self.cancelled)
        self.compare.clicked.connect(self.compare_requested)

    def show_run(self, view: RunView | None) -> None:
        """Another run, or another state of it."""
        fresh = view is not None and (self._view is None or view.id != self._view.id)
        self._view = view
        if view is None:
            return
        if fresh:
            self._forget()
            self.prompts.set_text("\n".join(view.recipe.probe.prompts))
            self.set_busy(False)
        can_ask = view.has_result and view.recipe.objective != "reward"
        self.ask.setEnabled(can_ask)
        self.compare.setEnabled(can_ask)
        self._perplexity.set_text(self._perplexity_words(view))
        if not can_ask:
            self._state.set_text(
                self.tr("A reward model writes no answers.")
                if view.recipe.objective == "reward"
                else self.tr("There is something to compare once the run has ended.")
            )
        elif fresh:
            self._state.set_text(
                self.tr("Both answer in full precision on the processor, one after the other.")
            )

    def set_busy(self, busy: bool, share: float = 0.0) -> None:
        """While answers come."""
        if busy and self.ask.hasFocus():
            self.stop.show()
            self.stop.setFocus()
        self.ask.setVisible(not busy)
        self.stop.setVisible(busy)
        self.meter.setVisible(busy)
        self.meter.set_parts(((share, "accent"),))

    def show_answer(self, answer: RunAnswered) -> None:
        if answer.index < len(self._cards):
            card = self._cards[answer.index]
            (card.tuned if answer.tuned else card.base).show_answer(answer)

    def show_problem(self, text: str) -> None:
        self._state.set_text(text)

    def _ask(self) -> None:
        prompts = [one.strip() for one in self.prompts.text().splitlines() if one.strip()]
        if self._view is None or not prompts:
            self.prompts.setFocus()
            return
        self._show_prompts(prompts)
        self._state.set_text("")
        self.asked.emit(
            AskRunJob(
                "",
                self._view.id,
                tuple(prompts),
                seed=round(self.seed.number()),
                temperature=self.temperature.number(),
                max_new_tokens=round(self.length.number()),
            )
        )

    def _show_prompts(self, prompts: Sequence[str]) -> None:
        self._forget()
        for prompt in prompts:
            card = PromptCard(prompt, self._theme)
            self._cards.append(card)
            self._answers.insertWidget(self._answers.count() - 1, card)
        self._legend.setVisible(bool(prompts))

    def _forget(self) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []
        self._legend.hide()

    def _perplexity_words(self, view: RunView) -> str:
        first, last = view.summary.first_held_out_loss, view.summary.held_out_loss
        if first < 0 or last < 0 or view.recipe.objective not in ("sft", "pretrain"):
            return self.tr("Perplexity on held-out rows was not measured.")
        text = self.tr("Perplexity on held-out rows: {before} before, {after} after (loss {first} → {last})")
        return text.format(
            before=decimal(math.exp(min(first, 50.0)), 2),
            after=decimal(math.exp(min(last, 50.0)), 2),
            first=decimal(first, 3),
            last=decimal(last, 3),
        )

    def _lay_out(self) -> None:
        theme = self._theme
        fields = QHBoxLayout()
        fields.setSpacing(8)
        for text, field in (
            (self.tr("Temperature"), self.temperature),
            (self.tr("Seed"), self.seed),
            (self.tr("Longest answer"), self.length),
        ):
            label = TextLabel(text, theme)
            label.setBuddy(field)
            fields.addWidget(label)
            fields.addWidget(field)
            fields.addSpacing(8)
        fields.addStretch(1)
        fields.addWidget(self.ask)
        fields.addWidget(self.stop)
        self._legend = QWidget()
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(16)
        legend.addWidget(LegendEntry(self.tr("what only the base would write"), "warn", theme))
        legend.addWidget(LegendEntry(self.tr("what only the tuned model would write"), "ok", theme))
        legend.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._perplexity, 1)
        top.addWidget(self.compare)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.prompts)
        column.addLayout(fields)
        column.addWidget(self.meter)
        column.addWidget(self._state)
        column.addWidget(self._legend)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(12)
        self._answers.addStretch(1)
        column.addLayout(self._answers, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(PanelStack((body,), theme))
        self._forget()
