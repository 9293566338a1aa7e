"""Transformers' side of `bench_inspect.py`: eager attention of a text in float32, in its own process.

    python eager_attention.py MODEL.gguf THREADS

Runs in an environment with torch, transformers and gguf. Reads a line of JSON with `ids`, answers with
`seconds` of the forward pass and `peak_bytes` of the process; the model is loaded before the first answer.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import torch

from tests.reference.record_attention import load


def main() -> None:
    torch.set_num_threads(int(sys.argv[2]))
    torch.set_grad_enabled(False)
    model = load(Path(sys.argv[1]))
    answer({})
    for line in sys.stdin:
        ids = torch.tensor([json.loads(line)["ids"]])
        started = time.perf_counter()
        output = model(ids, output_attentions=True, use_cache=False)
        seconds = time.perf_counter() - started
        shape = [len(output.attentions), *output.attentions[0].shape[1:]]
        # Kibibytes on Linux, bytes on macOS.
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        answer({"seconds": seconds, "peak_bytes": peak, "shape": shape})
        del output


def answer(fields: dict[str, Any]) -> None:
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    main()
