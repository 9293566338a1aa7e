"""Reads a text again for the attention panel: one layer or all, with progress and cancel."""

from PySide6.QtCore import QObject, Signal

from app.controllers.inspection import InspectionController
from app.controllers.inspection_readings import Reading
from app.models.inspection_subject import Subject
from engine.protocol.events import Inspected
from engine.protocol.inspection import TapSpec


class AttentionReader(QObject):
    """One reading at a time; a new one ends the one before."""

    progressed = Signal(float)
    """The share that is read; negative when nothing is being read any more."""
    failed = Signal(object)

    def __init__(self, inspection: InspectionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inspection = inspection
        self._reading: Reading | None = None

    @property
    def busy(self) -> bool:
        return self._reading is not None

    def read(self, subject: Subject, layers: tuple[int, ...]) -> None:
        """Prompt and reply; empty `layers` mean all of them."""
        self.cancel()
        self._reading = self._inspection.reread(
            subject,
            taps=TapSpec(kinds=("attention",), layers=layers),
            done=self._done,
            failed=self._broke,
            progress=self.progressed.emit,
        )
        self.progressed.emit(0.0)

    def cancel(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
            self.progressed.emit(-1.0)

    def _done(self, _event: Inspected) -> None:
        self._reading = None
        self.progressed.emit(-1.0)

    def _broke(self, error: Exception) -> None:
        self._reading = None
        self.progressed.emit(-1.0)
        self.failed.emit(error)
