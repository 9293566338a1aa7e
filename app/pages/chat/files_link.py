"""Files that come to the chat: attached as text, loaded as models, or handed to the page Data."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.controllers.chat_controllers import ChatControllers
from app.models.dropped_files import DroppedFiles, sort_files
from app.pages.chat.files import read_attachment
from app.pages.chat.host import PageHost
from app.pages.chat.view import ChatView
from engine.messages import AttachmentPart

_OFFER = "model-attached"


class FilesLink(QObject):
    """What is dropped on the message card or picked with “Attach” becomes part of the message, except models.

    On the conversation, rows of a data set go where data sets are looked at.
    """

    rows_dropped = Signal(list)
    """Paths for the page Data."""

    def __init__(
        self,
        view: ChatView,
        controllers: ChatControllers,
        host: PageHost,
        load: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._c = controllers
        self._host = host
        self._load = load
        view.composer.attach_requested.connect(self.choose)
        view.composer.files_offered.connect(lambda paths: self._sort(paths, self._take_for_message))
        view.files_dropped.connect(lambda paths: self._sort(paths, self._take_for_chat))

    def choose(self) -> None:
        """Ask which files to attach."""
        paths, _ = QFileDialog.getOpenFileNames(self._view, self.tr("Attach text files"))
        self._sort(paths, self._take_picked)

    def take_files(self, files: DroppedFiles) -> None:
        """Load what was dropped: one model, and adapters for the open chat."""
        if files.models:
            self._take_model(files.models[0])
        for path in files.adapters:
            self._take_adapter(path)

    def _take_model(self, path: str) -> None:
        self._host.show_toast(self.tr("Loading {name}…").format(name=Path(path).name))
        self._load(path)

    def _take_adapter(self, path: str) -> None:
        """Add an adapter to the open chat, where a model is loaded that it may fit."""
        if self._c.models.current is None:
            self._host.show_toast(self.tr("This is an adapter: load the model that it was made for first."))
        else:
            self._c.adapters.add(path)

    def _sort(self, paths: list[str], take: Callable[[DroppedFiles], None]) -> None:
        if paths:
            self._c.background.run(lambda: sort_files(paths), take, self._host.show_error)

    def _take_for_chat(self, files: DroppedFiles) -> None:
        self.take_files(files)
        self._attach(files.others)
        if files.rows:
            self.rows_dropped.emit(list(files.rows))

    def _take_for_message(self, files: DroppedFiles) -> None:
        self.take_files(files)
        self._attach((*files.rows, *files.others))

    def _take_picked(self, files: DroppedFiles) -> None:
        """“Attach” means text: a model is only offered to be loaded."""
        for path in files.models:
            self._offer(path)
        for path in files.adapters:
            self._take_adapter(path)
        self._attach((*files.rows, *files.others))

    def _offer(self, path: str) -> None:
        text = self.tr("{name} is a model, not a text to attach.").format(name=Path(path).name)
        actions = [(self.tr("Load it"), lambda: self._load(path))]
        self._view.banner.show_message("info", text, "", actions, key=_OFFER)

    def _attach(self, paths: tuple[str, ...]) -> None:
        for path in paths:
            self._c.background.run(_reader(path), self._view.composer.add_attachment, self._host.show_error)


def _reader(path: str) -> Callable[[], AttachmentPart]:
    return lambda: read_attachment(path)
