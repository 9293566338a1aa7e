"""What is changed in a GGUF file but not written yet, with undo."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.edit_gguf.document import EditableFile
from engine.protocol.gguf_edit import Change, RemoveKey, Scalar, SetItem, SetKey

Slot = tuple[str, int]
"""A key and -1, or a key and the index of an item."""


@dataclass(frozen=True)
class KeyRow:
    """A key as the editor shows it. `status`: "", changed, added or removed."""

    key: str
    kind: str
    item_kind: str
    length: int
    text: str
    status: str
    fixed: bool


class EditorState(QObject):
    """The file as read, and a change for each place that is another. GUI thread only."""

    changed = Signal()
    key_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file: EditableFile | None = None
        self.stack = QUndoStack(self)
        self._changes: dict[Slot, Change] = {}

    def open(self, file: EditableFile | None) -> None:
        """Another file: nothing is changed in it."""
        self.file = file
        self._changes.clear()
        self.stack.clear()
        self.changed.emit()

    # what the user does

    def set_key(self, change: SetKey, text: str) -> None:
        """`text` names the step in the undo list."""
        stored = self.file.find(change.key) if self.file is not None else None
        same = stored is not None and stored.kind == change.kind and stored.value == change.value
        same = same and type(getattr(stored, "value", None)) is type(change.value)
        self._push((change.key, -1), None if same else change, text)

    def set_item(self, key: str, index: int, value: Scalar, original: Scalar, text: str) -> None:
        self._push((key, index), None if value == original else SetItem(key, index, value), text)

    def remove_key(self, key: str, text: str) -> None:
        """A key that was added is simply gone again."""
        known = self.file is not None and self.file.find(key) is not None
        self._push((key, -1), RemoveKey(key) if known else None, text)

    def restore(self, key: str, text: str) -> None:
        """As the file has it, items too."""
        slots = [slot for slot in self._changes if slot[0] == key]
        if not slots:
            return
        self.stack.beginMacro(text)
        for slot in slots:
            self._push(slot, None, text)
        self.stack.endMacro()

    # what is shown

    @property
    def changes(self) -> tuple[Change, ...]:
        """For the job that writes."""
        return tuple(self._changes.values())

    def change(self, key: str) -> Change | None:
        return self._changes.get((key, -1))

    def items(self, key: str) -> dict[int, Scalar]:
        """The items of an array that are others."""
        found = {slot[1]: each for slot, each in self._changes.items() if slot[0] == key and slot[1] >= 0}
        return {index: each.value for index, each in found.items() if isinstance(each, SetItem)}

    def value(self, key: str) -> Scalar | list[Scalar] | None:
        """As it would be written; None for arrays of the file and for what is not there."""
        change = self.change(key)
        if isinstance(change, SetKey):
            return change.value
        if isinstance(change, RemoveKey) or self.file is None:
            return None
        stored = self.file.find(key)
        return stored.value if stored is not None else None

    def rows(self) -> Sequence[KeyRow]:
        """The file's keys in its order, then what was added."""
        if self.file is None:
            return ()
        rows: list[KeyRow] = []
        for stored in self.file.keys:
            change = self.change(stored.key)
            kind, item_kind, length = stored.kind, stored.item_kind, stored.length
            text = stored.preview if stored.value is None else shown(stored.value)
            status = "changed" if self.items(stored.key) else ""
            if isinstance(change, SetKey):
                kind, item_kind, status = change.kind, change.item_kind, "changed"
                text, length = _of_change(change)
            elif isinstance(change, RemoveKey):
                status = "removed"
            rows.append(KeyRow(stored.key, kind, item_kind, length, text, status, stored.fixed))
        known = {stored.key for stored in self.file.keys}
        for change in self._changes.values():
            if isinstance(change, SetKey) and change.key not in known:
                text, length = _of_change(change)
                rows.append(KeyRow(change.key, change.kind, change.item_kind, length, text, "added", False))
        return rows

    def _push(self, slot: Slot, after: Change | None, text: str) -> None:
        before = self._changes.get(slot)
        if before != after:
            self.stack.push(_Step(self, slot, before, after, text))

    def put(self, slot: Slot, change: Change | None) -> None:
        """Used by the steps of the undo list."""
        if change is None:
            self._changes.pop(slot, None)
        else:
            self._changes[slot] = change
        self.changed.emit()
        self.key_changed.emit(slot[0])


class _Step(QUndoCommand):
    def __init__(
        self, state: EditorState, slot: Slot, before: Change | None, after: Change | None, text: str
    ) -> None:
        super().__init__(text)
        self._state, self._slot, self._before, self._after = state, slot, before, after

    def redo(self) -> None:
        self._state.put(self._slot, self._after)

    def undo(self) -> None:
        self._state.put(self._slot, self._before)


def shown(value: Scalar) -> str:
    """A value as a person types it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def _of_change(change: SetKey) -> tuple[str, int]:
    if isinstance(change.value, list):
        return ", ".join(shown(item) for item in change.value[:8]), len(change.value)
    return shown(change.value), 0
