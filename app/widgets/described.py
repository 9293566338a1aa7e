"""What assistive technology is told of widgets that paint themselves: their role, and a value in words."""

from collections.abc import Callable
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QWidget
from shiboken6 import Shiboken

_known: WeakKeyDictionary[QObject, tuple[QAccessible.Role, Callable[[], str]]] = WeakKeyDictionary()
_interfaces: list["DescribedInterface"] = []  # Qt deletes them with their widgets; Python must not before
_installed = False


def describe_as(widget: QWidget, role: QAccessible.Role, value: Callable[[], str] | None = None) -> None:
    """Give a widget a role. `value` says what it shows; without one the accessible description does.

    Name and description are those of the widget. Costs nothing where no assistive technology listens.
    """
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_make)
    _known[widget] = (role, value or widget.accessibleDescription)
    if QAccessible.isActive():
        # A screen reader may have been told of it already, e.g. by its name, and Qt keeps what it made then.
        QAccessible.deleteAccessibleInterface(
            QAccessible.uniqueId(QAccessible.queryAccessibleInterface(widget))
        )


def describe_plot(plot: QAbstractScrollArea) -> None:
    """A plot that takes the keyboard; the surface inside is not a control of its own."""
    describe_as(plot, QAccessible.Role.Chart)
    plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)


class DescribedInterface(QAccessibleWidget):
    """One widget."""

    def __init__(self, widget: QWidget, role: QAccessible.Role, value: Callable[[], str]) -> None:
        super().__init__(widget, role)
        self._value = value

    def text(self, kind: QAccessible.Text) -> str:
        """AT-SPI has no values in words: there the description says it."""
        if kind == QAccessible.Text.Value:
            return self._value()
        own = super().text(kind)
        return own or self._value() if kind == QAccessible.Text.Description else own


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if thing is None or not Shiboken.isValid(thing) or thing not in _known:
        return None
    role, value = _known[thing]
    interface = DescribedInterface(thing, role, value)  # type: ignore[arg-type]  # only widgets are known
    _interfaces.append(interface)
    return interface
