"""Buttons that carry out commands."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton


def bind(button: QAbstractButton, action: QAction) -> None:
    """Make a button follow an action: click, check mark, enabled state, tooltip with the key, name."""

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setCheckable(action.isCheckable())
        button.setChecked(action.isChecked())
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())

    def carry_out() -> None:
        action.trigger()
        follow()

    action.changed.connect(follow)
    button.clicked.connect(carry_out)
    follow()
