"""Work during which nothing else may run: the data folder moves, or a backup takes its place."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.i18n.errors import describe
from app.theme.theme import Theme
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.errors import Cancelled
from engine.store.backup_format import Told

Work = Callable[[Told], str]


class MaintenanceDialog(QDialog):
    """`begin` stops everything, works, and in the end `restart` is called, whichever way it went.

    Window-modal, and not closed by Escape: what follows is always a new start.
    """

    _progressed = Signal(float)
    _ended = Signal(object)

    def __init__(
        self, title: str, stop: Callable[[], None], restart: Callable[[], None], theme: Theme, window: QWidget
    ) -> None:
        super().__init__(window)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(460)
        self._stop, self._restart = stop, restart
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self.finished_well: bool | None = None
        self.title = TextLabel(title, theme, role="fg", size="l", weight=SEMIBOLD, wrap=True)
        self.text = TextLabel(self.tr("Stopping the engine…"), theme, wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.button = TextButton(self.tr("Cancel"), theme)
        self.button.clicked.connect(self._pressed)
        self._progressed.connect(self._show_progress)
        self._ended.connect(self._show_end)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (self.title, self.text, self.bar):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        column.addLayout(foot)

    def begin(self, work: Work) -> None:
        """Returns when everything is stopped; the work goes on."""
        self.show()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._stop()
        self.text.set_text(self.tr("Copying and comparing. Lathe starts again when it is done."))
        self._thread = threading.Thread(target=self._run, args=(work,), name="lathe-maintenance")
        self._thread.start()

    def wait(self) -> None:
        """End the thread."""
        self._cancelled.set()
        if self._thread is not None:
            self._thread.join()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self._pressed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def _run(self, work: Work) -> None:
        try:
            result: object = work(self._tell)
        except Exception as error:  # noqa: BLE001 - told in the dialog
            result = error
        self._ended.emit(result)

    def _tell(self, done: int, total: int) -> None:
        if self._cancelled.is_set():
            raise Cancelled
        self._progressed.emit(done / max(total, 1))

    def _show_progress(self, fraction: float) -> None:
        self.bar.setValue(round(fraction * 1000))

    def _show_end(self, result: object) -> None:
        self.finished_well = not isinstance(result, BaseException)
        if self.finished_well:
            self.bar.setValue(1000)
            self.text.set_text(self.tr("Done. Lathe starts again."))
            QTimer.singleShot(0, self._restart)
            return
        self.bar.hide()
        if isinstance(result, Cancelled):
            self.text.set_text(self.tr("Cancelled. Nothing has changed."))
        else:
            told = describe(result)  # type: ignore[arg-type]
            self.text.set_text(f"{told.message} {told.hint}")
        self.button.setText(self.tr("Start Lathe again"))
        self.button.setEnabled(True)
        self.button.set_kind("primary")
        self.button.setFocus()

    def _pressed(self) -> None:
        if self.finished_well is False:
            self._restart()
        elif self.finished_well is None and not self._cancelled.is_set():
            self._cancelled.set()
            self.button.setEnabled(False)
