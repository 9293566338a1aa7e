"""Sliders that try other settings on the candidates of one token. No model is asked."""

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.panels.sampling import texts
from app.theme.theme import Theme
from app.widgets.slider_row import SliderRow
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.sampling.params import SamplingParams
from engine.sampling.specs import SPECS

NAMES = ("temperature", "top_k", "top_p", "min_p", "typical_p", "xtc_probability", "xtc_threshold")


class WhatIf(QWidget):
    """Starts from the settings under which the token was drawn."""

    changed = Signal(object)
    """`SamplingParams` to try."""
    keep_requested = Signal(object)
    """Use these settings for the replies to come."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = self._params = SamplingParams()
        self.setAccessibleName(self.tr("Try other settings"))
        self.rows: dict[str, SliderRow] = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(4)
        for name in NAMES:
            self.rows[name] = row = self._row(name, theme)
            column.addWidget(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        self.note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.back = TextButton(self.tr("As it was"), theme, kind="ghost", icon_name="rotate-ccw", height=24)
        self.keep = TextButton(self.tr("Use from now on"), theme, height=24)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(area, 1)
        outer.addLayout(buttons)
        self.back.clicked.connect(self._reset)
        self.keep.clicked.connect(lambda: self.keep_requested.emit(self._params))

    def _row(self, name: str, theme: Theme) -> SliderRow:
        spec = SPECS[name]
        row = SliderRow(
            texts.label(name),
            theme,
            minimum=spec.minimum,
            maximum=spec.maximum,
            step=spec.step,
            decimals=spec.decimals,
            default=float(getattr(self._own, name)),
            neutral=spec.neutral,
            slider_range=spec.slider,
            off_values=() if spec.neutral is None else (spec.neutral,),
            tooltip=texts.summary(name),
        )
        row.number_changed.connect(lambda number: self._set(name, number))
        return row

    @property
    def params(self) -> SamplingParams:
        return self._params

    @property
    def touched(self) -> bool:
        """Whether anything was moved."""
        return self._params != self._own

    def set_own(self, params: SamplingParams) -> None:
        """The settings of another reply; what was tried is forgotten."""
        if params != self._own:
            self._own = self._params = params
            self._show()

    def _set(self, name: str, number: float) -> None:
        value: float | int = round(number) if SPECS[name].kind == "int" else number
        self._params = replace(self._params, **{name: value})
        self._show_buttons()
        self.changed.emit(self._params)

    def _reset(self) -> None:
        self._params = self._own
        self._show()
        self.changed.emit(self._params)

    def _show(self) -> None:
        for name, row in self.rows.items():
            row.set_number(float(getattr(self._params, name)))
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.back.setEnabled(self.touched)
        self.keep.setEnabled(self.touched)
