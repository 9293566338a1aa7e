"""Held-out rows token by token: what the model finds hard, and what training has changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QSlider, QStackedWidget, QVBoxLayout, QWidget

from app.models.runs import RunHistory
from app.panels.tokens.chips_view import ChipsView
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.legend import LegendEntry
from app.widgets.numbers import decimal, whole
from app.widgets.painting import color
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.text_label import TextLabel
from engine.inspection.tokens import TokenRow
from engine.protocol.finetune import RowLosses

_HARD = 6.0
"""Nats that have the full colour."""
_CHANGED = 3.0
_STRONGEST = 0.55


class LossChips(ChipsView):
    """Red: improbable. As a change: green has become more probable, red less."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, theme, parent)
        self._losses: Sequence[float] = ()
        self._before: Sequence[float] | None = None
        self._counted: Sequence[bool] = ()

    def show_losses(self, row: RowLosses | None, before: RowLosses | None) -> None:
        """`before`: the same row earlier, to show the change; None shows the losses themselves."""
        self._losses = row.losses if row is not None else ()
        self._counted = row.counted if row is not None else ()
        self._before = before.losses if before is not None else None
        texts = row.tokens if row is not None else ()
        # The run keeps texts; ids would have to be asked for.
        self.set_rows(
            [TokenRow(place, 0, text.encode(), text, False, 0, 0) for place, text in enumerate(texts)]
        )

    def describe(self, index: int) -> str:
        text = self._rows[index].piece.decode("utf-8", "replace")
        loss = self.tr("“{text}” · {nats} nats").format(text=text, nats=decimal(self._losses[index], 2))
        if self._before is not None:
            change = self._losses[index] - self._before[index]
            loss += " · " + self.tr("before {nats}").format(nats=decimal(self._before[index], 2))
            loss += f" ({'+' if change > 0 else '−'}{decimal(abs(change), 2)})"
        return loss if self._counted[index] else loss + " · " + self.tr("only read")

    def chip_colors(self, index: int) -> tuple[QColor, QColor | None, QColor]:
        tokens = self._theme.tokens
        ink = color(tokens, "fg" if self._counted[index] else "fg2")
        border = color(tokens, "line2") if not self._counted[index] else None
        loss = self._losses[index]
        if self._before is None:
            share = min(max(loss, 0.0) / _HARD, 1.0)
            return color(tokens, "error", _STRONGEST * share), border, ink
        change = loss - self._before[index]
        share = min(abs(change) / _CHANGED, 1.0)
        return color(tokens, "error" if change > 0 else "ok", _STRONGEST * share), border, ink


class TokenLosses(QStackedWidget):
    """`show_history` whenever there is something new. A slider goes through the steps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: RunHistory | None = None
        self._steps: list[int] = []
        self._follows = True
        self.empty = EmptyState(
            "scan-text",
            self.tr("No rows yet"),
            self.tr(
                "The first held-out rows are looked at token by token with every evaluation. Keep some rows "
                "aside, and they appear here."
            ),
            theme,
        )
        self.row = Select(self.tr("Row"), (), theme)
        self.row.setFixedWidth(120)
        self.kind = SegmentedControl(
            self.tr("Colours"),
            (("loss", self.tr("Loss")), ("change", self.tr("Change since the start"))),
            theme,
        )
        self.kind.set_current("loss")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Step"))
        self._step = TextLabel("", theme, role="fg", tabular=True)
        self._mean = TextLabel("", theme, role="fg3", size="xs", tabular=True)
        self.chips = LossChips(self.tr("Tokens of the row"), theme)
        self._legend = {
            "loss": (LegendEntry(self.tr("improbable"), "error", theme),),
            "change": (
                LegendEntry(self.tr("more probable than before"), "ok", theme),
                LegendEntry(self.tr("less"), "error", theme),
            ),
        }
        self._lay_out()
        self.row.selected.connect(lambda _key: self._show())
        self.kind.selected.connect(lambda _key: self._show())
        self.slider.valueChanged.connect(self._slide)

    def show_history(self, history: RunHistory | None) -> None:
        """The newest step, unless the user has gone back to another one."""
        rows = sorted({place[1] for place in history.rows}) if history is not None else []
        self._history = history
        self.setCurrentIndex(1 if rows else 0)
        if not rows or history is None:
            return
        choices = [(str(row), self.tr("Row {number}").format(number=row + 1)) for row in rows]
        if [key for key, _ in choices] != [str(self.row.itemData(at)) for at in range(self.row.count())]:
            self.row.set_choices(choices)
        if not self.row.current():
            self.row.set_current(choices[0][0])
        self._steps = sorted({place[0] for place in history.rows})
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(self._steps) - 1)
        if self._follows:
            self.slider.setValue(len(self._steps) - 1)
        self.slider.blockSignals(False)
        self._show()

    def _slide(self, place: int) -> None:
        self._follows = place == len(self._steps) - 1
        self._show()

    def _show(self) -> None:
        if self._history is None or not self._steps or not self.row.current():
            return
        step, number = self._steps[self.slider.value()], int(self.row.current())
        row = self._history.rows.get((step, number))
        first = self._history.rows.get((self._steps[0], number))
        changed = self.kind.current() == "change"
        self.chips.show_losses(row, first if changed else None)
        self._step.set_text(
            self.tr("step {step}").format(step=whole(step)) if step else self.tr("before training")
        )
        if row is not None:
            counted = [loss for loss, one in zip(row.losses, row.counted, strict=True) if one]
            mean = sum(counted) / len(counted) if counted else 0.0
            text = self.tr("{nats} nats a token of the answer").format(nats=decimal(mean, 2))
            self._mean.set_text(text)
        for key, entries in self._legend.items():
            for entry in entries:
                entry.setVisible((key == "change") == changed)

    def _lay_out(self) -> None:
        body = QWidget()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.row)
        head.addWidget(self.kind)
        head.addWidget(self.slider, 1)
        head.addWidget(self._step)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        for entries in self._legend.values():
            for entry in entries:
                foot.addWidget(entry)
        foot.addStretch(1)
        foot.addWidget(self._mean)
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.chips, 1)
        column.addLayout(foot)
        self.addWidget(self.empty)
        self.addWidget(body)
