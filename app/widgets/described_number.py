"""What assistive technology is told of a slider that counts steps: the number that they stand for."""

from typing import Any, Protocol

from PySide6.QtCore import QLocale
from PySide6.QtGui import QAccessible, QAccessibleValueInterface
from PySide6.QtWidgets import QAccessibleWidget, QSlider
from shiboken6.Shiboken import VoidPtr, getCppPointer


class NumberSlider(Protocol):
    """A slider of `app.widgets.value_slider`."""

    def number(self) -> float: ...
    def choose(self, number: float) -> None: ...
    def limits(self) -> tuple[float, float, float]: ...


class DescribedNumber(QAccessibleWidget):
    """Qt would tell the steps: 80 for a temperature of 0.8."""

    def __init__(self, slider: QSlider) -> None:
        super().__init__(slider, QAccessible.Role.Slider)
        self._slider = slider
        self._numbers = _Numbers(slider)  # type: ignore[arg-type]  # a QSlider with numbers

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """An address, which PySide wants wrapped; a bare number or None would be taken for one itself."""
        if kind == QAccessible.InterfaceType.ValueInterface:
            return VoidPtr(getCppPointer(self._numbers)[0])
        address: Any = super().interface_cast(kind)
        return VoidPtr(0) if address is None else address

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Value:
            return QLocale().toString(self._numbers.currentValue())
        return super().text(kind)


class _Numbers(QAccessibleValueInterface):
    def __init__(self, slider: NumberSlider) -> None:
        super().__init__()
        self._slider = slider

    def currentValue(self) -> float:
        return self._slider.number()

    def setCurrentValue(self, value: object) -> None:
        self._slider.choose(float(str(value)))

    def minimumValue(self) -> float:
        return self._slider.limits()[0]

    def maximumValue(self) -> float:
        return self._slider.limits()[1]

    def minimumStepSize(self) -> float:
        return self._slider.limits()[2]
