"""The door to llama.cpp: the low-level library of llama-cpp-python, loaded once per process, and its log.

Everything else in this folder reaches C through `library()`. The library is untyped (ctypes), hence `Any`
here and nowhere else.
"""

import collections
import ctypes
import importlib
import importlib.metadata
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

LOG_ERROR = 4
_log: collections.deque[tuple[int, str]] = collections.deque(maxlen=400)
_keep_alive: list[object] = []
_listeners: list[Callable[[int, str], None]] = []


@cache
def library() -> Any:
    """`llama_cpp.llama_cpp`, initialised. Import takes a fraction of a second, so it waits for the first
    use.
    """
    # OpenMP threads that spin at barriers starve each other as soon as another process takes a core:
    # measured, two threads beside one busy process fall to a twenty-fifth of their speed. A short spin
    # keeps both. It must be set before libgomp is loaded.
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")
    lib: Any = importlib.import_module("llama_cpp.llama_cpp")
    callback = lib.llama_log_callback(_on_log)
    _keep_alive.append(callback)
    lib.llama_log_set(callback, ctypes.c_void_p(0))
    _load_backends(lib)
    lib.llama_backend_init()
    return lib


def _load_backends(lib: Any) -> None:
    """A packaged llama.cpp has one library for each generation of processors beside it, and the best of them
    has to be chosen: by itself it would look beside the program and in the current folder. Other builds have
    their backends inside.
    """
    count = _ggml_function(lib, "ggml_backend_reg_count")
    count.argtypes, count.restype = [], ctypes.c_size_t
    if count():
        return
    load = _ggml_function(lib, "ggml_backend_load_all_from_path")
    load.argtypes, load.restype = [ctypes.c_char_p], None
    load(os.fsencode(Path(lib.__file__).parent / "lib"))


def _ggml_function(lib: Any, name: str) -> Any:
    """Through libllama, whose ggml is the one that counts. Windows does not look into dependencies."""
    try:
        return getattr(lib._lib, name)
    except AttributeError:
        return getattr(importlib.import_module("llama_cpp._ggml").libggml, name)


def _on_log(level: int, text: bytes, _user_data: object) -> None:
    # Level 5 continues the line before.
    line = text.decode("utf-8", "replace")
    for listener in _listeners:
        listener(level, line)
    if level == 5 and _log:
        last_level, last = _log.pop()
        _log.append((last_level, last + line))
    else:
        _log.append((level, line))


@contextmanager
def listening(listener: Callable[[int, str], None]) -> Iterator[None]:
    """Let `listener` hear the log as it is written, in the pieces that the library writes. It is called
    from native code: it must not raise.
    """
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def clear_log() -> None:
    """Forget what was logged so far, so that `logged_errors` speaks of one operation."""
    _log.clear()


def logged_errors() -> list[str]:
    """Error lines since `clear_log`, oldest first, without llama.cpp's function prefixes."""
    lines = (text.strip() for level, text in _log if level == LOG_ERROR)
    return [line.split(": ", 1)[-1] if ": " in line else line for line in lines if line]


def raw_log() -> str:
    """All of the recent log, for reports."""
    return "".join(text for _, text in _log)


@cache
def build_name() -> str:
    """Which engine this is: package version and the CPU features it was compiled for."""
    lib = library()
    version = importlib.metadata.version("llama-cpp-python")
    features = [
        part.strip().removesuffix(" = 1")
        for part in lib.llama_print_system_info().decode().replace("CPU :", "|").split("|")
        if part.strip().endswith("= 1")
    ]
    return f"llama.cpp (llama-cpp-python {version}; {' '.join(features)})"


@cache
def library_stamp() -> str:
    """Changes when the library was compiled again, for measurements that hold for one build only."""
    folder = Path(library().__file__).parent / "lib"
    override = os.environ.get("LLAMA_CPP_LIB_PATH")
    files = sorted(Path(override or folder).glob("*ggml*"))
    return ";".join(f"{file.name}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files)


def supports_gpu() -> bool:
    """Whether this build can offload layers at all."""
    return bool(library().llama_supports_gpu_offload())
