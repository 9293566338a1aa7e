"""A data set of a million rows: time to the first rows, to the end of the checks, memory, and how the window
answers meanwhile.

Prints one JSON line. The page Data runs as in the program, on a JSONL file that is written first (Alpaca
columns, about 300 bytes a row). A timer of 4 ms is the heartbeat; see `bench_attention_panel` about
`worst_frame_ms` (without the time in which other processes had the processor) and `worst_wall_ms`. Memory
is that of the window's process before and at its highest; the work on the rows is done in a process of its
own, whose highest is `worker_rss_bytes`.

    python -m tests.benchmarks.bench_data [--rows 1000000]
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.commands.registry import CommandRegistry
from app.commands.spec import CommandSpec
from app.controllers.chat_controllers import ChatControllers
from app.controllers.models import ModelsController
from app.idle_gc import IdleGc
from app.pages.data.opened import RowFilter
from app.pages.data.page import DataPage
from app.theme.fonts import load_fonts
from app.theme.theme import Theme
from app.window.top_bar import REGION_COMMANDS
from engine.chat.models import ModelService
from engine.chat.turn import TurnRunner
from engine.client.process import ProcessClient
from engine.datasets.checks import BITS
from engine.store.database import open_store
from engine.store.service import StoreService
from tests.benchmarks.bench_attention_panel import Beats

_PATIENCE_S = 1800.0
_SYLLABLES = ("lan", "mer", "nid", "ros", "tuk", "vel", "wim", "zor")
_WORDS = [first + last for first in ("ba", "de", "fi", "go", "hu", "ka", "le", "mi") for last in _SYLLABLES]


class Host:
    """A window that says nothing."""

    current_page = "data"

    def show_page(self, page_id: str) -> None: ...

    def show_region(self, region: object) -> None: ...

    def toggle_region(self, region: object) -> None: ...

    def show_toast(self, text: str, action_text: str = "", on_action: object = None) -> None: ...

    def show_error(self, error: BaseException) -> None:
        raise error


def write_rows(path: Path, count: int) -> None:
    """One row in a thousand is a duplicate, one in a thousand has no answer, one line in a thousand is
    broken.
    """
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            question = " ".join(chance.choices(_WORDS, k=12))
            answer = " ".join(chance.choices(_WORDS, k=chance.randint(15, 45)))
            row = {"instruction": f"Question {number}: {question}?", "output": answer}
            if number % 1000 == 1:
                row["output"] = ""
            elif number % 1000 == 2:
                row = {"instruction": "Always the same question?", "output": "And always the same answer."}
            line = json.dumps(row)
            file.write((line[:-3] if number % 1000 == 3 else line) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
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
        path = Path(folder) / "rows.jsonl"
        write_rows(path, options.rows)
        result = measure(Path(folder) / "home", path, theme)
    collector.stop()
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


def measure(home: Path, path: Path, theme: Theme) -> dict[str, float]:
    store, client = open_store(home), ProcessClient(home)
    service, runner = StoreService(store), TurnRunner(store, client)
    bridge = EngineBridge()
    access, background = StoreAccess(service, bridge), Background(bridge)
    model_service = ModelService(store, client)
    models = ModelsController(model_service, access, background, bridge, home)
    controllers = ChatControllers(client, runner, access, background, bridge, models)
    registry = CommandRegistry()
    for command in REGION_COMMANDS:
        registry.register(CommandSpec(command, command, "", "view"), lambda: None)
    page = DataPage(controllers, Host(), registry, theme)
    page.view.resize(900, 640)
    page.view.show()
    try:
        return run(page, path)
    finally:
        page.view.close()
        controllers.close()
        background.close()
        bridge.close()
        for part in (runner, model_service, client, service, store):
            part.close()


def run(page: DataPage, path: Path) -> dict[str, float]:
    process = psutil.Process()
    wait(lambda: False, 1.0)
    before = process.memory_info().rss
    beat = Beats()
    began = time.monotonic()
    page.controller.add(str(path))
    wait(lambda: page.rows.rowCount() > 0)
    rows_s = time.monotonic() - began
    wait(lambda: page.controller.data is not None and page.controller.data.checked is not None)
    checked_s = time.monotonic() - began
    working, net = worst(beat)
    data = page.controller.data
    assert data is not None
    assert data.checked is not None

    began = time.monotonic()
    found: list[int] = []
    page.controller.rows_found.connect(lambda numbers: found.append(len(numbers)))
    page.controller.set_filter(RowFilter(text="question 77777"))
    wait(lambda: bool(found))
    search_s = time.monotonic() - began
    page.controller.set_filter(RowFilter())
    wait(lambda: len(found) > 1)
    searching, searching_net = worst(beat)

    for place in range(0, page.rows.rowCount(), max(1, page.rows.rowCount() // 200)):
        page.view.table.scrollTo(page.rows.index(place, 0))
        wait(lambda: False, 0.02)
    scrolling, scrolling_net = worst(beat)
    return {
        "rows": len(data.index),
        "broken": data.index.summary.broken,
        "duplicates": len(data.checked.rows("duplicate")),
        "no_answer": int((data.checked.flags & BITS["no_answer"] > 0).sum()),
        "rows_shown_s": round(rows_s, 2),
        "checked_s": round(checked_s, 2),
        "search_s": round(search_s, 2),
        "found": found[0],
        "worst_frame_ms": round(max(net, searching_net, scrolling_net), 1),
        "worst_wall_ms": round(max(working, searching, scrolling), 1),
        "worst_frame_working_ms": round(net, 1),
        "worst_frame_searching_ms": round(searching_net, 1),
        "worst_frame_scrolling_ms": round(scrolling_net, 1),
        "rss_before_bytes": before,
        "rss_after_bytes": process.memory_info().rss,
        "worker_rss_bytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024,
    }


def worst(beat: Beats) -> tuple[float, float]:
    """Worst gap by the clock, and without waiting for a processor, since the last call."""
    net = max(beat.net, default=0.0)
    return max(beat.take(), default=0.0), net


def wait(done: Callable[[], bool], seconds: float = _PATIENCE_S) -> None:
    """Run the event loop until then, or so long."""
    loop = QEventLoop()
    clock = QTimer()
    end = time.monotonic() + seconds
    clock.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > end else None)
    clock.start(5)
    loop.exec()
    clock.stop()


if __name__ == "__main__":
    raise SystemExit(main())
