"""What this machine trains on: device, precision, threads. Chosen by what there is, not by what is usual."""

import time
from typing import Any, Literal, NamedTuple

import psutil
import torch

from engine.finetune.recipe.sections import TrainSection

Precision = Literal["fp32", "bf16"]


class Hardware(NamedTuple):
    """`threads`: for the work on the CPU."""

    device: Any
    precision: Precision
    threads: int

    @property
    def name(self) -> str:
        """For people."""
        if self.device.type == "cuda":
            return str(torch.cuda.get_device_name(self.device))
        return "Apple GPU" if self.device.type == "mps" else "CPU"


def choose_hardware(train: TrainSection, threads: int = 0) -> Hardware:
    """`threads`: those of a run that is gone on with, 0 for a new one."""
    device = torch.device("cpu")
    if torch.cuda.is_available():
        device = torch.device("cuda")
    elif torch.backends.mps.is_available():
        device = torch.device("mps")
    count = threads or train.threads or psutil.cpu_count(logical=False) or 1
    count = min(count, _usable_cpus())
    precision = _precision(device) if train.precision == "auto" else train.precision
    return Hardware(device, precision, max(1, count))


def _precision(device: Any) -> Precision:
    """bfloat16 where its products are done by units made for it; elsewhere it is slower than float32."""
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    if device.type == "cpu":
        has_tiles = getattr(torch.cpu, "_is_amx_tile_supported", None)
        return "bf16" if has_tiles is not None and has_tiles() else "fp32"
    return "fp32"


def products_per_second(threads: int) -> float:
    """Multiplications and additions in a float32 product on the CPU, measured in some hundredths of a
    second.
    """
    torch.set_num_threads(threads)
    a, b = torch.ones(384, 768), torch.ones(768, 768)
    a @ b
    best = 0.0
    for _ in range(4):
        began = time.perf_counter()
        a @ b
        best = max(best, 2 * 384 * 768 * 768 / (time.perf_counter() - began))
    return best


def _usable_cpus() -> int:
    try:
        return len(psutil.Process().cpu_affinity() or ()) or psutil.cpu_count() or 1
    except (AttributeError, psutil.Error):  # not on every system
        return psutil.cpu_count() or 1
