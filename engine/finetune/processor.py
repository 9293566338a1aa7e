"""What the processor can do that training makes use of. Does not import torch."""

from functools import lru_cache
from pathlib import Path

from engine.finetune.policy import PathName

_FACTS = Path("/proc/cpuinfo")
_UNITS = "amx_bf16"


def trains_in_bf16(path: PathName) -> bool:
    """Whether a run on the processor multiplies in bfloat16 where the recipe leaves it open."""
    return path == "lean" and multiplies_bf16()


@lru_cache(maxsize=1)
def multiplies_bf16() -> bool:
    """Whether it has matrix units for bfloat16 (Intel AMX). Only Linux tells; elsewhere False."""
    try:
        facts = _FACTS.read_text("utf-8", "replace")
    except OSError:
        return False
    line = next((line for line in facts.splitlines() if line.startswith("flags")), "")
    return _UNITS in line.split()
