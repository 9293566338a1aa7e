"""One adapter: a switch, its name, and how strongly it acts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n.errors import describe
from app.models.adapter_rows import AdapterRow
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.number_field import NumberField
from app.widgets.painting import MEDIUM
from app.widgets.switch import Switch
from app.widgets.text_label import TextLabel
from app.widgets.value_slider import ValueSlider
from engine.protocol.adapters import MAX_ADAPTER_SCALE

_FULL = 1.0
_SLIDER_END = 2.0
_STEP = 0.05


class AdapterRowView(QWidget):
    """Off and on keep the strength; the slider at 0 is off, moving it away is on."""

    scale_changed = Signal(str, float)
    """By the user only; 0 for off."""
    removed = Signal(str)

    def __init__(self, row: AdapterRow, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        named = self.tr("Strength of {name}").format(name=row.name)
        self.switch = Switch(row.name, theme)
        self.name = TextLabel(row.name, theme, role="fg", weight=MEDIUM, elide=True)
        self.name.setToolTip(row.path)
        self.field = NumberField(
            named, theme, minimum=-MAX_ADAPTER_SCALE, maximum=MAX_ADAPTER_SCALE, step=_STEP, decimals=2
        )
        self.slider = ValueSlider(named, theme, minimum=0, maximum=_SLIDER_END, step=_STEP, neutral=_FULL)
        self.slider.setToolTip(
            self.tr("0 leaves the model as it is, 1 is the adapter as it was trained, more exaggerates it.")
        )
        remove = self.tr("Take {name} out of this chat").format(name=row.name)
        self.remove = IconButton("x", remove, theme, size=24, icon_size=14)
        self.problem = TextLabel("", theme, role="error", size="xs", wrap=True)
        self.switch.toggled.connect(self._on_switch)
        self.field.number_changed.connect(self._on_number)
        self.slider.number_changed.connect(self._on_number)
        self.remove.clicked.connect(lambda: self.removed.emit(self.row.path))
        self._lay_out()
        self._kept = _FULL
        self.set_scale(0.0)

    def set_scale(self, scale: float) -> None:
        """Show it without emitting."""
        if scale != 0:
            self._kept = scale
        blocked = self.switch.blockSignals(True)
        self.switch.setChecked(scale != 0)
        self.switch.blockSignals(blocked)
        self.switch.sync()
        shown = scale if scale != 0 or self.slider.isSliderDown() else self._kept
        self.field.set_number(shown)
        self.slider.set_number(shown)
        for part in (self.field, self.slider):
            part.set_muted(scale == 0)

    def scale(self) -> float:
        """As it acts: 0 for off."""
        return self.field.number() if self.switch.isChecked() else 0.0

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.switch)
        head.addWidget(self.name, 1)
        head.addWidget(self.field)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.slider)
        column.addWidget(self.problem)
        error = self.row.error
        if error is not None:
            self.problem.set_text(describe(error).message)
        self.problem.setVisible(error is not None)
        self.remove.setVisible(error is not None)
        for part in (self.field, self.slider):
            part.setVisible(error is None)
        self.switch.setVisible(error is None)

    def _on_switch(self, on: bool) -> None:
        scale = self._kept if on else 0.0
        self.set_scale(scale)
        self.scale_changed.emit(self.row.path, scale)

    def _on_number(self, number: float) -> None:
        number = round(number, 4)
        if number != 0:
            self._kept = number
        else:
            self._kept = _FULL
        self.set_scale(number)
        self.scale_changed.emit(self.row.path, number)
