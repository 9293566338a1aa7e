"""What a screen reader gets: every control has a name, a role, and a value where it has one."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from tests.app.access.conftest import PAGES, Start, Walk, visible

Role = QAccessible.Role
NO_ROLE = {Role.NoRole, Role.Client, Role.Pane, Role.Grouping, Role.Border, Role.Whitespace}
MOST_COLUMNS = 8
WITH_VALUE = {Role.Slider, Role.SpinBox, Role.ProgressBar, Role.ComboBox, Role.Dial}


def described(widget: QWidget) -> list[str]:
    """What is wrong with what assistive technology is told about a control."""
    found: Any = QAccessible.queryAccessibleInterface(widget)
    if found is None or not found.isValid():
        return ["is not told at all"]
    wrong = []
    if not found.text(QAccessible.Text.Name).strip():
        wrong.append("no name")
    if found.role() in NO_ROLE:
        wrong.append(f"role {found.role().name}")
    nothing_chosen = isinstance(widget, QComboBox) and widget.currentIndex() < 0
    if found.role() in WITH_VALUE and not nothing_chosen and not _has_value(found):
        wrong.append("no value")
    if not found.state().focusable:
        wrong.append("not focusable")
    return wrong


def _has_value(found: Any) -> bool:
    return bool(found.text(QAccessible.Text.Value)) or found.valueInterface() is not None


def reaches_the_window(widget: QWidget) -> bool:
    """Whether a walk up the accessible tree ends at the window."""
    here: Any = QAccessible.queryAccessibleInterface(widget)
    for _ in range(60):
        if here is None or not here.isValid():
            return False
        if here.object() is widget.window():
            return True
        here = here.parent()
    return False


def problems(window: QWidget) -> set[str]:
    found: set[str] = set()
    for widget in visible(window):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
            continue
        wrong = described(widget)
        if not reaches_the_window(widget):
            wrong.append("outside the tree")
        if wrong:
            kind = type(widget)
            inside = type(widget.parentWidget()).__name__
            name = f"{kind.__module__}.{kind.__name__} {widget.accessibleName()!r} in {inside}"
            found.add(f"{name}: {', '.join(wrong)}")
    return found


@pytest.fixture
def walk(program: Start, qtbot: QtBot) -> Walk:
    return Walk(program("--fake-model"), qtbot)


def test_every_control_of_every_page_is_told(walk: Walk) -> None:
    walk.say("Why is the sky blue?")
    wrong: dict[str, str] = {}
    controls = 0
    for page in PAGES:
        for where in walk.page(page):
            controls += sum(child.focusPolicy() != Qt.FocusPolicy.NoFocus for child in visible(walk.window))
            for found in problems(walk.window):
                wrong.setdefault(found, where)
    assert controls > 600
    assert wrong == {}, "\n".join(f"{found} ({where})" for found, where in sorted(wrong.items()))


def test_lists_tell_their_rows(walk: Walk) -> None:
    """Rows of lists and tables that are painted by hand have texts all the same."""
    silent: set[str] = set()
    for page in PAGES:
        for where in walk.page(page):
            for view in walk.window.findChildren(QAbstractItemView):
                model = view.model()
                if not view.isVisible() or model.rowCount(QModelIndex()) == 0:
                    continue
                columns = view.header().count() if isinstance(view, QTreeView) else MOST_COLUMNS
                texts = [_told(model.index(0, column)) for column in range(columns)]
                if not any(texts):
                    silent.add(f"{where}: {type(view).__name__}")
    assert silent == set()


def _told(index: QModelIndex) -> str:
    spoken: object = index.data(Qt.ItemDataRole.AccessibleTextRole)
    shown: object = index.data(Qt.ItemDataRole.DisplayRole)
    return f"{spoken or ''}{shown or ''}"
