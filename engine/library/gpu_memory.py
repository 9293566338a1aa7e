"""How much memory graphics processors have, as the driver's own library tells it."""

from typing import Any


def gpu_memory() -> tuple[int, int]:
    """(bytes in all, bytes free) of all NVIDIA devices together; zeros where there is none."""
    try:
        import pynvml  # noqa: PLC0415 - only where there may be a GPU

        library: Any = pynvml
        library.nvmlInit()
        total = free = 0
        for number in range(library.nvmlDeviceGetCount()):
            memory = library.nvmlDeviceGetMemoryInfo(library.nvmlDeviceGetHandleByIndex(number))
            total, free = total + int(memory.total), free + int(memory.free)
    except Exception:  # noqa: BLE001 - no driver, no device, no library: there is nothing to fill
        return 0, 0
    return total, free
