"""From the start of the process to the first painted window, as a ratio.

    python tests/benchmarks/bench_start.py [--rounds N] [--program /usr/lib/lathe/lathe]

Two programs in turn, N times each: the window of Lathe with an empty home folder, and a script that imports
PySide6 and shows an empty window of the same size. Prints one JSON object a line: medians in milliseconds and
their ratio. Compare the ratio only; the milliseconds belong to this machine.

With `--program` the packaged program is a third in turn, and `packaged_ratio` compares it with the same from
source (at most 1.5).
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


def run(rounds: int, program: Path | None = None) -> dict[str, float]:
    """Medians and their ratio; one round of each is thrown away (files come into the cache)."""
    environment = dict(os.environ, LATHE_TELL_FIRST_PAINT="1", PYTHONPATH=str(ROOT))
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    # Compiled modules are kept, as in an installed program.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    bare: list[float] = []
    lathe: list[float] = []
    packaged: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        for number in range(rounds + 1):
            home = Path(folder) / str(number)
            one = measure([sys.executable, "-c", BARE], environment)
            other = measure([sys.executable, "-m", "app", "--home", str(home), "--fake-model"], environment)
            if program is not None:
                home = Path(folder) / f"packaged-{number}"
                # Its own modules only: nothing of this checkout.
                alone = {name: value for name, value in environment.items() if not name.startswith("PYTHON")}
                third = measure([str(program), "--home", str(home), "--fake-model"], alone)
                packaged += [third] if number else []
            if number:
                bare.append(one)
                lathe.append(other)
    bare_ms, lathe_ms = statistics.median(bare), statistics.median(lathe)
    result = {
        "bare_ms": round(bare_ms, 1),
        "lathe_ms": round(lathe_ms, 1),
        "ratio": round(lathe_ms / bare_ms, 3),
        "rounds": rounds,
    }
    if packaged:
        packaged_ms = statistics.median(packaged)
        result["packaged_ms"] = round(packaged_ms, 1)
        result["packaged_ratio"] = round(packaged_ms / lathe_ms, 3)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--program", type=Path, help="a packaged lathe to compare with the one from source")
    args = parser.parse_args()
    result = run(args.rounds, args.program)
    limits = {"limit": 2.0, **({"packaged_limit": 1.5} if args.program else {})}
    print(json.dumps({"benchmark": "start", **result, **limits}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
