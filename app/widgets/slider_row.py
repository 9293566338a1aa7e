"""One number of a panel: its name and value above, a slider below."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.number_field import NumberField
from app.widgets.text_label import TextLabel
from app.widgets.value_slider import ValueSlider
from app.widgets.warning_mark import WarningMark


class ResetLabel(TextLabel):
    """A name that a double click takes back to its default."""

    reset_requested = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_requested.emit()


class RowHead(QHBoxLayout):
    """Name and warning mark on the left, a control on the right."""

    def __init__(self, name: str, theme: Theme, control: QWidget | None = None) -> None:
        super().__init__()
        self.label = ResetLabel(name, theme)
        self.warning = WarningMark(theme)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(4)
        self.addWidget(self.label)
        self.addWidget(self.warning)
        self.addStretch(1)
        if control is not None:
            self.addWidget(control)
            self.label.setBuddy(control)


class SliderRow(QWidget):
    """Name, warning mark, number field, slider; also used under the name LabeledSlider.

    `slider_range` can be narrower than [minimum, maximum]: typing reaches the rest.
    `words` are shown instead of some values. `off_values` are muted; the slider gives the first one for all
    up to `off_at_most`.
    """

    number_changed = Signal(float)
    """By the user only: dragged, typed, stepped or reset."""

    def __init__(
        self,
        name: str,
        theme: Theme,
        *,
        minimum: float,
        maximum: float,
        step: float,
        decimals: int,
        default: float,
        neutral: float | None = None,
        slider_range: tuple[float, float] | None = None,
        off_values: Sequence[float] = (),
        off_at_most: float | None = None,
        words: Mapping[float, str] | None = None,
        tooltip: str = "",
        field_width: int = 58,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._default = default
        self._dormant = False
        self._off_values = tuple(off_values)
        self._off_at_most = off_at_most
        low, high = slider_range or (minimum, maximum)
        self.field = NumberField(
            name, theme, minimum=minimum, maximum=maximum, step=step, decimals=decimals, width=field_width
        )
        self.field.set_words(words or {})
        self.slider = ValueSlider(name, theme, minimum=low, maximum=high, step=step, neutral=neutral)
        self.setToolTip(tooltip)
        for part in (self.field, self.slider):
            part.setAccessibleDescription(tooltip)
        head = RowHead(name, theme, self.field)
        self.label, self.warning = head.label, head.warning
        self.label.reset_requested.connect(self.reset)
        self.field.number_changed.connect(self._from_field)
        self.slider.number_changed.connect(self._from_slider)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.slider)
        self.set_number(default)

    def number(self) -> float:
        return self.field.number()

    def set_number(self, number: float) -> None:
        """Show a value without emitting."""
        self.field.set_number(number)
        self.slider.set_number(number)
        self._mute()

    def reset(self) -> None:
        """Back to the default, as the user's doing."""
        if self.number() != self._default:
            self.set_number(self._default)
            self.number_changed.emit(self._default)

    def set_warning(self, reason: str) -> None:
        """Say why the value has no effect; empty when it has one."""
        self.warning.set_reason(reason)
        self._mute()

    def set_dormant(self, dormant: bool) -> None:
        """Grey while it does nothing because something else is off."""
        self._dormant = dormant
        self._mute()

    def _from_field(self, number: float) -> None:
        self.slider.set_number(number)
        self._mute()
        self.number_changed.emit(number)

    def _from_slider(self, number: float) -> None:
        self.field.set_number(self._off_values[0] if self._is_off(number) else round(number, 6))
        self._mute()
        self.number_changed.emit(self.field.number())

    def _is_off(self, number: float) -> bool:
        if self._off_at_most is not None and number <= self._off_at_most + 1e-9:
            return True
        return any(abs(number - value) < 1e-9 for value in self._off_values)

    def _mute(self) -> None:
        off = self._is_off(self.number())
        self.field.set_muted(off or self._dormant)
        self.slider.set_muted(off or self._dormant or self.warning.is_set())


LabeledSlider = SliderRow
