"""Columns as the user left them: widths, order, which are shown, and what is sorted by."""

from base64 import b64decode, b64encode
from binascii import Error

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QHeaderView

from app.settings import AppSettings

_CALM_MS = 600


class HeaderMemory(QObject):
    """Keeps a table's header in a setting, as text. Lives as long as the header."""

    def __init__(self, header: QHeaderView, settings: AppSettings, key: str) -> None:
        super().__init__(header)
        self._header, self._settings, self._key = header, settings, key
        self._restoring = False
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._save)
        header.sectionResized.connect(lambda *_sizes: self._note())
        header.sectionMoved.connect(lambda *_places: self._note())
        header.sortIndicatorChanged.connect(lambda *_order: self._note())
        # A method, not a lambda: Qt ends the connection with the header.
        settings.changed.connect(self._on_setting)
        self._restore()

    def _on_setting(self, key: str) -> None:
        if key == self._key:
            self._restore()

    def _note(self) -> None:
        """Columns that are hidden or shown are resized too."""
        if not self._restoring and self._header.isVisible():
            self._calm.start()

    def _state(self) -> str:
        data = b64encode(self._header.saveState().data()).decode()
        return f"{self._header.count()}:{data}"

    def _save(self) -> None:
        self._settings.set_value(self._key, self._state())

    def _restore(self) -> None:
        """What another version of the table left behind is ignored."""
        count, _, data = str(self._settings.value(self._key)).partition(":")
        if count != str(self._header.count()) or self._calm.isActive():
            return
        try:
            state = b64decode(data, validate=True)
        except (Error, ValueError):
            return
        if state == self._header.saveState().data():
            return
        self._restoring = True
        self._header.restoreState(QByteArray(state))
        self._restoring = False
