"""How soon a library of 5,000 model files is there, and how long the window stands still meanwhile.

Prints one JSON line. Makes small valid GGUF files (a vocabulary of 256 tokens, a few tensors), then opens
the real models page on them twice: `cold` without an index, `warm` with the one of the first time. Making
the page is part of it. A timer of 4 ms is the heartbeat: a gap between two beats, less the interval, is a
stall. `quiet_stall_ms` is the same while nothing happens: what the machine does to an idle event loop.
While the second page is open, it is filtered and sorted.

    python -m tests.benchmarks.bench_library [--files 5000] [--folder DIR]
"""

import argparse
import json
import os
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.models import FOLDERS_KEY, ModelsController
from app.idle_gc import IdleGc
from app.pages.chat.host import PageHost
from app.pages.models.page import ModelsPage
from app.theme.fonts import load_fonts
from app.theme.theme import Theme
from engine.chat.models import ModelService
from engine.library.index import INDEX_NAME
from engine.store.database import open_store
from engine.store.service import StoreService
from tests.benchmarks.bench_transcript import Heartbeat, spin

U32, F32, STRING, ARRAY = 4, 6, 8, 9
ALIGNMENT = 32


def string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def key(name: str, kind: int, value: bytes) -> bytes:
    return string(name) + struct.pack("<I", kind) + value


def model_file(number: int) -> bytes:
    """A llama of 2 layers; `number` makes the content unique."""
    integers = {
        "block_count": 2,
        "context_length": 4096,
        "embedding_length": 32,
        "feed_forward_length": 64,
        "attention.head_count": 4,
        "attention.head_count_kv": 2,
    }
    tokens = b"".join(string(f"t{index}") for index in range(256))
    items = [
        key("general.architecture", STRING, string("llama")),
        key("general.name", STRING, string(f"Model {number}")),
        key("general.file_type", U32, struct.pack("<I", 0)),
        key("tokenizer.ggml.tokens", ARRAY, struct.pack("<IQ", STRING, 256) + tokens),
        *(key(f"llama.{name}", U32, struct.pack("<I", value)) for name, value in integers.items()),
    ]
    names = ["token_embd.weight", "output_norm.weight"]
    names += [f"blk.{layer}.{part}.weight" for layer in (0, 1) for part in ("attn_q", "attn_k", "ffn_up")]
    infos, offset = b"", 0
    for name in names:
        infos += string(name) + struct.pack("<IQIQ", 1, 64, 0, offset)
        offset += 64 * 4
    header = struct.pack("<4sIQQ", b"GGUF", 3, len(names), len(items)) + b"".join(items) + infos
    padding = -len(header) % ALIGNMENT
    return header + bytes(padding) + struct.pack("<I", number) + bytes(offset - 4)


def make_files(folder: Path, count: int) -> None:
    """In folders of 50, as people have them."""
    for number in range(count):
        path = folder / f"publisher-{number // 50:03d}" / f"Model-{number:05d}-Q4_K_M.gguf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(model_file(number))


class NoService:
    """Nothing is loaded here."""

    current = None


class Host:
    """Stands for the window."""

    current_page = "models"

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments: print(name, *arguments, file=sys.stderr)


class Opening:
    """One opening of the models page in a window that is there already, measured from the click on."""

    page: ModelsPage

    def __init__(self, home: Path, theme: Theme) -> None:
        self.theme = theme
        self.bridge = EngineBridge()
        self.store = open_store(home)
        self.service = StoreService(self.store)
        self.background = Background(self.bridge)
        access = StoreAccess(self.service, self.bridge)
        self.began = self.first_ms = self.all_ms = 0.0
        self.models = ModelsController(
            cast(ModelService, NoService()), access, self.background, self.bridge, home
        )
        self.window = QWidget()
        self.row = QHBoxLayout(self.window)
        self.window.resize(1440, 850)
        self.window.show()
        spin(300)

    def open(self) -> None:
        """What a click on the page's icon does."""
        self.began = time.perf_counter()
        self.page = ModelsPage(self.models, self.background, cast(PageHost, Host()), self.theme)
        self.page.rows.modelReset.connect(self._note_rows)
        for widget in (self.page.navigator(), self.page.centre(), self.page.inspector()):
            assert widget is not None
            self.row.addWidget(widget)

    def _note_rows(self) -> None:
        if not self.first_ms and self.page.rows.rowCount():
            self.first_ms = (time.perf_counter() - self.began) * 1000

    def run(self, count: int, heartbeat: Heartbeat) -> dict[str, float]:
        """Until all are listed and the scan is over."""
        loop = QEventLoop()
        timer = QTimer(interval=10, timerType=Qt.TimerType.PreciseTimer)

        def look() -> None:
            if not self.all_ms and self.page.rows.rowCount() >= count:
                self.all_ms = (time.perf_counter() - self.began) * 1000
            if self.all_ms and not self.models.library.scanning:
                loop.quit()

        timer.timeout.connect(look)
        QTimer.singleShot(0, self.open)
        QTimer.singleShot(0, timer.start)
        loop.exec()
        timer.stop()
        done_ms = (time.perf_counter() - self.began) * 1000
        spin(500)
        gaps = sorted(heartbeat.gaps)
        return {
            "first_rows_ms": round(self.first_ms, 1),
            "all_rows_ms": round(self.all_ms, 1),
            "scan_over_ms": round(done_ms, 1),
            "worst_stall_ms": round(gaps[-1], 1),
            "p99_stall_ms": round(gaps[len(gaps) * 99 // 100], 1),
            "worst_cpu_ms": round(heartbeat.worst_cpu, 1),
        }

    def use(self, heartbeat: Heartbeat) -> dict[str, float]:
        """Type a search, sort by two columns, scroll."""
        heartbeat.take()
        for text in ("m", "mo", "model-01", "model-012", ""):
            self.page.filter.setText(text)
            spin(60)
        for column in (4, 2, 0):
            self.page.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
            spin(60)
        bar = self.page.table.verticalScrollBar()
        for step in range(20):
            bar.setValue(bar.maximum() * step // 20)
            spin(20)
        return {"use_worst_stall_ms": round(max(heartbeat.take()), 1)}

    def close(self) -> None:
        self.models.close()
        self.page.deleteLater()
        self.window.close()
        self.background.close()
        self.bridge.close()
        self.service.close()
        self.store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="opening a library of many model files")
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--folder", type=Path, help="where the files are made, and kept for the next time")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(0.001)
    application = QApplication([])
    load_fonts()
    theme = Theme("dark")
    theme.install(application)
    result: dict[str, Any] = {"files": options.files}
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "files"
        make_files(folder, options.files)
        home = Path(temporary) / "home"
        home.mkdir()
        # Nothing of the user who measures is looked at.
        os.environ.update(HOME=temporary, LATHE_HOME=str(home))
        store = open_store(home)
        store.settings.set(FOLDERS_KEY, [str(folder)])
        store.close()
        collector = IdleGc(lambda: True)
        collector.start()
        heartbeat = Heartbeat()
        spin(1500)
        result["quiet_stall_ms"] = round(max(heartbeat.take()), 1)
        for name in ("cold", "warm"):
            opening = Opening(home, theme)
            heartbeat.take()
            result[name] = opening.run(options.files, heartbeat)
            if name == "warm":
                result.update(opening.use(heartbeat))
            opening.close()
            heartbeat.take()
        result["index_bytes"] = (home / INDEX_NAME).stat().st_size
        collector.stop()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
