"""The training stack: PyTorch, transformers and what else `packaging/locks/train.txt` names.

It is several times as large as the rest of Lathe, so it comes when somebody wants it. pip does the work, in
a process of its own (`engine.worker pip`), into a folder that becomes visible when it is complete.
"""

import collections
import importlib.metadata
import importlib.util
import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.addon_folders import packages_folder, training_lock
from engine.addons.pip_connections import SUBJECT_VARIABLE
from engine.addons.pip_output import PipProgress, canonical
from engine.errors import UserError
from engine.launch import worker_command, worker_environment
from engine.network.offline import require_online
from engine.output import check_space, writing_folder
from engine.protocol.addons import AddonInstalled, InstallAddonJob
from engine.protocol.jobs import JobEvent, JobStep
from engine.store.home import lathe_home

COMMAND = "lathe addons install training"
PYPI = "https://pypi.org/simple"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
"""PyPI's PyTorch for Linux brings gigabytes of CUDA libraries; this one does not."""
_NEEDED_BYTES = 3 << 30
_NEEDED_WITH_CUDA = 12 << 30
_POLL_S = 0.5
_TAIL_LINES = 40
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_RAW_PROGRESS_SINCE = (24, 1)
_NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)")


def torch_index_for_this_machine(platform: str = sys.platform) -> str:
    """Without an NVIDIA driver on Linux the index of CPU builds, else ""."""
    if platform.startswith("linux") and not Path("/proc/driver/nvidia/version").exists():
        return CPU_INDEX
    return ""


def is_installed() -> bool:
    """Whether this process could import the stack, from an add-on (see `activate`) or its environment."""
    return all(importlib.util.find_spec(name) is not None for name in ("torch", "transformers", "peft"))


def locked_versions() -> dict[str, str]:
    """Canonical name to version, of everything the stack adds. Raises `FileNotFoundError`."""
    entries = _NAME.findall(training_lock().read_text("utf-8"))
    return {canonical(name): version for name, version in entries}


def run_install_addon(job: InstallAddonJob, tell: Callable[[JobEvent], None]) -> AddonInstalled:
    """Raises `UserError` addon.*, output.*."""
    began = time.monotonic()
    _require_indexes(job)
    target = Path(job.target)
    if importlib.util.find_spec("pip") is None:
        raise UserError("addon.no_pip")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("output.unwritable", path=target, reason=error.strerror or error) from error
    on_cpu = bool(job.torch_index) or not sys.platform.startswith("linux")
    check_space(target, _NEEDED_BYTES if on_cpu else _NEEDED_WITH_CUDA)
    with writing_folder(target) as part:
        _install(job, part, tell)
        packages = packages_folder(part)
        found = sum(1 for _ in packages.glob("*.dist-info"))
        size = sum(path.stat().st_size for path in part.rglob("*") if path.is_file())
    _remove_older(target)
    return AddonInstalled(job.addon, str(target), found, size, time.monotonic() - began)


def pip_arguments(part: Path, torch_index: str, pip_version: str) -> list[str]:
    """What follows `pip`."""
    release = tuple(int(number) for number in re.findall(r"\d+", pip_version)[:2])
    bar = "raw" if release >= _RAW_PROGRESS_SINCE else "off"
    index = ["--extra-index-url", torch_index] if torch_index else []
    return [
        "install",
        "--prefix",
        str(part),
        "--requirement",
        str(training_lock()),
        "--only-binary",
        ":all:",
        "--progress-bar",
        bar,
        "--no-warn-script-location",
        *index,
    ]


def _install(job: InstallAddonJob, part: Path, tell: Callable[[JobEvent], None]) -> None:
    arguments = pip_arguments(part, job.torch_index, importlib.metadata.version("pip"))
    progress = PipProgress(sorted(locked_versions()))
    tail: collections.deque[str] = collections.deque(maxlen=_TAIL_LINES)
    tell(JobStep(0.0, "pip"))
    with _started(arguments, job.addon) as process:
        try:
            for line in _lines(process):
                if line:
                    sys.stderr.write(line)
                    tail.append(line.strip())
                if progress.unpacking:
                    progress.set_unpacked(sum(1 for _ in packages_folder(part).glob("*.dist-info")))
                if progress.take(line) or not line:
                    tell(JobStep(progress.fraction, progress.package))
        except BaseException:
            process.kill()
            raise
        code = process.wait()
    if code:
        _require_indexes(job)  # somebody may have gone offline meanwhile
        raise UserError("addon.failed", reason=reason_in(tail))


def reason_in(lines: Sequence[str]) -> str:
    """pip's last error, in one line."""
    errors = [line.partition("ERROR:")[2].strip() for line in lines if line.startswith("ERROR:")]
    # “Exception:” alone: pip itself broke, and the traceback follows.
    last = (
        errors[-1]
        if errors and not errors[-1].endswith(":")
        else next((line for line in reversed(lines) if line), "pip has said nothing")
    )
    return last.rstrip(".")


def _require_indexes(job: InstallAddonJob) -> None:
    """Raises `UserError` network.offline where another machine would have to be asked."""
    if os.environ.get("PIP_NO_INDEX"):
        return
    for address in (os.environ.get("PIP_INDEX_URL") or PYPI, job.torch_index):
        if address.startswith(("http://", "https://")):
            require_online(lathe_home(), address)


def _started(arguments: Sequence[str], addon: str) -> "subprocess.Popen[str]":
    environment = {
        **worker_environment(Path(os.environ.get("LATHE_HOME", "."))),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        SUBJECT_VARIABLE: addon,
        "PYTHONNOUSERSITE": "1",
    }
    # Its own packages are what the add-on builds on; a checkout's folder is none of pip's business.
    environment["PYTHONPATH"] = environment["PYTHONPATH"].split(os.pathsep)[0]
    return subprocess.Popen(
        [*worker_command(), "pip", *arguments],
        stdin=subprocess.PIPE,  # its end tells pip that we are gone
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        creationflags=_NO_WINDOW,
    )


def _lines(process: "subprocess.Popen[str]") -> "collections.abc.Iterator[str]":
    """Lines as they come, and "" at times while none do."""
    waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        for line in process.stdout or ():
            waiting.put(line)
        waiting.put(None)

    threading.Thread(target=read, name="pip", daemon=True).start()
    while True:
        try:
            line = waiting.get(timeout=_POLL_S)
        except queue.Empty:
            yield ""
            continue
        if line is None:
            return
        yield line


def _remove_older(target: Path) -> None:
    """Stacks for another Python or another lock are of no use to anybody."""
    import shutil  # noqa: PLC0415

    kind = target.name.split("-")[0]
    for other in target.parent.glob(f"{kind}-*"):
        if other != target and not other.name.endswith(".part"):
            shutil.rmtree(other, ignore_errors=True)
