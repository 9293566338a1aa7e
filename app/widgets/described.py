"""What assistive technology is told beyond what Qt tells: roles and values of painted widgets, labels."""

from collections.abc import Callable
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QLabel, QWidget
from shiboken6 import Shiboken

_known: WeakKeyDictionary[QObject, Callable[[QWidget], QAccessibleInterface]] = WeakKeyDictionary()
_unlabelled: WeakSet[QObject] = WeakSet()
_interfaces: list[QAccessibleInterface] = []  # Qt deletes them with their widgets; Python must not before
_installed = False


def describe_as(widget: QWidget, role: QAccessible.Role, value: Callable[[], str] | None = None) -> None:
    """Give a widget a role. `value` says what it shows; without one the accessible description does.

    Name and description are those of the widget. Costs nothing where no assistive technology listens.
    """
    told = value or widget.accessibleDescription
    describe_with(widget, lambda thing: DescribedInterface(thing, role, told))


def describe_with(widget: QWidget, make: Callable[[QWidget], QAccessibleInterface]) -> None:
    """Let `make` say what is told of a widget, once somebody listens."""
    _install()
    _known[widget] = make
    _forget(widget)


def label_by_name(widget: QWidget) -> None:
    """For drop-downs. On Unix Qt tells their current choice where others tell their name, and relies on a
    label beside them (`QAccessibleComboBox::text`): one that nobody sees is made as soon as somebody
    listens.
    """
    _install()
    _forget(widget)
    _unlabelled.add(widget)


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


def _install() -> None:
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_make)


def _forget(widget: QWidget) -> None:
    """A screen reader may have been told of it already, e.g. by its name, and Qt keeps what it made then."""
    if QAccessible.isActive():
        QAccessible.deleteAccessibleInterface(
            QAccessible.uniqueId(QAccessible.queryAccessibleInterface(widget))
        )


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if thing is None or not Shiboken.isValid(thing):
        return None
    if thing in _unlabelled:
        _unlabelled.discard(thing)
        QTimer.singleShot(0, thing, lambda: _label(thing))
    if thing not in _known:
        return None
    interface = _known[thing](thing)  # type: ignore[arg-type]  # only widgets are known
    _interfaces.append(interface)
    return interface


def _label(widget: QObject) -> None:
    """Not while the tree is being read, which asked for it."""
    parent = widget.parent()
    if not isinstance(widget, QWidget) or not isinstance(parent, QWidget) or not widget.accessibleName():
        return
    siblings = parent.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if any(label.buddy() is widget for label in siblings):
        return
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(widget.accessibleName())
    label.setFixedSize(0, 0)
    label.setBuddy(widget)
    label.show()  # the bus tells of no label that is hidden
