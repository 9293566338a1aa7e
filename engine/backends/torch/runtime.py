"""The one place where PyTorch and transformers are imported: quiet and offline."""

import importlib
import logging
import os
import warnings
from typing import Any

from engine.addon_folders import activate
from engine.errors import UserError

COMMAND = "lathe addons install training"


class Runtime:
    """`torch` and `transformers`, imported on the first use of a process.

    Raises `UserError` engine.backend_missing.
    """

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        self.torch: Any = _import("torch", "PyTorch")
        self.transformers: Any = _import("transformers", "transformers")
        _import("safetensors", "safetensors")
        logging.getLogger("transformers").setLevel(logging.ERROR)
        self.transformers.utils.logging.disable_progress_bar()

    @property
    def build(self) -> str:
        """Names and versions, for provenance."""
        return f"torch {self.torch.__version__}, transformers {self.transformers.__version__}"

    def device(self) -> Any:
        """The fastest place that there is."""
        torch = self.torch
        if torch.cuda.is_available():
            return torch.device("cuda")
        if torch.backends.mps.is_available():
            return torch.device("mps")
        return torch.device("cpu")

    def device_name(self, device: Any) -> str:
        """For people."""
        if device.type == "cuda":
            return str(self.torch.cuda.get_device_name(device))
        return "Apple GPU" if device.type == "mps" else "CPU"


def _import(module: str, package: str) -> Any:
    activate()  # it may have been installed since this process began
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(module)
    except ImportError:
        raise UserError("engine.backend_missing", package=package, command=COMMAND) from None
