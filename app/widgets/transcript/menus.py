"""Menus of the transcript."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.theme.icons import icon
from app.widgets.transcript.actions import ICONS, MENU, action_name
from app.widgets.transcript.code_item import CodeItem

if TYPE_CHECKING:
    from app.widgets.transcript.pointer import Hit
    from app.widgets.transcript.view import TranscriptView


def message_menu(view: "TranscriptView", index: int) -> QMenu:
    """What can be done with one message."""
    menu = _new_menu(view)
    add_actions(menu, view, index)
    return menu


def context_menu(view: "TranscriptView", hit: "Hit | None") -> QMenu:
    """What can be done with what is under the mouse."""
    menu = _new_menu(view)
    copy = menu.addAction(QCoreApplication.translate("Transcript", "Copy selection"))
    copy.setEnabled(not view.selection.is_empty)
    copy.triggered.connect(view.copy)
    if hit is not None and hit.span is not None and hit.span.href:
        href = hit.span.href
        text = QCoreApplication.translate("Transcript", "Copy link address")
        menu.addAction(text).triggered.connect(lambda: QGuiApplication.clipboard().setText(href))
    if hit is not None and isinstance(hit.item, CodeItem):
        item = hit.item
        text = QCoreApplication.translate("Transcript", "Copy code")
        menu.addAction(text).triggered.connect(lambda: view.copy_code(item))
    menu.addAction(QCoreApplication.translate("Transcript", "Select all")).triggered.connect(view.select_all)
    if hit is not None:
        menu.addSeparator()
        add_actions(menu, view, hit.index)
    return menu


def add_actions(menu: QMenu, view: "TranscriptView", index: int) -> None:
    """Entries for a message."""
    for name in MENU[view.column.entries[index].message.role]:
        if not name:
            menu.addSeparator()
            continue
        action = menu.addAction(icon(ICONS[name]), action_name(name))
        action.triggered.connect(lambda _checked=False, name=name: view.request(name, index))


def _new_menu(view: "TranscriptView") -> QMenu:
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
