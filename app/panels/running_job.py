"""A bar for the job of a panel: how far it is, how long it takes, a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.controllers.jobs import JobsController
from app.theme.theme import Theme
from app.widgets import numbers
from app.widgets.meter import Meter
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.jobs.records import JobRecord


class RunningJob(QWidget):
    """Hidden while none of its kinds of job is under way. Finds one that was started before the window."""

    ended = Signal(object)
    """`JobRecord` of a job that was shown here and has ended, well or not."""

    def __init__(self, jobs: JobsController, kinds: str, theme: Theme, parent: QWidget | None = None) -> None:
        """`kinds`: tags of job structs, separated by blanks."""
        super().__init__(parent)
        self._jobs = jobs
        self._kinds = frozenset(kinds.split())
        self._id = ""
        self.title = TextLabel("", theme, role="fg", elide=True)
        self.state = TextLabel("", theme, role="fg3", tabular=True)
        self.meter = Meter(self.tr("Progress"), theme, height=4)
        self.stop = TextButton(self.tr("Cancel"), theme, icon_name="circle-stop")
        self.stop.clicked.connect(lambda: self._jobs.cancel(self._id))
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self.title, 1)
        row.addWidget(self.state)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.meter)
        self.hide()
        jobs.changed.connect(self._on_changed)
        for record in jobs.busy:
            self._on_changed(record.id)

    @property
    def job_id(self) -> str:
        """The job that is shown, "" for none."""
        return self._id

    def follow(self, job_id: str) -> None:
        """Show a job that was just started."""
        self._id = job_id
        self._on_changed(job_id)

    def _on_changed(self, job_id: str) -> None:
        record = self._jobs.record(job_id)
        if job_id != self._id:
            waits = record is not None and record.kind in self._kinds and not record.ended
            if self._id or not waits:
                return
            self._id = job_id
        if record is None or record.ended:
            self._id = ""
            self.hide()
            if record is not None:
                self.ended.emit(record)
            # Another of these kinds may wait its turn.
            for other in self._jobs.busy:
                self._on_changed(other.id)
            return
        self.show()
        self.title.set_text(record.title)
        self.state.set_text(self._words(record))
        self.meter.set_parts(((record.fraction, "accent"),))

    def _words(self, record: JobRecord) -> str:
        if record.status == "queued":
            return self.tr("waits for another job")
        percent = numbers.percent(100 * record.fraction)
        if record.status == "paused":
            return self.tr("paused at {percent}").format(percent=percent)
        if record.seconds_left < 0:
            return percent
        if record.seconds_left < 90:
            seconds = numbers.whole(max(1, round(record.seconds_left)))
            left = self.tr("{seconds} s left").format(seconds=seconds)
        else:
            left = self.tr("{minutes} min left").format(
                minutes=numbers.whole(round(record.seconds_left / 60))
            )
        return f"{percent} · {numbers.bound(left)}"
