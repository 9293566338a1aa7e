"""The transcript for screen readers: a list with one item a message.

Items are made when they are asked for: nothing is spent where no assistive technology listens.
"""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

if TYPE_CHECKING:
    from app.widgets.transcript.view import TranscriptView

_interfaces: list["TranscriptInterface"] = []  # Qt deletes them at the end; until then nobody else may
_installed = False
NOTHING = cast(QAccessibleInterface, None)  # Qt expects a null pointer, its annotations do not tell


def install() -> None:
    """Let Qt find the interface of transcripts. Does nothing the second time."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_make)


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if thing is None or not Shiboken.isValid(thing) or not thing.inherits("TranscriptView"):
        return None
    interface = TranscriptInterface(thing)  # type: ignore[arg-type]  # `inherits` checked it
    _interfaces.append(interface)
    return interface


class TranscriptInterface(QAccessibleWidget):
    """The list."""

    def __init__(self, view: "TranscriptView") -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self._view = view
        self._children: dict[str, MessageInterface] = {}

    def childCount(self) -> int:
        return len(self._view.column)

    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < len(self._view.column):
            return NOTHING
        message_id = self._view.column.entries[index].message.id
        found = self._children.get(message_id)
        if found is None:
            found = self._children[message_id] = MessageInterface(self._view, message_id)
        return found

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        for message_id, known in self._children.items():
            if known is child:
                index = self._view.column.index_of(message_id)
                return -1 if index is None else index
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        for index, _, _ in self._view.visible():
            if _screen_rect(self._view, index).contains(x, y):
                return self.child(index)
        return NOTHING

    def focusChild(self) -> QAccessibleInterface:
        return NOTHING if self._view.focused is None else self.child(self._view.focused)


class MessageInterface(QAccessibleInterface):
    """One message: who wrote it and what it says are its name, since AT-SPI has no values in words."""

    def __init__(self, view: "TranscriptView", message_id: str) -> None:
        super().__init__()
        self._view = view
        self._id = message_id

    @property
    def _index(self) -> int | None:
        return self._view.column.index_of(self._id)

    def isValid(self) -> bool:
        return self._index is not None

    def object(self) -> Any:
        return None

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._view)

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        return NOTHING

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return NOTHING

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        return QRect() if self._index is None else _screen_rect(self._view, self._index)

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.readOnly = True
        index = self._index
        if index is not None:
            state.focused = self._view.focused == index and self._view.hasFocus()
            rect = self._view.message_rect(index)
            state.offscreen = rect.bottom() < 0 or rect.top() > self._view.viewport().height()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        index = self._index
        if index is None:
            return ""
        entry = self._view.column.entries[index]
        if kind == QAccessible.Text.Name:
            return f"{self._view.display_name(entry.message)}: {entry.text}"
        if kind == QAccessible.Text.Value:
            return entry.text
        return entry.message.error if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Messages are edited by the page."""


def _screen_rect(view: "TranscriptView", index: int) -> QRect:
    rect = view.message_rect(index).toRect()
    return QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size())


def announce(view: "TranscriptView", text: str) -> None:
    """Have a text read when the screen reader is done with what it says."""
    if QAccessible.isActive() and text:
        event = QAccessibleAnnouncementEvent(view, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)


def focus_moved(view: "TranscriptView", index: int) -> None:
    """The ring went to another message."""
    if QAccessible.isActive():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(index)
        QAccessible.updateAccessibility(event)
