"""Everything can be reached and left with Tab, and where the keyboard is can be seen."""

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.app.access.conftest import PAGES, Start, Walk, visible

MOST_STEPS = 400


def stops(window: QWidget) -> set[QWidget]:
    """What Tab should reach: of a group of radio buttons one, the arrows do the rest."""
    found = {
        child
        for child in visible(window)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled() and child.focusProxy() is None
    }
    return {child for child in found if not _is_passed_over(child)}


def _is_passed_over(child: QWidget) -> bool:
    if not isinstance(child, QRadioButton):
        return False
    group: QButtonGroup | None = child.group()
    checked: QAbstractButton | None = group.checkedButton() if group is not None else None
    return checked is not None and checked is not child


def round_trip(window: QWidget, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab until the keyboard is back where it began."""
    first = window.focusWidget()
    assert first is not None
    seen: list[QWidget] = [first]
    for _ in range(MOST_STEPS):
        here = QApplication.focusWidget() or window.focusWidget()
        assert here is not None
        qtbot.keyClick(here, key)
        after = window.focusWidget()
        assert after is not None
        assert after is not here, f"Tab stays at {type(here).__name__} “{here.accessibleName()}”"
        if after is first:
            return seen
        seen.append(after)
    raise AssertionError("Tab does not come round")


@pytest.fixture
def walk(program: Start, qtbot: QtBot) -> Walk:
    walk = Walk(program("--fake-model"), qtbot)
    walk.window.activateWindow()
    return walk


def test_tab_goes_through_every_page_and_comes_round(walk: Walk, qtbot: QtBot) -> None:
    missed: dict[str, list[str]] = {}
    for page in PAGES:
        next(walk.page(page))
        walk.window.rail.mark.setFocus(Qt.FocusReason.TabFocusReason)
        reached = set(round_trip(walk.window, qtbot))
        left = stops(walk.window) - reached
        if left:
            missed[page] = sorted(f"{type(each).__name__} {each.accessibleName()!r}" for each in left)
    assert missed == {}, "\n".join(f"{page}: {left}" for page, left in missed.items())


def test_tab_goes_through_one_area_after_the_other(walk: Walk, qtbot: QtBot) -> None:
    """From left to right and down, however late a page and its parts were made."""
    window = walk.window
    area = window.regions.area
    areas = [window.rail, area("navigator"), area("centre"), area("bottom"), area("inspector")]
    areas.append(window.status_line)
    wrong: dict[str, list[int]] = {}
    for page in (*PAGES, *PAGES):
        next(walk.page(page))
        for key, order in ((Qt.Key.Key_Tab, 1), (Qt.Key.Key_Backtab, -1)):
            window.rail.mark.setFocus(Qt.FocusReason.TabFocusReason)
            way = round_trip(window, qtbot, key)[1:]
            places = [place for stop in way for place, one in enumerate(areas) if one.isAncestorOf(stop)]
            if sorted(places, reverse=order < 0) != places and page not in wrong:
                wrong[page] = places
    assert wrong == {}


def test_the_keyboard_can_be_seen(walk: Walk, qtbot: QtBot) -> None:
    """A control looks different while it has the keyboard."""
    unseen: dict[str, set[str]] = {}
    for page in PAGES:
        for where in walk.page(page):
            for widget in stops(walk.window):
                if widget.isVisible() and not _is_empty(widget) and _is_unseen(walk.window, widget):
                    kind = f"{type(widget).__module__}.{type(widget).__name__}"
                    unseen.setdefault(kind, set()).add(f"{where} {widget.accessibleName()!r}")
    assert unseen == {}, "\n".join(f"{kind}: {min(where)}" for kind, where in sorted(unseen.items()))


def _is_empty(widget: QWidget) -> bool:
    """A list that has no row has nothing to put a ring around."""
    return isinstance(widget, QAbstractItemView) and widget.model().rowCount(QModelIndex()) == 0


def _is_unseen(window: QWidget, widget: QWidget) -> bool:
    """Looked at twice: where a field is left, its page may be laid out anew meanwhile."""
    return _looks_the_same(window, widget) and _looks_the_same(window, widget)


def _looks_the_same(window: QWidget, widget: QWidget) -> bool:
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    without = _picture(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if window.focusWidget() is not widget:
        return False  # hands the keyboard on
    within = _picture(widget)
    widget.clearFocus()
    return without == within


def _picture(widget: QWidget) -> QImage:
    """The widget with what is painted around it by its parent."""
    parent = widget.parentWidget() or widget
    place = widget.geometry().adjusted(-3, -3, 3, 3) if parent is not widget else widget.rect()
    return parent.grab(QRect(place)).toImage()
