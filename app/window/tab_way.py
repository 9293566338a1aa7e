"""Where Tab goes in the window: as one reads, from left to right and down, one panel after the other."""

from collections.abc import Iterator
from functools import cmp_to_key

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def go_to_next(window: QWidget, *, forwards: bool) -> bool:
    """For `focusNextPrevChild` of what Tab does not leave: the whole window, or a part that lies over it."""
    stop = _next_stop(window, forwards=forwards)
    if stop is not None:
        stop.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
    return stop is not None


def _next_stop(window: QWidget, *, forwards: bool) -> QWidget | None:
    """The control after the one that has the keyboard, or before it; None where there is no other.

    Qt goes by when controls were made. Pages and their parts are made when they are first seen, so that its
    way would lead from a list to the status line, and to the page last.
    """
    focused: QWidget | None = window.focusWidget()
    order = [*_read(window, focused)]
    if not forwards:
        order.reverse()
    if focused is None or focused not in order:
        return order[0] if order else None
    found = order[(order.index(focused) + 1) % len(order)]
    return found if found is not focused else None


def _read(parent: QWidget, focused: QWidget | None) -> Iterator[QWidget]:
    """What takes the keyboard by Tab, and what has it, in order. Only what can be seen is looked at."""
    inside = parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    shown = [child for child in inside if child.isVisible() and not child.isWindow()]
    if len(shown) > 1:
        shown.sort(key=cmp_to_key(_before))
    for child in shown:
        if child is focused or _takes_tab(child):
            yield child
        yield from _read(child, focused)


def _before(one: QWidget, other: QWidget) -> int:
    """Negative where `one` is read first: it stands above, or further left beside the other."""
    first, second = one.geometry(), other.geometry()
    if first.bottom() < second.top():
        return -1
    if second.bottom() < first.top():
        return 1
    return first.left() - second.left() or first.top() - second.top()


def _takes_tab(widget: QWidget) -> bool:
    every = QGuiApplication.styleHints().tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls
    wanted = Qt.FocusPolicy.TabFocus if every else Qt.FocusPolicy.StrongFocus
    return widget.focusPolicy() & wanted == wanted and widget.focusProxy() is None and widget.isEnabled()
