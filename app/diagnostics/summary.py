"""What a person who wants to help has to know about this machine, as a text to paste. No private text: no
names of models, chats, files or folders.
"""

import os
import platform
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil

from app.diagnostics.reports import DISTRIBUTION, installed_version
from engine.library.gpu_memory import gpu_memory
from engine.network.offline import is_offline
from engine.store.contents import measure

_LIBRARIES = (
    "PySide6-Essentials",
    "llama-cpp-python",
    "numpy",
    "msgspec",
    "torch",
    "transformers",
    "peft",
    "trl",
)
_GIB = 1 << 30


def compose_summary(
    home: Path, window_facts: Mapping[str, str], engine_facts: str, changed: list[str]
) -> str:
    """Reads the disk and asks drivers: not for the GUI thread. `changed`: keys of settings, not values."""
    lines = [f"Lathe {installed_version(DISTRIBUTION)}"]
    lines += [f"{name} {installed_version(name)}" for name in _LIBRARIES]
    lines += ["", f"System: {platform.platform()}", f"Python: {platform.python_version()}"]
    frozen = "installed program" if getattr(sys, "frozen", False) else "from source or a package"
    lines.append(f"Kind: {frozen}")
    memory = psutil.virtual_memory()
    cores = psutil.cpu_count(logical=False) or 0
    lines.append(f"Processor: {_processor()}, {cores} cores, {psutil.cpu_count()} threads")
    lines.append(f"Memory: {memory.total / _GIB:.1f} GiB, {memory.available / _GIB:.1f} GiB free")
    total, free = gpu_memory()
    lines.append(
        f"Graphics memory: {total / _GIB:.1f} GiB, {free / _GIB:.1f} GiB free" if total else "No NVIDIA GPU"
    )
    lines += ["", *(f"{name}: {value}" for name, value in window_facts.items())]
    lines += ["", engine_facts.strip() or "Engine: not started", ""]
    lines += _disk(home)
    lines.append(f"Works offline: {'yes' if is_offline(home) else 'no'}")
    lines.append(f"Changed settings: {', '.join(sorted(changed)) or 'none'}")
    return "\n".join(lines) + "\n"


def _disk(home: Path) -> list[str]:
    try:
        free = f"{shutil.disk_usage(home).free / _GIB:.1f} GiB"
    except OSError as error:
        free = f"unknown ({error.strerror})"
    writable = "yes" if os.access(home, os.W_OK) else "no"
    lines = [f"Data folder: writable {writable}, {free} free"]
    for part, size in measure(home).items():
        if size.files:
            lines.append(f"  {part}: {size.size_bytes / (1 << 20):.1f} MiB in {size.files} files")
    return lines


def _processor() -> str:
    """The model's name where the system says it."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass  # no Linux
    return platform.processor() or platform.machine()
