"""Which adapters fit the loaded model, and which of them the open chat uses, how strongly."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background
from app.controllers.chat import ChatController
from app.controllers.models import ModelsController
from app.models.adapter_rows import AdapterRow, adapter_rows
from engine.errors import UserError
from engine.protocol.adapters import AdapterUse
from engine.store.records import SessionSettings


class AdaptersController(QObject):
    """The chat's settings are the truth. A change counts from the next reply on."""

    rows_changed = Signal(list)
    """`AdapterRow`s."""
    scales_changed = Signal(dict)
    """Scale by path, of the adapters that the chat has; 0 for one that is off."""
    available_changed = Signal(bool)
    """Whether the loaded model can have adapters at all."""
    failed = Signal(object)

    def __init__(
        self,
        models: ModelsController,
        chat: ChatController,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models, self._chat, self._background = models, chat, background
        self.rows: list[AdapterRow] = []
        self._asked: tuple[object, ...] = ()
        models.loaded.connect(lambda _model: self.refresh())
        models.unloaded.connect(self.refresh)
        models.choices_changed.connect(lambda *_lists: self.refresh())
        chat.settings_changed.connect(self._on_settings)

    def refresh(self) -> None:
        """Read the headers again, where there is anything new to read."""
        model = self._models.current
        chosen = tuple(use.path for use in self._chat.settings.adapters)
        if model is None or model.backend != "llama_cpp":
            self._asked = ()
            self._take([], ())
            self.available_changed.emit(False)
            return
        self.available_changed.emit(True)
        entries = tuple(entry for entry in self._models.library.entries if entry.format == "lora")
        asked = (model.path, entries, frozenset(chosen))
        if asked == self._asked:
            return
        self._asked = asked
        path = model.path
        self._background.run(
            lambda: adapter_rows(path, entries, chosen),
            lambda rows: self._take(rows, asked),
            lambda error: self._break(error, asked),
        )

    def set_scale(self, path: str, scale: float) -> None:
        """How strongly an adapter acts; 0 is off."""
        uses = list(self._chat.settings.adapters)
        places = [place for place, use in enumerate(uses) if use.path == path]
        if places:
            uses[places[0]] = AdapterUse(path, scale)
        else:
            uses.append(AdapterUse(path, scale))
        self._set(uses)

    def add(self, path: str) -> None:
        """An adapter from a file, at full strength; what does not fit is refused with the reason."""
        model = self._models.current
        if model is None:
            return
        known = [use.path for use in self._chat.settings.adapters]

        def done(rows: list[AdapterRow]) -> None:
            row = next((row for row in rows if row.path == path), None)
            if row is not None and row.error is not None:
                self.failed.emit(row.error)
            elif row is not None and path not in known:
                self.set_scale(path, 1.0)

        model_path = model.path
        self._background.run(lambda: adapter_rows(model_path, (), [path]), done, self.failed.emit)

    def remove(self, path: str) -> None:
        """Take one out of the chat; the file stays."""
        self._set([use for use in self._chat.settings.adapters if use.path != path])

    def _set(self, uses: Sequence[AdapterUse]) -> None:
        self._chat.change_settings(adapters=tuple(uses))

    def _on_settings(self, settings: SessionSettings) -> None:
        self.scales_changed.emit({use.path: use.scale for use in settings.adapters})
        self.refresh()

    def _take(self, rows: list[AdapterRow], asked: tuple[object, ...]) -> None:
        if asked == self._asked:
            self.rows = rows
            self.rows_changed.emit(rows)
            self.scales_changed.emit({use.path: use.scale for use in self._chat.settings.adapters})

    def _break(self, error: Exception, asked: tuple[object, ...]) -> None:
        self._take([], asked)
        if isinstance(error, UserError):  # the model's file is gone, which loading it says, too
            return
        self.failed.emit(error)
