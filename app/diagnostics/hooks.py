"""Catches what nobody caught: exceptions of every thread, and what Qt has to say."""

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from app.diagnostics.reports import compose_report, write_report

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")

QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
REPORTED_AT_MOST = 20
"""Reports of one run: a bug in a paint event would fill the disk."""


class BugCatcher(QObject):
    """Writes a report for every uncaught exception and tells the window, on the window's thread."""

    caught = Signal(str, str)
    """The report's text, and the path of its file (empty where it could not be written)."""

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._seen: set[str] = set()
        self._previous: tuple[Callable[..., object], Callable[..., object]] | None = None

    def install(self, told: Callable[[str, str], None]) -> None:
        """From now on; `told` shows a report and is called on this object's thread."""
        self.caught.connect(told, Qt.ConnectionType.QueuedConnection)
        self._previous = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._main_thread
        threading.excepthook = self._other_thread
        qInstallMessageHandler(_qt_message)

    def uninstall(self) -> None:
        """Give the hooks back."""
        if self._previous is not None:
            sys.excepthook, threading.excepthook = self._previous
            self._previous = None
            qInstallMessageHandler(None)

    def report(self, error: BaseException, where: str) -> None:
        """Handle one exception; the same one again is only logged. Any thread."""
        _log.error("uncaught in %s", where, exc_info=error)
        report = compose_report(error, where)
        if report in self._seen or len(self._seen) >= REPORTED_AT_MOST:
            return
        self._seen.add(report)
        path = write_report(self._home, report)
        self.caught.emit(report, str(path or ""))

    def _main_thread(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace), "the window")

    def _other_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value, args.thread.name if args.thread else "a thread")


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    _qt_log.log(QT_LEVELS.get(kind, logging.WARNING), "%s", text)
