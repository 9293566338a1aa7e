"""Files dropped anywhere on the window, where the page under the pointer has no use for them."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.bridge.background import Background
from app.models.dropped_files import DroppedFiles, sort_files


class FileDrops(QObject):
    """Sorts what was dropped, off the GUI thread; others open it."""

    dropped = Signal(object)
    """`DroppedFiles`."""

    def __init__(self, window: QWidget, background: Background) -> None:
        super().__init__(window)
        self._background = background
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            paths = _paths(event)
            if paths:
                event.acceptProposedAction()
                self.open(paths)
            return bool(paths)
        if isinstance(event, QDragEnterEvent) and _paths(event):
            event.acceptProposedAction()
            return True
        return False

    def open(self, paths: list[str]) -> None:
        """Say what the files are; `dropped` follows."""

        def told(files: DroppedFiles) -> None:
            self.dropped.emit(files)

        self._background.run(lambda: sort_files(paths), told)


def _paths(event: QDropEvent) -> list[str]:
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
