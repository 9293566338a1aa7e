"""Events of other threads arrive on the GUI thread: all of them, in order, gathered into few flushes."""

import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.bridge.background import Background
from app.bridge.engine_bridge import FLUSH_MS, EngineBridge
from engine.protocol.events import Pong
from engine.store.records import Change


def test_nothing_is_lost_and_the_order_is_kept(qtbot: QtBot) -> None:
    bridge = EngineBridge()
    seen: list[int] = []
    flushes: list[int] = []
    bridge.engine_event.connect(lambda event: seen.append(event.job))
    bridge.flushed.connect(lambda: flushes.append(len(seen)))
    total = 5_000

    def post() -> None:
        for number in range(total):
            bridge.post_engine(Pong(job=number))

    worker = threading.Thread(target=post)
    worker.start()
    qtbot.waitUntil(lambda: len(seen) == total, timeout=10_000)
    worker.join()
    assert seen == list(range(total))
    assert len(flushes) < total / 10
    bridge.close()


def test_events_of_all_kinds_share_one_order_on_the_gui_thread(qtbot: QtBot) -> None:
    bridge = EngineBridge()
    seen: list[str] = []
    gui = QThread.currentThread()
    threads: list[bool] = []
    bridge.engine_event.connect(lambda _event: seen.append("engine"))
    bridge.store_changed.connect(lambda change: seen.append(change.area))

    def called(value: str) -> None:
        threads.append(QThread.currentThread() is gui)
        seen.append(value)

    def post() -> None:
        bridge.post_engine(Pong(job=1))
        bridge.call(called, "call")
        bridge.post_change(Change("sessions", ("a",)))

    worker = threading.Thread(target=post)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == ["engine", "call", "sessions"]
    assert threads == [True]
    bridge.close()


def test_the_timer_rests_when_nothing_waits(qtbot: QtBot) -> None:
    bridge = EngineBridge()
    flushes: list[None] = []
    bridge.flushed.connect(lambda: flushes.append(None))
    bridge.post_engine(Pong(job=1))
    qtbot.waitUntil(lambda: len(flushes) == 1)
    qtbot.wait(3 * FLUSH_MS)
    assert len(flushes) == 1
    assert not bridge._timer.isActive()
    bridge.close()


def test_after_closing_nothing_arrives(qtbot: QtBot) -> None:
    bridge = EngineBridge()
    seen: list[object] = []
    bridge.engine_event.connect(seen.append)
    bridge.post_engine(Pong(job=1))
    bridge.close()
    bridge.post_engine(Pong(job=2))
    qtbot.wait(2 * FLUSH_MS)
    assert seen == []


def test_background_work_answers_on_the_gui_thread_and_tells_errors(qtbot: QtBot) -> None:
    bridge = EngineBridge()
    background = Background(bridge)
    done: list[int] = []
    failures: list[BaseException] = []
    names: dict[str, int] = {}
    bridge.failed.connect(failures.append)
    background.run(lambda: 6 * 7, done.append)
    background.run(lambda: names["missing"])
    qtbot.waitUntil(lambda: bool(done and failures))
    assert done == [42]
    assert isinstance(failures[0], KeyError)
    background.close()
    background.run(lambda: 1, done.append)
    bridge.close()
    assert done == [42]
