"""One job in the drawer: how far it is, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.meter import Meter
from app.widgets.painting import MEDIUM
from app.widgets.text_field import TextArea
from app.widgets.text_label import TextLabel
from app.window.job_words import notice_words, status_words
from engine.jobs.records import JobRecord

_ROLES = {"failed": "error", "interrupted": "warn", "done": "fg2"}


class JobRow(QWidget):
    """Signals carry nothing: the drawer knows whose row it is."""

    pause_requested = Signal()
    resume_requested = Signal()
    cancel_requested = Signal()
    open_requested = Signal()
    again_requested = Signal()
    remove_requested = Signal()
    log_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TextLabel("", theme, role="fg", weight=MEDIUM, elide=True)
        self.state = TextLabel("", theme, size="xs", tabular=True, elide=True)
        self.problem = TextLabel("", theme, role="error", size="xs", wrap=True)
        self.meter = Meter(self.tr("Progress"), theme, height=4)
        self.log = TextArea(self.tr("Log"), theme, mono=True, min_lines=3, max_lines=9, read_only=True)
        self.log.hide()
        self.open = IconButton("external-link", self.tr("Open the result"), theme)
        self.pause = IconButton("pause", self.tr("Pause"), theme)
        self.resume = IconButton("play", self.tr("Continue"), theme)
        self.again = IconButton("rotate-cw", self.tr("Start again"), theme)
        self.show_log = IconButton("scroll-text", self.tr("Log"), theme, checkable=True)
        self.cancel = IconButton("circle-stop", self.tr("Cancel"), theme)
        self.remove = IconButton("x", self.tr("Take off the list"), theme)
        self._buttons = (
            (self.open, self.open_requested),
            (self.pause, self.pause_requested),
            (self.resume, self.resume_requested),
            (self.again, self.again_requested),
            (self.cancel, self.cancel_requested),
            (self.remove, self.remove_requested),
        )
        for button, signal in self._buttons:
            button.clicked.connect(signal)
        self.show_log.toggled.connect(self._toggle_log)
        self._build()

    def show_record(self, record: JobRecord, can_open: bool) -> None:
        failed = record.status in ("failed", "interrupted")
        words = status_words(record)
        self.title.set_text(record.title)
        self.state.set_text("" if failed else words)
        self.state.setVisible(not failed)
        self.problem.set_role(_ROLES.get(record.status, "fg2"))
        self.problem.set_text(words if failed else "")
        self.problem.setVisible(failed)
        self.meter.setVisible(record.active)
        self.meter.set_parts([(record.fraction, "accent" if record.status == "running" else "fg3")])
        self.setAccessibleName(f"{record.title}: {words}")
        self.open.setVisible(can_open)
        self.pause.setVisible(record.status == "running" and record.pausable)
        self.resume.setVisible(record.status == "paused")
        self.again.setVisible(record.ended and record.status != "done")
        self.cancel.setVisible(not record.ended)
        self.remove.setVisible(record.ended)

    def fill_log(self, record: JobRecord, text: str) -> None:
        """Notices, what the process printed, and the report of a bug."""
        report = getattr(record.result, "report", "")
        parts = [*notice_words(record), text.strip(), report.strip() if report not in text else ""]
        self.log.set_text("\n\n".join(part for part in parts if part) or self.tr("Nothing was printed."))

    def _toggle_log(self, shown: bool) -> None:
        self.log.setVisible(shown)
        if shown:
            self.log_requested.emit()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.state)
        head.addLayout(texts, 1)
        head.addWidget(self.open)
        head.addWidget(self.pause)
        head.addWidget(self.resume)
        head.addWidget(self.again)
        head.addWidget(self.show_log)
        head.addWidget(self.cancel)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        for widget in (self.problem, self.meter, self.log):
            column.addWidget(widget)
