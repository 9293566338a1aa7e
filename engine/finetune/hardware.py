"""What this machine trains on: device, precision, threads. Chosen by what there is, not by what is usual."""

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
    """bfloat16 on graphics cards that have units for it. On a CPU it is float32, also where there are such
    units: the first small changes of an adapter vanish in the rounding of what they are added to, and the
    held-out loss falls behind (starter model, 8 steps: 3.31 instead of 3.17; TRL with bfloat16 likewise).
    """
    if device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False):
        return "bf16"
    return "fp32"


def _usable_cpus() -> int:
    try:
        return len(psutil.Process().cpu_affinity() or ()) or psutil.cpu_count() or 1
    except (AttributeError, psutil.Error):  # not on every system
        return psutil.cpu_count() or 1
