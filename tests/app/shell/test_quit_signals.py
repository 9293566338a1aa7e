"""SIGTERM and Ctrl+C close the window in order."""

import os
import signal
import sys

import pytest
from PySide6.QtCore import QTimer
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
