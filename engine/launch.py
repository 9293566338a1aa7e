"""How a worker process is started, from source, from an installed package, or frozen."""

import os
import sys
from pathlib import Path

import engine


def worker_command() -> list[str]:
    """The worker is the same program with another entry point."""
    if getattr(sys, "frozen", False):
        suffix = ".exe" if sys.platform == "win32" else ""
        # The command may be a link from /usr/bin: the worker lies beside the program itself.
        return [str(Path(sys.executable).resolve().with_name("lathe-worker" + suffix))]
    return [sys.executable, "-m", "engine.worker"]


def worker_environment(home: Path) -> dict[str, str]:
    """The parent's environment, with what native code reads at load time."""
    environment = dict(os.environ)
    package_root = str(Path(engine.__file__).resolve().parent.parent)
    paths = [package_root, environment.get("PYTHONPATH", "")]
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    environment["LATHE_HOME"] = str(home)
    environment["PYTHONIOENCODING"] = "utf-8"
    # See engine.backends.llama_cpp.native: a short spin keeps threads from starving each other.
    environment.setdefault("GOMP_SPINCOUNT", "10000")
    environment.setdefault("GGML_NO_BACKTRACE", "1")
    # Only a process that was started to ask a hub takes these back, for itself.
    environment["HF_HUB_OFFLINE"] = "1"
    environment["HF_DATASETS_OFFLINE"] = "1"
    environment["HF_HUB_DISABLE_TELEMETRY"] = "1"
    return environment


def model_environment(home: Path) -> dict[str, str]:
    """The same for a process that answers with llama.cpp: rearranged weights and caches lie in pages of two
    megabytes, where Linux hands them out on request. The processor then looks up addresses far less often:
    a twelfth of the time of a token as measured with AMX. (Training, which takes and returns memory all the
    time, becomes slower by it.) A C library that does not know the setting ignores it.
    """
    environment = worker_environment(home)
    tunables = environment.get("GLIBC_TUNABLES", "")
    if sys.platform.startswith("linux") and "glibc.malloc.hugetlb" not in tunables:
        environment["GLIBC_TUNABLES"] = ":".join(filter(None, [tunables, "glibc.malloc.hugetlb=1"]))
    return environment
