"""The set-up: environment, dependencies, engine, starter model. Each step is skipped once it is done."""

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtool import engine_build, kernel_build, layout, system_libraries
from devtool.console import Console, Problem
from devtool.processes import run_logged
from devtool.stamps import Stamps, fingerprint

COMPILERS = ("c++", "g++", "clang++")
NO_COMPILER = (
    "llama.cpp has to be compiled, and no C++ compiler was found.\n"
    "  On Debian and Ubuntu: sudo apt-get install g++      On macOS: xcode-select --install"
)


class Environment:
    """The `.venv` of this checkout. Steps raise `Problem` with a sentence for the person at the terminal."""

    def __init__(self, console: Console, venv: Path = layout.VENV) -> None:
        self.console = console
        self.venv = venv
        self.state = venv / layout.STATE.name
        self.stamps = Stamps(self.state / "stamps.json")
        self.python = layout.venv_program("python", venv)
        self.variables = {
            **os.environ,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
            "PYTHONUTF8": "1",
        }

    def set_up(
        self, *, testing: bool, display: str | None, training: bool = False, rebuild_engine: bool = False
    ) -> None:
        """Everything that `run` needs; with `testing` also the tools of `test`.

        The training stack comes with `training` or `testing`; where it came once, later set-ups keep it.
        `rebuild_engine`: llama.cpp is compiled anew, and what pip keeps of it is replaced.
        """
        self.console.line("Setting up Lathe" + (" and its test tools" if testing else ""))
        self.system_packages(testing=testing, display=display)
        self.make_venv()
        self.install("Python packages", layout.RUNTIME_LOCK)
        self.install_engine(rebuild=rebuild_engine)
        self.install("starter model (98 MB)", layout.STARTER_LOCK)
        self.install("build tools", layout.BUILD_LOCK)
        if training or testing or self.stamps.has(layout.TRAIN_LOCK.stem):
            self.install_training()
        if testing:
            self.install("test tools", layout.TOOLS_LOCK)
            self.install("encoder for tests (84 MB)", layout.ENCODER_LOCK)
        self.install_project()
        self.build_kernel(kernel_build.IN_CHECKOUT)

    def system_packages(self, *, testing: bool, display: str | None) -> None:
        """Finds system libraries that Qt will want; installs them where that is allowed."""
        if not sys.platform.startswith("linux"):
            return
        needed = system_libraries.find_missing(system_libraries.wanted(display=display))
        if needed and not self._apt(needed.packages):
            raise Problem(needed.sentence("a window" if display else "drawing"))
        if testing:
            extra = system_libraries.find_missing(
                system_libraries.WINDOW, system_libraries.PROGRAMS_FOR_TESTS
            )
            if extra and not self._apt(extra.packages):
                self.console.line(f"  note {extra.sentence('tests in a real window')}")
        self.console.done_before("system libraries")

    def _apt(self, packages: Sequence[str]) -> bool:
        if not system_libraries.can_install():
            return False
        variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # The environment may not exist yet, and making it must find an empty place.
        log = layout.ROOT / ".lathe-dev" / "apt.log"
        with self.console.step(f"system packages: {' '.join(packages)}") as step:
            for command in system_libraries.install_commands(packages):
                run_logged(command, log, step, variables)
        return True

    def make_venv(self) -> None:
        """Makes `.venv`, or makes it again when its interpreter is gone or another one."""
        inside = Path(sys.prefix).resolve() == self.venv.resolve()
        if inside or self._venv_version() == sys.version_info[:2]:
            self.console.done_before("environment .venv")
            return
        if importlib.util.find_spec("ensurepip") is None and not self._apt(["python3-venv"]):
            raise Problem(
                "This Python cannot make environments: its ensurepip module is missing.\n"
                "  On Debian and Ubuntu: sudo apt-get install python3-venv"
            )
        with self.console.step("environment .venv") as step:
            shutil.rmtree(self.venv, ignore_errors=True)
            log = layout.ROOT / ".lathe-dev" / "venv.log"
            run_logged([sys.executable, "-m", "venv", self.venv], log, step)

    def _venv_version(self) -> tuple[int, int] | None:
        probe = "import sys, pip; print(*sys.version_info[:2])"
        try:
            output = subprocess.run(
                [self.python, "-c", probe], capture_output=True, text=True, check=True
            ).stdout
            major, minor = output.split()
        except (OSError, subprocess.CalledProcessError, ValueError):
            return None
        return int(major), int(minor)

    def install(self, title: str, lock: Path) -> None:
        """Installs what a hashed lock names, as wheels only."""
        key = fingerprint(lock, sys.version, sysconfig.get_platform())
        if self.stamps.is_done(lock.stem, key):
            self.console.done_before(title)
            return
        options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(lock)]
        self._pip(title, options)
        self.stamps.set_done(lock.stem, key)

    def install_training(self) -> None:
        """Exact versions without hashes: torch is another file on each platform.

        Dependencies are followed, because a CUDA build of torch asks for libraries that a CPU build has not.
        """
        lock = layout.TRAIN_LOCK
        key = fingerprint(lock, sys.version, sysconfig.get_platform())
        if self.stamps.is_done(lock.stem, key):
            self.console.done_before("training stack")
            return
        self._pip("training stack (PyTorch and more)", ["--only-binary", ":all:", "--requirement", str(lock)])
        self.stamps.set_done(lock.stem, key)

    def install_engine(self, *, rebuild: bool = False) -> None:
        """Compiles llama.cpp from the locked source, once; pip keeps the result for other checkouts.

        `CMAKE_ARGS` reaches the build. A build made with it stays until the lock or `CMAKE_ARGS` changes.
        """
        title = "llama.cpp"
        arguments = os.environ.get("CMAKE_ARGS", "")
        key = fingerprint(layout.ENGINE_LOCK, sys.version, sysconfig.get_platform())
        if not rebuild and engine_is_done(self.stamps, key, arguments):
            self.console.done_before(title)
            return
        if not has_compiler(os.environ) and not self._apt(["g++"]):
            raise Problem(NO_COMPILER)
        options = ["--require-hashes", "--no-deps", "--verbose", "--requirement", str(layout.ENGINE_LOCK)]
        if arguments:
            options += ["--no-cache-dir", "--force-reinstall"]
        elif rebuild:
            self._forget_engine()
            options.append("--force-reinstall")
        self._pip(
            f"{title} (compiled once: about 15 minutes on two cores)",
            options,
            engine_build.build_variables(self.variables),
        )
        self.stamps.set_done("engine-arguments", fingerprint(arguments))
        self.stamps.set_done("engine", key)
        if engine_build.leaves_matrix_units_unused(self.venv):
            self.console.line(engine_build.SLOW_BUILD)

    def _forget_engine(self) -> None:
        """Takes llama.cpp out of what pip keeps. That it keeps none is no failure."""
        command: list[str | Path] = [self.python, "-m", "pip", "cache", "remove", "llama_cpp_python"]
        subprocess.run(command, capture_output=True, check=False, env=self.variables)

    def install_project(self) -> None:
        """Makes `lathe` a command of the environment, running from this checkout."""
        key = fingerprint(layout.ROOT / "pyproject.toml", str(layout.ROOT), sys.version)
        if self.stamps.is_done("project", key) and layout.venv_program("lathe").exists():
            self.console.done_before("Lathe itself")
            return
        options = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(layout.ROOT)]
        self._pip("Lathe itself", options)
        self.stamps.set_done("project", key)

    def build_kernel(self, target: Path) -> None:
        """Compiles the attention kernel. Without a compiler numpy does its work, so that is no failure."""
        title = "attention kernel"
        key = fingerprint(
            kernel_build.SOURCE, *kernel_build.OPTIONS, *kernel_build.POSITION_INDEPENDENT, str(target)
        )
        if self.stamps.is_done("kernel", key) and target.exists():
            self.console.done_before(title)
            return
        draft = target.with_name(target.name + ".part")
        command = kernel_build.compile_command(draft, self.variables)
        if command is None:
            self.console.line(f"  note {title}: not compiled, numpy takes its place")
            return
        draft.parent.mkdir(parents=True, exist_ok=True)
        with self.console.step(title) as step:
            run_logged(command, self.state / "kernel.log", step, self.variables)
        draft.replace(target)
        self.stamps.set_done("kernel", key)

    def _pip(self, title: str, options: Sequence[str], variables: Mapping[str, str] | None = None) -> None:
        with self.console.step(title) as step:
            command: list[str | Path] = [self.python, "-m", "pip", "install", *options]
            run_logged(command, self.state / "install.log", step, variables or self.variables)


def engine_is_done(stamps: Stamps, key: str, cmake_arguments: str) -> bool:
    """Whether the compiled engine is the locked one, made with `CMAKE_ARGS` where that is set."""
    if not stamps.is_done("engine", key):
        return False
    return not cmake_arguments or stamps.is_done("engine-arguments", fingerprint(cmake_arguments))


def has_compiler(variables: Mapping[str, str]) -> bool:
    """Whether something can compile C++. (Visual Studio is found by CMake itself.)"""
    if sys.platform == "win32" or variables.get("CXX"):
        return True
    return any(shutil.which(name, path=variables.get("PATH")) for name in COMPILERS)
