"""Once a second: what the process and the GPU use."""

import threading
import time
from collections.abc import Callable
from typing import Any

import psutil

from engine.protocol.events import AnyEvent, Stats

INTERVAL_S = 1.0


class StatsReporter(threading.Thread):
    """Daemon thread that sends `Stats`."""

    def __init__(self, send: Callable[[AnyEvent], None], kv_usage: Callable[[], tuple[int, int]]) -> None:
        super().__init__(name="stats", daemon=True)
        self._send = send
        self._kv_usage = kv_usage

    def run(self) -> None:
        process = psutil.Process()
        process.cpu_percent()
        gpu = _open_gpu()
        while True:
            time.sleep(INTERVAL_S)
            used, size = self._kv_usage()
            gpu_percent, gpu_used, gpu_total = _read_gpu(gpu)
            self._send(
                Stats(
                    rss_bytes=process.memory_info().rss,
                    cpu_percent=process.cpu_percent(),
                    kv_used=used,
                    kv_size=size,
                    gpu_percent=gpu_percent,
                    gpu_used_bytes=gpu_used,
                    gpu_total_bytes=gpu_total,
                )
            )


def _open_gpu() -> tuple[Any, Any] | None:
    """(pynvml, first device) where there is an NVIDIA driver."""
    try:
        import pynvml  # noqa: PLC0415 - only where there may be a GPU

        pynvml.nvmlInit()
        return pynvml, pynvml.nvmlDeviceGetHandleByIndex(0)
    except Exception:  # noqa: BLE001 - no driver, no device, no library: there is nothing to show
        return None


def _read_gpu(gpu: tuple[Any, Any] | None) -> tuple[float, int, int]:
    if gpu is None:
        return -1.0, -1, -1
    pynvml, device = gpu
    try:
        memory = pynvml.nvmlDeviceGetMemoryInfo(device)
        load = pynvml.nvmlDeviceGetUtilizationRates(device).gpu
    except pynvml.NVMLError:
        return -1.0, -1, -1
    return float(load), int(memory.used), int(memory.total)
