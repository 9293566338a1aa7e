"""Removing what was made before: at once, with a way back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.panels.file_panel_parts import FilePanelParts
from engine.evaluate.removed import bring_back, put_away


class StoredRemoval(QObject):
    """`changed` is called when a file is gone, and when it is back."""

    def __init__(self, parts: FilePanelParts, changed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._changed = parts, changed

    def remove(self, path: str, said: str) -> None:
        """Take a stored file off its list; `said`: the note about it."""
        file = Path(path)

        def done(_none: None) -> None:
            self._changed()
            self._parts.host.show_toast(said, self.tr("Undo"), lambda: self._restore(file))

        self._parts.controllers.background.run(lambda: put_away(file), done, self._parts.host.show_error)

    def _restore(self, file: Path) -> None:
        self._parts.controllers.background.run(
            lambda: bring_back(file), lambda _none: self._changed(), self._parts.host.show_error
        )
