"""Loss and what goes with it over the steps, live; several runs lie over each other."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.bridge.background import Background
from app.models.runs import RunHistory, RunView
from app.panels.runs.smoothing import smoothed
from app.panels.runs.words import loss_text
from app.theme.theme import Theme
from app.widgets.legend import LegendEntry
from app.widgets.numbers import decimal, rate
from engine.protocol.finetune import TrainStep

if TYPE_CHECKING:
    from app.panels.runs.curve_plot import CurvePlot

ROLES = ("accent", "warn", "ok", "info", "error", "accent_text")
"""Colours of runs that are compared, in turn."""
_PACE_MS = 120
"""One plot is drawn in each of these: all of them at once would hold up the window."""


class Shown(NamedTuple):
    """A run on the plots."""

    view: RunView
    history: RunHistory


class _Kind(NamedTuple):
    """A small plot. `value` of a step; `write` of an axis and of the last value."""

    title: str
    value: Callable[[TrainStep], float]
    write: Callable[[float], str]
    from_zero: bool


class CurvesView(QWidget):
    """`show_runs` whenever there is something new; it draws at its own pace."""

    def __init__(self, background: Background, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background, self._theme = background, theme
        self._shown: Sequence[Shown] = ()
        self._kinds: list[_Kind] = []
        self._plots: list[CurvePlot] = []
        self._figures: tuple[str, ...] = ()
        self._due: list[int] = []
        self._legend: list[LegendEntry] = []
        self._pace = QTimer(self, interval=_PACE_MS)
        self._pace.timeout.connect(self._draw_next)
        self._head = QHBoxLayout()
        self._head.setSpacing(16)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        column.addLayout(self._head)
        column.addLayout(self._grid, 1)
        background.run(load_plots, lambda _nothing: self._build())

    @property
    def is_ready(self) -> bool:
        """Whether there is something to draw on."""
        return bool(self._plots)

    def show_runs(self, shown: Sequence[Shown]) -> None:
        """What is chosen, with everything it has told."""
        self._shown = shown
        self._show_legend()
        self._due = list(range(len(self._kinds) + 1))
        if self._plots and not self._pace.isActive():
            self._draw_next()
            self._pace.start()

    def _build(self) -> None:
        from app.panels.runs.curve_plot import CurvePlot  # noqa: PLC0415 - imported off this thread before

        self._kinds = [
            _Kind(self.tr("Learning rate"), lambda step: step.lr, _rate_text, True),
            _Kind(
                self.tr("Norm of the gradient"),
                lambda step: step.grad_norm,
                lambda value: f"{value:.3g}",
                True,
            ),
            _Kind(self.tr("Tokens per second"), lambda step: step.tokens_per_s, rate, True),
            _Kind(
                self.tr("Memory, GiB"),
                lambda step: step.rss_bytes / 2**30,
                lambda value: decimal(value, 2),
                True,
            ),
        ]
        loss = CurvePlot(self.tr("Loss, in nats a token"), lambda value: decimal(value, 2), self._theme)
        self._plots = [loss]
        self._grid.addWidget(loss, 0, 0, 1, 2)
        self._grid.setRowStretch(0, 4)
        for place, kind in enumerate(self._kinds):
            plot = CurvePlot(kind.title, kind.write, self._theme, from_zero=kind.from_zero)
            self._plots.append(plot)
            self._grid.addWidget(plot, 1 + place // 2, place % 2)
        for row in (1, 2):
            self._grid.setRowStretch(row, 3)
        self.show_runs(self._shown)

    def _draw_next(self) -> None:
        if not self._due:
            self._pace.stop()
            return
        place = self._due.pop(0)
        if place == 0:
            self._draw_loss()
        else:
            self._draw_kind(place)

    def _draw_loss(self) -> None:
        from app.panels.runs.curve_plot import Curve  # noqa: PLC0415

        curves: list[Curve] = []
        alone = len(self._shown) == 1
        for number, one in enumerate(self._shown):
            steps = one.history.ordered()
            role = ROLES[number % len(ROLES)]
            places, losses = [float(step.step) for step in steps], [step.loss for step in steps]
            smooth = smoothed(losses)
            if alone and smooth != losses:
                curves.append(Curve(places, losses, role, faint=True))
            curves.append(Curve(places, smooth, role))
            held_out = one.history.ordered_evaluations()
            if held_out:
                curves.append(
                    Curve(
                        [float(found.step) for found in held_out],
                        [found.held_out_loss for found in held_out],
                        "warn" if alone else role,
                        dots=True,
                    )
                )
        in_nats = all(one.view.recipe.objective in ("sft", "pretrain") for one in self._shown)
        self._plots[0].set_title(self.tr("Loss, in nats a token") if in_nats else self.tr("Loss"))
        self._plots[0].show_curves([curve for curve in curves if curve.steps], self._loss_words())

    def _draw_kind(self, place: int) -> None:
        from app.panels.runs.curve_plot import Curve  # noqa: PLC0415

        kind = self._kinds[place - 1]
        curves: list[Curve] = []
        value = ""
        for number, one in enumerate(self._shown):
            steps = one.history.ordered()
            if not steps:
                continue
            values = [kind.value(step) for step in steps]
            curves.append(Curve([float(step.step) for step in steps], values, ROLES[number % len(ROLES)]))
            value = value or kind.write(values[-1])
        self._plots[place].show_curves(curves, value)

    def _loss_words(self) -> str:
        if not self._shown:
            return ""
        history = self._shown[0].history
        last, held_out = history.last, history.last_evaluation
        parts = [loss_text(last.loss)] if last is not None else []
        if held_out is not None:
            parts.append(self.tr("held-out {loss}").format(loss=loss_text(held_out.held_out_loss)))
        return " · ".join(parts)

    def _show_legend(self) -> None:
        names = tuple(one.view.name for one in self._shown)
        roles: tuple[str, ...] = tuple(ROLES[number % len(ROLES)] for number in range(len(names)))
        if len(self._shown) == 1:
            names, roles = (self.tr("Training"), self.tr("Held-out rows")), ("accent", "warn")
        if names == self._figures:
            return
        self._figures = names
        while (item := self._head.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, role in zip(names, roles, strict=True):
            self._head.addWidget(LegendEntry(name, role, self._theme))
        self._head.addStretch(1)


def _rate_text(value: float) -> str:
    """0.00015, and 1.5e-06 only where there would be too many zeros."""
    if 0 < value < 1e-5:
        return f"{value:.2g}"
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def load_plots() -> None:
    """Import pyqtgraph (0.2 to 0.5 s), on a background thread."""
    if "pyqtgraph" not in sys.modules:
        import pyqtgraph  # noqa: F401, PLC0415
