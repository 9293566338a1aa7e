"""SIGTERM and Ctrl+C close the window in order."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.window.quit_signals import run_until_closed


class Window(QWidget):
    closed = False

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed = True
        super().closeEvent(event)
        QApplication.quit()


@pytest.fixture(autouse=True)
def _no_wish_to_quit_is_left(qapp: QApplication) -> Iterator[None]:
    """Closing the last window asks to quit again; unheard, that would end every later loop at once."""
    qapp.setQuitOnLastWindowClosed(False)
    yield
    QCoreApplication.removePostedEvents(qapp, QEvent.Type.Quit.value)
    QTimer.singleShot(0, qapp, lambda: qapp.exit(0))
    qapp.exec()
    qapp.setQuitOnLastWindowClosed(True)


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself these signals there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window(qtbot: QtBot, qapp: QApplication, number: signal.Signals) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    before = signal.getsignal(number)
    QTimer.singleShot(0, lambda: os.kill(os.getpid(), number))
    assert run_until_closed(qapp, window) == 0
    assert window.closed
    assert signal.getsignal(number) == before
