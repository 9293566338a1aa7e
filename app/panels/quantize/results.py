"""What was made of the chosen model, newest first: its size, chat, comparison."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n.errors import describe, problem_of
from app.theme.theme import Theme
from app.widgets import numbers
from app.widgets.icon_button import IconButton
from app.widgets.meter import Meter
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.jobs.records import JobRecord
from engine.protocol.jobs import FileWritten

_MOST = 8


class ResultRow(QWidget):
    """One job, running or done."""

    def __init__(
        self, theme: Theme, on_chat: Callable[[], None], on_compare: Callable[[], None], can_compare: bool
    ) -> None:
        super().__init__()
        self.title = TextLabel("", theme, role="fg", elide=True)
        self.state = TextLabel("", theme, role="fg3", size="xs", tabular=True, wrap=True)
        self.meter = Meter(self.tr("Progress"), theme, height=4)
        self.chat = IconButton("message-square", self.tr("Open in chat"), theme)
        self.compare = IconButton("scale", self.tr("Compare with the source"), theme)
        self.chat.clicked.connect(on_chat)
        self.compare.clicked.connect(on_compare)
        self._can_compare = can_compare
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for widget in (self.title, self.state, self.meter):
            texts.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(4)
        row.addLayout(texts, 1)
        row.addWidget(self.chat)
        row.addWidget(self.compare)

    def show_record(self, record: JobRecord) -> None:
        done = record.status == "done"
        self.title.set_text(record.title)
        self.meter.setVisible(not record.ended)
        self.meter.set_parts([(record.fraction, "accent")])
        self.chat.setVisible(done)
        self.compare.setVisible(done and self._can_compare)
        result = record.result
        if isinstance(result, FileWritten):
            model = result.path.lower().endswith(".gguf")
            self.chat.set_text(self.tr("Open in chat") if model else self.tr("Show the folder"))
            self.chat.set_icon_name("message-square" if model else "folder-open")
            text = self.tr("{size}, {bits} bits per weight, in {seconds} s")
            self.state.set_text(
                text.format(
                    size=numbers.size(result.size_bytes),
                    bits=numbers.decimal(result.bits_per_weight, 2),
                    seconds=numbers.decimal(result.seconds, 1),
                )
            )
            return
        words = {
            "queued": self.tr("Waiting"),
            "running": self.tr("{percent} done"),
            "paused": self.tr("Paused at {percent}"),
            "failed": self.tr("Failed: see the jobs"),
            "cancelled": self.tr("Cancelled"),
            "interrupted": self.tr("Interrupted"),
        }
        text = words.get(record.status, "")
        if record.status == "failed" and (problem := problem_of(result)):
            told = describe(problem)
            text = f"{told.message} {told.hint}".strip()
        self.state.set_text(text.replace("{percent}", numbers.percent(100 * record.fraction)))


class ResultsList(QWidget):
    """Hidden while there is nothing."""

    chat_requested = Signal(str)
    """Path."""
    compare_requested = Signal(list)
    """Paths, the source not among them."""

    def __init__(self, theme: Theme, can_compare: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._can_compare = can_compare
        self._rows: dict[str, ResultRow] = {}
        self._records: list[JobRecord] = []
        self.compare_all = TextButton(self.tr("Compare all"), theme, icon_name="scale")
        self.compare_all.clicked.connect(lambda _checked: self.compare_requested.emit(self.made()))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addSpacing(8)
        self._column.addWidget(self.compare_all)
        self.show_records(())

    def made(self) -> list[str]:
        """Files that are done, oldest first."""
        found = [record.result.path for record in self._records if isinstance(record.result, FileWritten)]
        return list(dict.fromkeys(reversed(found)))

    def show_records(self, records: Sequence[JobRecord]) -> None:
        """Newest first."""
        self._records = list(records)[:_MOST]
        ids = [record.id for record in self._records]
        if list(self._rows) != ids:
            for row in self._rows.values():
                row.hide()
                row.deleteLater()
            self._rows = {record.id: self._make(record) for record in self._records}
            for place, row in enumerate(self._rows.values()):
                self._column.insertWidget(place, row)
        for record in self._records:
            self._rows[record.id].show_record(record)
        self.compare_all.setVisible(self._can_compare and len(self.made()) > 1)
        self.setVisible(bool(self._records))

    def row(self, job_id: str) -> ResultRow:
        return self._rows[job_id]

    def _make(self, record: JobRecord) -> ResultRow:
        def path() -> str:
            found = next((one.result for one in self._records if one.id == record.id), None)
            return found.path if isinstance(found, FileWritten) else ""

        return ResultRow(
            self._theme,
            lambda: self.chat_requested.emit(path()),
            lambda: self.compare_requested.emit([path()]),
            self._can_compare,
        )
