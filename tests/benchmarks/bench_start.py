"""From the start of the process to the first painted window, as a ratio.

    python tests/benchmarks/bench_start.py [--rounds N]

Two programs in turn, N times each: the window of Lathe with an empty home folder, and a script that imports
PySide6 and shows an empty window of the same size. Prints one JSON object a line: medians in milliseconds and
their ratio. Compare the ratio only; the milliseconds belong to this machine.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    told = False

    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.told:
            self.told = True
            QTimer.singleShot(0, self.tell)

    def tell(self):
        sys.stdout.write("painted\\n")
        sys.stdout.flush()

application = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
application.exec()
"""


def measure(command: list[str], environment: dict[str, str]) -> float:
    """Milliseconds until the process says “painted”; the process is then ended."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    elapsed = 1000 * (time.perf_counter() - began)
    process.kill()
    _out, errors = process.communicate()
    if line.strip() != "painted":
        raise RuntimeError(f"{command[1:3]} did not paint: {errors[-800:]}")
    return elapsed


def run(rounds: int) -> dict[str, float]:
    """Medians and their ratio; one round of each is thrown away (files come into the cache)."""
    environment = dict(os.environ, LATHE_TELL_FIRST_PAINT="1", PYTHONPATH=str(ROOT))
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    # Compiled modules are kept, as in an installed program.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    bare: list[float] = []
    lathe: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        for number in range(rounds + 1):
            home = Path(folder) / str(number)
            one = measure([sys.executable, "-c", BARE], environment)
            other = measure([sys.executable, "-m", "app", "--home", str(home), "--fake-model"], environment)
            if number:
                bare.append(one)
                lathe.append(other)
    bare_ms, lathe_ms = statistics.median(bare), statistics.median(lathe)
    return {
        "bare_ms": round(bare_ms, 1),
        "lathe_ms": round(lathe_ms, 1),
        "ratio": round(lathe_ms / bare_ms, 3),
        "rounds": rounds,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    result = run(parser.parse_args().rounds)
    print(json.dumps({"benchmark": "start", **result, "limit": 2.0}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
