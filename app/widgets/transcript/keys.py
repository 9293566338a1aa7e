"""The transcript by keyboard: scrolling, moving from message to message, acting on the one with the ring."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSlider

if TYPE_CHECKING:
    from app.widgets.transcript.view import TranscriptView

_Key = Qt.Key
_SCROLLS = {
    _Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    _Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    _Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    _Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    _Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
}
_ENTER = (_Key.Key_Return, _Key.Key_Enter)


def handle(view: "TranscriptView", event: QKeyEvent) -> bool:
    """Act on a key; False for one that is not ours."""
    key = Qt.Key(event.key())
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if event.matches(QKeySequence.StandardKey.Copy):
        view.copy()
    elif event.matches(QKeySequence.StandardKey.SelectAll):
        view.select_all()
    elif (control and key in (_Key.Key_Up, _Key.Key_Down)) or (
        not control and key in (_Key.Key_J, _Key.Key_K)
    ):
        move_focus(view, 1 if key in (_Key.Key_Down, _Key.Key_J) else -1)
    elif event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
        return False
    elif key in _SCROLLS:
        view.verticalScrollBar().triggerAction(_SCROLLS[key])
    elif key == _Key.Key_End:
        view.jump_to_latest()
    elif key == _Key.Key_Space:
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        view.verticalScrollBar().triggerAction(_SCROLLS[_Key.Key_PageUp if back else _Key.Key_PageDown])
    else:
        return _handle_focused(view, key)
    return True


def _handle_focused(view: "TranscriptView", key: Qt.Key) -> bool:
    if view.focused is None:
        return False
    message = view.column.entries[view.focused].message
    if key in _ENTER:
        view.open_menu(view.focused)
    elif key == _Key.Key_T and message.thinking:
        view.toggle_thinking(view.focused)
    elif key == _Key.Key_Left and message.version > 1:
        view.request("previous_version", view.focused)
    elif key == _Key.Key_Right and message.version < message.versions:
        view.request("next_version", view.focused)
    elif key == _Key.Key_Escape:
        view.focused = None
        view.viewport().update()
    else:
        return False
    return True


def move_focus(view: "TranscriptView", step: int) -> None:
    """Put the ring on the next or previous message and bring it into view."""
    if not len(view.column):
        return
    if view.focused is None:
        focus_visible(view)
        return
    index = max(0, min(len(view.column) - 1, view.focused + step))
    focus_message(view, index)


def focus_visible(view: "TranscriptView") -> None:
    """Put the ring on the last message that is on the screen."""
    shown = [index for index, _, _ in view.visible()]
    if shown:
        focus_message(view, shown[-1])


def focus_message(view: "TranscriptView", index: int) -> None:
    """Put the ring on a message; a long one shows its start."""
    view.focused = index
    view.column.ensure(index)
    rect, height = view.message_rect(index), view.viewport().height()
    if rect.top() < 0 or rect.height() > height:
        view.scroll_to_index(index)
    elif rect.bottom() > height:
        if index == len(view.column) - 1:
            view.jump_to_latest()
        else:
            view.scroll_to_index(index, round(rect.height()) - height)
    view.announce_focus(index)
    view.viewport().update()
