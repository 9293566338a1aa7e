"""The checks of `dev.py test`, in order, and their summary."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devtool import layout
from devtool.console import Console, Problem, clock

LEAST_COVERAGE = 80
"""Per cent of branches and lines of `app` and `engine`; what runs in worker processes is not seen."""


@dataclass(frozen=True)
class Check:
    """A program of the environment and its arguments."""

    name: str
    program: str
    arguments: tuple[str, ...]

    def command(self) -> list[str]:
        return [str(layout.venv_program(self.program)), *self.arguments]


@dataclass(frozen=True)
class Outcome:
    name: str
    passed: bool
    seconds: float


def all_checks(*, fast: bool, pytest_arguments: Sequence[str]) -> list[Check]:
    """Every check. Coverage is measured when the whole of the tests runs."""
    whole = not (fast or pytest_arguments)
    chosen = ("-m", "not slow") if fast else ()
    measured = ("--cov", "--cov-report=") if whole else ()
    checks = [
        Check("style", "ruff", ("check", ".")),
        Check("format", "ruff", ("format", "--check", ".")),
        Check("types", "mypy", ()),
        Check("contracts", "lint-imports", ("--no-logo",)),
        Check("tests", "python", ("-m", "pytest", *chosen, *measured, *pytest_arguments)),
    ]
    if whole:
        report = (
            "report",
            f"--fail-under={LEAST_COVERAGE}",
            "--skip-covered",
            "--skip-empty",
            "--sort=cover",
        )
        checks.append(Check("coverage", "coverage", report))
    return checks


def all_benchmarks(root: Path = layout.ROOT) -> list[Check]:
    """The programs `bench_*.py` of tests/benchmarks; each prints one JSON object a line."""
    names = sorted(path.stem for path in (root / "tests/benchmarks").glob("bench_*.py"))
    return [
        Check(name.removeprefix("bench_"), "python", ("-m", f"tests.benchmarks.{name}")) for name in names
    ]


def package_checks(pytest_arguments: Sequence[str]) -> list[Check]:
    """The long tier: the package in dist/, installed and used. Needs root and debootstrap."""
    arguments = ("-m", "pytest", "tests/packaging", "-m", "package", *pytest_arguments)
    return [Check("package", "python", arguments)]


def newest_package(folder: Path = layout.DIST) -> Path:
    """The .deb that was made last. Raises `Problem`."""
    found = sorted(folder.glob("*.deb"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise Problem("There is no .deb in dist/ yet: run python3 dev.py package --formats deb first")
    return found[-1]


def run_checks(checks: Sequence[Check], console: Console, root: Path = layout.ROOT) -> list[Outcome]:
    """Runs all of them, also after one has failed; their output goes straight to the terminal."""
    variables = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    outcomes = []
    for check in checks:
        console.line(f"\n== {check.name}: {check.program} {' '.join(check.arguments)}")
        started = time.monotonic()
        code = subprocess.run(check.command(), cwd=root, env=variables, check=False).returncode
        outcomes.append(Outcome(check.name, code == 0, time.monotonic() - started))
    return outcomes


def summarize(outcomes: Sequence[Outcome], console: Console) -> bool:
    """Prints a line for each check; whether all passed."""
    console.line("\nChecks")
    for outcome in outcomes:
        mark = "ok  " if outcome.passed else "FAIL"
        console.line(f"  {mark} {outcome.name:<10} {clock(outcome.seconds):>9}")
    return all(outcome.passed for outcome in outcomes)
