"""Where the Tab key goes from widgets that are made after those that stand below them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_TAB = Qt.FocusPolicy.TabFocus


def insert_after(before: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab go from `before` through `widgets` and what is in them, then on as it went.

    Qt puts a widget that is made late behind everything in its window. Call this right after the widgets were
    made, while each of them is one stretch of Qt's chain.
    """
    for widget in widgets:
        before = _insert(before, widget)


def _insert(before: QWidget, widget: QWidget) -> QWidget:
    """Where the chain goes on."""
    if widget.window() is not before.window():
        return before  # the list of a drop-down, a menu
    part = widget.focusProxy()
    if part is not None and widget.isAncestorOf(part):
        _move(before, widget)
        _bring_viewports(widget)
        return _last_part(widget) or before
    if widget.focusPolicy() & _TAB:
        QWidget.setTabOrder(before, widget)
        before = widget
    for child in widget.children():
        if isinstance(child, QWidget):
            before = _insert(before, child)
    return before


def _move(before: QWidget, widget: QWidget) -> None:
    """A widget that hands the focus on to a part of itself moves with everything in it.

    Its parts alone would leave it behind as a second entrance: from the end of the window Tab would come
    back to it. Qt moves only what takes the focus, so it does for the moment; and a policy goes on to the
    part.
    """
    chain = [widget]
    while (part := chain[-1].focusProxy()) is not None:
        chain.append(part)
    policies = [each.focusPolicy() for each in chain]
    widget.setFocusPolicy(_TAB)
    QWidget.setTabOrder(before, widget)
    for each, policy in zip(chain, policies, strict=True):
        each.setFocusPolicy(policy)


def _bring_viewports(widget: QWidget) -> None:
    """The viewport of an area hands the focus back to it. Qt leaves it behind, yet goes on from there."""
    for each in widget.findChildren(QWidget):
        area = each.focusProxy()
        if area is not None and area.isAncestorOf(each):
            _move(area, each)


def _last_part(widget: QWidget) -> QWidget | None:
    last, each = None, widget.nextInFocusChain()
    while each is not None and widget.isAncestorOf(each):
        if each.focusPolicy() & _TAB:
            last = each
        each = each.nextInFocusChain()
    return last
