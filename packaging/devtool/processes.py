"""Running other programs within a step: their output goes to a log, their progress to the screen."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtool.console import Problem, Step, what_it_does

TAIL_LINES = 25


def run_logged(
    command: Sequence[str | Path], log: Path, step: Step, environment: Mapping[str, str] | None = None
) -> None:
    """Runs `command` and appends its output to `log`. Raises `Problem` with the end of it when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    tail: list[str] = []
    with log.open("a", encoding="utf-8", errors="replace") as file:
        file.write(f"$ {' '.join(map(str, command))}\n")
        process = subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=None if environment is None else dict(environment),
        )
        with process:
            try:
                for line in process.stdout or ():
                    file.write(line)
                    tail = [*tail[-TAIL_LINES + 1 :], line.rstrip()]
                    step.detail = what_it_does(line) or step.detail
            except BaseException:
                process.terminate()
                raise
    if process.returncode:
        shown = "\n".join(f"    {line[:160]}" for line in tail)
        raise Problem(f"{step.title}: exit code {process.returncode}.\n{shown}\n  All of it is in {log}")
