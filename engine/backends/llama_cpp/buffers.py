"""What llama.cpp reserved for a model and its context, from the lines in which it says so."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import psutil

from engine.backends.llama_cpp.native import library, listening
from engine.library.fit import MemoryNeed
from engine.protocol.values import LoadMemory, MemoryBuffer

_LINE = re.compile(r"([\w.-]+) +(model|KV|RS|compute|output) buffer size = +([\d.]+) MiB")
_USES: dict[str, Literal["weights", "kv", "compute", "output"]] = {
    "model": "weights",
    "KV": "kv",
    "RS": "kv",
    "compute": "compute",
    "output": "output",
}


class LoadMeter:
    """Listens while a model is loaded, and compares what was taken with what was predicted."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._before = psutil.Process().memory_info().rss

    @contextmanager
    def listening(self) -> Iterator[None]:
        """For the block that makes the model and its context."""
        library()
        with listening(lambda _level, text: self._text.append(text)):
            yield

    def result(self, need: MemoryNeed) -> LoadMemory:
        """`need`: what was predicted."""
        grown = psutil.Process().memory_info().rss - self._before
        return LoadMemory(need.weights, need.kv, need.compute, parse_buffers("".join(self._text)), grown)


def parse_buffers(log: str) -> tuple[MemoryBuffer, ...]:
    """Buffers in the order of the log. Memory of the host that a GPU reads counts as CPU."""
    buffers = []
    for name, use, size in _LINE.findall(log):
        device = name.removesuffix("_Mapped")
        if device.startswith("CPU") or device.endswith("_Host"):
            device = "CPU"
        buffers.append(MemoryBuffer(device, _USES[use], int(float(size) * (1 << 20))))
    return tuple(buffers)
