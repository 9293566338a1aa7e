"""The jobs drawer: everything that works on files, over the lower right corner of the window."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.controllers.jobs import JobsController
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.hline import HLine
from app.widgets.icon_button import IconButton
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from app.window.drawer import Drawer
from app.window.job_row import JobRow
from engine.jobs.records import JobRecord

WIDTH = 460
_MOST_SHARE = 0.7
"""Of the window's height."""


class JobsDrawer(Drawer):
    """All jobs, those that run first."""

    def __init__(self, window: QWidget, jobs: JobsController, theme: Theme, bottom_margin: int) -> None:
        super().__init__(window, "", WIDTH, bottom_margin)
        self.setAccessibleName(self.tr("Jobs"))
        self._jobs, self._theme = jobs, theme
        self._rows: dict[str, JobRow] = {}
        self.clear = TextButton(self.tr("Clear finished"), theme, kind="ghost", height=26)
        self.close_button = IconButton("x", self.tr("Close (Esc)"), theme)
        self._note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._empty = EmptyState(
            "layers",
            self.tr("No jobs"),
            self.tr("Quantizing, converting, comparing, training and downloads appear here while they run."),
            theme,
            compact=True,
        )
        self._build()
        self.clear.clicked.connect(lambda _checked: jobs.clear_ended())
        self.close_button.clicked.connect(lambda _checked: self.set_open(False))
        jobs.changed.connect(self._follow)
        self._arrange()

    def prepare(self) -> None:
        self._arrange()

    def first_focus(self) -> QWidget:
        return self.close_button

    def row(self, job_id: str) -> JobRow:
        return self._rows[job_id]

    def ids(self) -> list[str]:
        """In the order in which they are shown."""
        return list(self._rows)

    def wanted_height(self, width: int) -> int:
        """As high as its rows, within a share of the window."""
        wanted = self._list.sizeHint().height() if self._rows else 200
        frame = self._head.sizeHint().height() + 10
        if not self._note.isHidden():
            frame += self._note.heightForWidth(width - 28) + 17
        return min(int(self._window.height() * _MOST_SHARE), wanted + frame)

    # rows

    def _follow(self, job_id: str) -> None:
        if not self.isVisible():
            return
        record = self._jobs.record(job_id)
        shown = self._rows.get(job_id)
        if record is None or shown is None or self._order() != list(self._rows):
            self._arrange()
        else:
            shown.show_record(record, self._jobs.can_open(record))
        self._show_note()
        self.place()

    def _order(self) -> list[str]:
        """What runs, what waits in its order, what has ended with the newest first."""
        records = self._jobs.records
        ended = sorted((one for one in records if one.ended), key=lambda one: -one.ended_ms)
        active = [one for one in records if one.active]
        queued = [one for one in records if one.status == "queued"]
        return [one.id for one in (*active, *queued, *ended)]

    def _arrange(self) -> None:
        order = self._order()
        for job_id in [known for known in self._rows if known not in order]:
            row = self._rows.pop(job_id)
            row.hide()
            row.deleteLater()
        self._rows = {job_id: self._rows.get(job_id) or self._make(job_id) for job_id in order}
        for place, (job_id, row) in enumerate(self._rows.items()):
            self._column.insertWidget(place, row)
            record = self._jobs.record(job_id)
            if record is not None:
                row.show_record(record, self._jobs.can_open(record))
        self._empty.setVisible(not order)
        self._area.setVisible(bool(order))
        self.clear.setEnabled(any(record.ended for record in self._jobs.records))
        self._show_note()

    def _make(self, job_id: str) -> JobRow:
        row, jobs = JobRow(self._theme), self._jobs
        row.pause_requested.connect(partial(jobs.pause, job_id))
        row.resume_requested.connect(partial(jobs.resume, job_id))
        row.cancel_requested.connect(partial(jobs.cancel, job_id))
        row.open_requested.connect(partial(self._open, job_id))
        row.again_requested.connect(partial(jobs.restart, job_id))
        row.remove_requested.connect(partial(jobs.remove, job_id))
        row.log_requested.connect(partial(self._read_log, job_id))
        return row

    def _open(self, job_id: str) -> None:
        self.set_open(False)
        self._jobs.open_result(job_id)

    def _read_log(self, job_id: str) -> None:
        def show(text: str) -> None:
            record, row = self._jobs.record(job_id), self._rows.get(job_id)
            if record is not None and row is not None:
                row.fill_log(record, text)
                self.place()

        self._jobs.read_log(job_id, show)

    def _show_note(self) -> None:
        busy = self._jobs.busy
        waiting = any(record.status == "queued" for record in busy)
        if waiting:
            text = self.tr(
                "What runs goes on when the window is closed. What waits starts when Lathe is open again."
            )
        else:
            text = self.tr("What runs goes on when the window is closed.")
        self._note.set_text(text)
        self._foot.setVisible(bool(busy))
        self._note.setVisible(bool(busy))

    def _build(self) -> None:
        theme = self._theme
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, 8, 8, 8)
        head.setSpacing(4)
        head.addWidget(TextLabel(self.tr("Jobs"), theme, role="fg", size="m", weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self.clear)
        head.addWidget(self.close_button)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(self._list)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot = QWidget()
        self._foot.setProperty("edge", "top")
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(16, 8, 16, 8)
        foot.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(HLine(theme))
        column.addWidget(self._empty, 1)
        column.addWidget(self._area, 1)
        column.addWidget(self._foot)


def spoken_of(records: list[JobRecord]) -> JobRecord | None:
    """The job that the status line speaks of: the first that runs, else the first that is not done."""
    return next((one for one in records if one.status == "running"), records[0] if records else None)
