"""What a page's panels look at: the open chat's reply, or something chosen on the page Inspect."""

from PySide6.QtCore import QObject, Signal

from app.models.inspection_subject import Subject


class SubjectSource(QObject):
    """Holds one subject at a time. GUI thread only."""

    changed = Signal(object)
    """The `Subject`, or None when there is nothing to look at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._subject: Subject | None = None

    @property
    def subject(self) -> Subject | None:
        return self._subject

    def set(self, subject: Subject | None) -> None:
        """Look at something else."""
        if subject is not self._subject:
            self._subject = subject
            self.changed.emit(subject)
