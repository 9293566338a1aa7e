"""Memory and time of converting, both ways. Prints one JSON line.

`to_gguf_memory`, `to_folder_memory`: the most that the process grew while it converted, against the bytes of
the largest tensor in the folder as it is stored (the bound is 4). Each conversion has a process of its own.
`…_mb_per_s`: weights in the folder, by the time.

    python -m tests.benchmarks.bench_convert [MODEL.gguf] [--type f16]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engine.convert.weights import list_tensors
from engine.protocol.jobs import ConvertJob
from tests.support.starter import installed_starter


def measured(job: ConvertJob) -> dict[str, float]:
    """In a fresh process: seconds, and bytes by which its peak grew once everything is imported."""
    words = [sys.executable, "-m", "tests.benchmarks.bench_convert", "--inside", job.source, job.target]
    done = subprocess.run([*words, "--type", job.type_name], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def inside(source: str, target: str, kind: str) -> None:
    """What the process of one conversion does."""
    import resource

    import gguf  # noqa: F401 - its memory is not the conversion's
    import numpy as np

    from engine.convert.job import run_convert

    np.zeros(1 << 20).sum()

    def peak() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    before, started = peak(), time.perf_counter()
    run_convert(ConvertJob(source, target, kind), lambda _: None)
    print(json.dumps({"seconds": time.perf_counter() - started, "grown": peak() - before}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", type=Path)
    parser.add_argument("--type", default="f16")
    parser.add_argument("--inside", nargs=2, metavar=("SOURCE", "TARGET"))
    options = parser.parse_args()
    if options.inside:
        source, target = options.inside
        inside(source, target, options.type)
        return
    model = options.model or installed_starter()
    if model is None:
        sys.exit("no model")
    with tempfile.TemporaryDirectory() as folder:
        there, back = Path(folder) / "folder", Path(folder) / "again.gguf"
        to_folder = measured(ConvertJob(str(model), str(there), options.type))
        tensors = list_tensors(there).values()
        largest, total = max(one.nbytes for one in tensors), sum(one.nbytes for one in tensors)
        to_gguf = measured(ConvertJob(str(there), str(back), options.type))
    figures = {"largest_tensor_mb": round(largest / 1e6, 1), "weights_mb": round(total / 1e6, 1)}
    for name, one in (("to_folder", to_folder), ("to_gguf", to_gguf)):
        figures[f"{name}_memory"] = round(one["grown"] / largest, 2)
        figures[f"{name}_mb_per_s"] = round(total / 1e6 / one["seconds"], 1)
    print(json.dumps({"benchmark": "convert", "model": model.name, "type": options.type, **figures}))


if __name__ == "__main__":
    main()
