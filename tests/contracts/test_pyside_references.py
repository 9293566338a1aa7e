"""This PySide6 keeps its references.

PySide6 6.12.0 on Python 3.11 loses one reference to None or True with every signal and every overridden
method, and the interpreter aborts after some thousands of calls. From 3.12 on these objects are immortal: the
loss cannot be seen, and does no harm.
"""

import json
import subprocess
import sys

import pytest

COUNTING = """
import gc, json, sys
from PySide6.QtCore import QAbstractListModel, QCoreApplication, QEvent, QModelIndex, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QListView, QWidget

class Drawn(QWidget):
    def paintEvent(self, event): pass
    def event(self, event): return super().event(event)

class Model(QAbstractListModel):
    def rowCount(self, parent=QModelIndex()): return 5
    def data(self, index, role=0): return None

class Sender(QObject):
    thing, flag, plain = Signal(object), Signal(bool), Signal()

class Filter(QObject):
    def eventFilter(self, watched, event): return False

app = QApplication([])
drawn = Drawn(); drawn.resize(50, 50); drawn.show()
view = QListView(); model = Model(); view.setModel(model); view.show()
sender = Sender(); keep = Filter(); label = QLabel(); box = QCheckBox()
sender.thing.connect(lambda value: None); sender.flag.connect(lambda value: None)
sender.plain.connect(lambda: None)
label.installEventFilter(keep)
app.processEvents()

def timer():
    one = QTimer(); one.timeout.connect(lambda: None); one.start(0); app.processEvents(); one.stop()

calls = {
    "signal(None)": lambda: sender.thing.emit(None),
    "signal(True)": lambda: sender.flag.emit(True),
    "signal()": lambda: sender.plain.emit(),
    "override of paintEvent": drawn.repaint,
    "override of data": view.viewport().repaint,
    "override of event": lambda: QCoreApplication.sendEvent(drawn, QEvent(QEvent.Type.User)),
    "override of eventFilter": lambda: QCoreApplication.sendEvent(label, QEvent(QEvent.Type.User)),
    "timer": timer,
    "setText": lambda: label.setText("a"),
    "setChecked": lambda: box.setChecked(True),
    "QObject(None)": lambda: QObject(None),
    "setParent(None)": lambda: label.setParent(None),
    "property": lambda: drawn.property("none"),
}
changes = {}
for name, call in calls.items():
    call(); gc.collect()
    before = [sys.getrefcount(value) for value in (None, True, False)]
    for _ in range(1000): call()
    gc.collect()
    changes[name] = [sys.getrefcount(value) - count for value, count in zip((None, True, False), before)]
print(json.dumps(changes), flush=True)
import os; os._exit(0)
"""


@pytest.fixture(scope="module")
def changes() -> dict[str, list[int]]:
    """How the counts of None, True and False changed over 1,000 calls, by call."""
    result = subprocess.run(
        [sys.executable, "-c", COUNTING], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr
    counted: dict[str, list[int]] = json.loads(result.stdout)
    return counted


def test_references_stay(changes: dict[str, list[int]]) -> None:
    lost = {name: counts for name, counts in changes.items() if any(count < -50 for count in counts)}
    assert not lost


def test_signals_and_overrides_were_counted(changes: dict[str, list[int]]) -> None:
    assert {"signal(None)", "override of paintEvent", "override of data"} <= changes.keys()
