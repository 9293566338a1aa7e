"""What is said when there is no window to say it in: a display that is not there, a home folder that is
gone.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QProcess, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox

import app
from app.i18n.errors import describe
from engine.errors import UserError

FAILED = 2


def catch_no_display() -> None:
    """Until another handler is installed: Qt ends the process where it finds no display, after one message to
    its handler. Say it in a sentence, and leave without the crash that would follow.
    """
    qInstallMessageHandler(_message)


def show_problem(error: UserError) -> int:
    """A small window with the sentence, and the same on stderr; the exit code."""
    sys.stderr.write(f"lathe: error: {error.one_line()}\n")
    sys.stderr.flush()
    catch_no_display()
    application = QApplication.instance() or QApplication(["lathe"])
    told = describe(error)
    box = QMessageBox(QMessageBox.Icon.Warning, "Lathe", told.message)
    box.setInformativeText(told.hint)
    box.exec()
    application.processEvents()
    return FAILED


def start_again(arguments: Sequence[str]) -> bool:
    """A new process with the same arguments, which outlives this one."""
    if getattr(sys, "frozen", False):
        command = [sys.executable, *arguments]
    else:
        command = [sys.executable, "-m", "app", *arguments]
    folder = str(Path(app.__file__).resolve().parent.parent)
    started: tuple[bool, int] = QProcess.startDetached(command[0], command[1:], folder)
    return started[0]


def _message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if kind == QtMsgType.QtFatalMsg:
        reason = " ".join(text.split()).partition(". ")[0].rstrip(".") or "Qt gives no reason"
        error = UserError("window.no_display", reason=reason[0].lower() + reason[1:])
        sys.stderr.write(f"lathe: error: {error.one_line()}\n")
        sys.stderr.flush()
        os._exit(FAILED)
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg):
        sys.stderr.write(f"lathe: {text}\n")
