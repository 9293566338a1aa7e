"""Worst frame of the window while attention of 30 layers by 9 heads arrives 20 times a second.

Prints one JSON line. The rows are synthetic, of a text of 1,000 tokens; they come from another thread through
the bridge, as the engine's do, into the panel of the chat page. A timer of 4 ms is the heartbeat: a gap
between two beats, less the interval, is a frame in which the window did not answer. `worst_frame_ms` leaves
out the time in which other processes had the processor (Linux tells it for each thread); `worst_wall_ms` does
not. `quiet_ms` is the wall time without rows: what the machine does to an idle event loop.

    python -m tests.benchmarks.bench_attention_panel [--seconds 10] [--rate 20] [--tokens 1000] [--high]
"""

import argparse
import json
import os
import queue
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.commands.registry import CommandRegistry
from app.controllers.chat_controllers import ChatControllers
from app.controllers.inspection_source import SubjectSource
from app.controllers.models import ModelsController
from app.idle_gc import IdleGc
from app.models.inspection_subject import Subject
from app.panels.attention.panel import AttentionPanel
from app.panels.inspection_parts import PanelParts
from app.theme.fonts import load_fonts
from app.theme.theme import Theme
from engine.chat.models import ModelService
from engine.chat.turn import TurnRunner
from engine.client.process import ProcessClient
from engine.protocol.events import TapFrame
from engine.store.database import open_store
from engine.store.service import StoreService
from engine.taps.arrays import pack
from tests.benchmarks.bench_transcript import Heartbeat

LAYERS, HEADS = 30, 9
HISTORY = 600
"""Rows that are there when the clock starts."""


class Beats(Heartbeat):
    """Gaps once by the clock, and once without waiting for a processor."""

    def __init__(self) -> None:
        self.net: list[float] = []
        self._waited = _waited_ms()
        super().__init__()

    def _beat(self) -> None:
        super()._beat()
        waited = _waited_ms()
        self.net.append(self.gaps[-1] - (waited - self._waited))
        self._waited = waited

    def take(self) -> list[float]:
        self.net, self._waited = [], _waited_ms()
        return super().take()


def _waited_ms() -> float:
    """How long this thread was ready to run and had no processor; 0 where the system does not tell."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e6
    except OSError:
        return 0.0


class Host:
    """A window that says nothing."""

    def show_page(self, page_id: str) -> None: ...

    def show_toast(self, text: str, action_text: str = "", on_action: object = None) -> None: ...

    def show_error(self, error: BaseException) -> None:
        raise error


def frame(position: int, rng: np.random.Generator) -> TapFrame:
    """Softmax-like weights: a sink, a diagonal, and noise."""
    weights = rng.random((LAYERS, HEADS, position + 1), dtype=np.float32) ** 8
    weights[:, :, 0] += position * 0.2 * rng.random((LAYERS, HEADS))
    weights[:, :, max(0, position - 4) :] += 3
    weights /= weights.sum(axis=2, keepdims=True)
    return TapFrame(
        job=1,
        seq=position,
        position=position,
        layers=tuple(range(LAYERS)),
        heads=tuple(range(HEADS)),
        arrays={"attention": pack(weights, "f2")},
    )


def spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--tokens", type=int, default=1000)
    parser.add_argument("--high", action="store_true", help="as high as on the page Inspect")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(0.001)
    application = QApplication([])
    collector = IdleGc(lambda: True)  # as in the program
    collector.start()
    load_fonts()
    theme = Theme("dark")
    theme.install(application)
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), theme, options)
    collector.stop()
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


def measure(home: Path, theme: Theme, options: argparse.Namespace) -> dict[str, float]:
    store, client = open_store(home), ProcessClient(home)
    service, runner = StoreService(store), TurnRunner(store, client)
    bridge = EngineBridge()
    access, background = StoreAccess(service, bridge), Background(bridge)
    model_service = ModelService(store, client)
    models = ModelsController(model_service, access, background, bridge, home)
    controllers = ChatControllers(client, runner, access, background, bridge, models)
    source = SubjectSource()
    subject = Subject(key="reply", job=1, prompt_length=HISTORY)
    subject.pieces = [b" word"] * options.tokens
    controllers.inspection.attention.set_shape(LAYERS, HEADS)
    panel = AttentionPanel(PanelParts(controllers, source, Host(), CommandRegistry(), theme, "chat"))
    source.set(subject)
    panel.resize(1330 if options.high else 820, 780 if options.high else 200)
    panel.show()
    controllers.inspection.watch(subject)
    try:
        return run(panel, subject, bridge, options)
    finally:
        panel.close()
        background.close()
        bridge.close()
        for part in (runner, model_service, client, service, store):
            part.close()


def run(
    panel: AttentionPanel, subject: Subject, bridge: EngineBridge, options: argparse.Namespace
) -> dict[str, float]:
    rng = np.random.default_rng(3)
    start = options.tokens - round(options.seconds * options.rate)
    for position in range(max(0, start - 50), start):
        subject.rows.add_frame(frame(position, rng))
    frames: queue.SimpleQueue[TapFrame] = queue.SimpleQueue()
    for position in range(start, options.tokens):
        frames.put(frame(position, rng))
    rendered = [0]
    panel._loop.rendered.connect(lambda _result: rendered.__setitem__(0, rendered[0] + 1))
    spin(1.0)
    beat = Beats()
    spin(2.0)
    quiet = beat.take()

    def feed() -> None:
        due = time.perf_counter()
        while not frames.empty():
            bridge.post_engine(frames.get())
            due += 1 / options.rate
            time.sleep(max(0.0, due - time.perf_counter()))

    before = rendered[0]
    beat.take()
    feeder = threading.Thread(target=feed)
    feeder.start()
    spin(options.seconds)
    feeder.join()
    worst_cpu, net = beat.worst_cpu, sorted(beat.net)
    gaps = sorted(beat.take())
    return {
        "worst_frame_ms": round(net[-1], 1),
        "p99_frame_ms": round(net[int(len(net) * 0.99)], 1),
        "worst_wall_ms": round(gaps[-1], 1),
        "worst_cpu_ms": round(worst_cpu, 1),
        "quiet_ms": round(max(quiet), 1),
        "pictures_per_s": round((rendered[0] - before) / options.seconds, 1),
        "rows": len(subject.rows),
        "row_megabytes": round(subject.rows.size_bytes / 1e6, 1),
    }


if __name__ == "__main__":
    raise SystemExit(main())
