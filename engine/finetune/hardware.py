"""What this machine trains on: device, precision, threads. Chosen by what there is, not by what is usual."""

from typing import Any, Literal, NamedTuple

import psutil
import torch

from engine.finetune.policy import PathName
from engine.finetune.processor import trains_in_bf16
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


def choose_hardware(
    train: TrainSection, path: PathName, threads: int = 0, precision: Precision | None = None
) -> Hardware:
    """`threads`, `precision`: those of a run that is gone on with, nothing for a new one."""
    device = torch.device("cpu")
    if torch.cuda.is_available():
        device = torch.device("cuda")
    elif torch.backends.mps.is_available():
        device = torch.device("mps")
    count = threads or train.threads or psutil.cpu_count(logical=False) or 1
    count = min(count, _usable_cpus())
    if precision is None:
        precision = _precision(device, path) if train.precision == "auto" else train.precision
    return Hardware(device, precision, max(1, count))


def _precision(device: Any, path: PathName) -> Precision:
    """bfloat16 where there are units for it. On a CPU only where Lathe's own layers compute: those use it for
    the products with frozen weights and nothing else (starter model, 8 steps: held-out loss 3.315 as in
    float32). With activations in bfloat16 the first small changes of an adapter vanish in the rounding (3.46,
    and 3.53 with TRL).
    """
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    if device.type == "cpu" and trains_in_bf16(path):
        return "bf16"
    return "fp32"


def _usable_cpus() -> int:
    try:
        return len(psutil.Process().cpu_affinity() or ()) or psutil.cpu_count() or 1
    except (AttributeError, psutil.Error):  # not on every system
        return psutil.cpu_count() or 1
