"""What `dev.py` makes of its arguments."""

import subprocess
import sys
from pathlib import Path

import pytest

import dev
from devtool import cli, layout
from devtool.checks import Outcome, all_benchmarks, all_checks, run_checks, summarize
from devtool.cli import TestOptions, Usage, parse_test_options
from devtool.console import Console
from devtool.environment import Environment
from tests.support.sources import ROOT


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], TestOptions()),
        (["--fast"], TestOptions(fast=True)),
        (["-k", "store", "--fast", "-x"], TestOptions(fast=True, pytest=("-k", "store", "-x"))),
        (["--only", "style,types"], TestOptions(only=("style", "types"))),
        (["--only=tests", "tests/engine"], TestOptions(only=("tests",), pytest=("tests/engine",))),
        (["--benchmarks"], TestOptions(benchmarks=True)),
        (["--", "--fast"], TestOptions(pytest=("--fast",))),
    ],
)
def test_own_options_are_taken_out(arguments: list[str], expected: TestOptions) -> None:
    assert parse_test_options(arguments) == expected


def test_only_needs_names() -> None:
    with pytest.raises(Usage, match="names of checks"):
        parse_test_options(["--only"])


@pytest.mark.parametrize("arguments", [[], ["build"], ["setup", "--all"], ["test", "--only", "beauty"]])
def test_senseless_arguments_show_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    assert "usage: python3 dev.py run" in capsys.readouterr().out


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"dev.py {command}" in shown for command in ("run", "test", "setup", "lock"))


@pytest.mark.parametrize(
    ("arguments", "training", "handed_over"),
    [
        (["run", "--training", "--fake-model"], True, ["--fake-model"]),
        (["run", "--fake-model"], False, ["--fake-model"]),
    ],
)
def test_training_is_ours_and_the_rest_is_the_programs(
    arguments: list[str], training: bool, handed_over: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    opened: list[list[str]] = []

    def set_up(_: object, *, testing: bool, display: str | None, training: bool) -> None:
        asked.append(training)

    def hand_over(command: list[str]) -> int:
        opened.append(command)
        return 0

    monkeypatch.setattr(Environment, "set_up", set_up)
    monkeypatch.setattr(cli, "hand_over", hand_over)
    assert cli.main(arguments) == 0
    assert asked == [training]
    assert opened[0][-len(handed_over) :] == handed_over
    assert "--training" not in opened[0]


@pytest.mark.parametrize(
    "arguments",
    [["setup"], ["setup", "--training"], ["setup", "--tools", "--training"], ["setup", "--rebuild-engine"]],
)
def test_setup_takes_its_options_in_any_number(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[bool, bool, bool]] = []

    def set_up(
        _: object, *, testing: bool, display: str | None, training: bool, rebuild_engine: bool
    ) -> None:
        asked.append((testing, training, rebuild_engine))

    monkeypatch.setattr(Environment, "set_up", set_up)
    assert cli.main(arguments) == 0
    assert asked == [tuple(f"--{name}" in arguments for name in ("tools", "training", "rebuild-engine"))]


def test_arguments_after_run_reach_the_window() -> None:
    assert cli.program("x11", ["--fake-model", "--home", "h"])[1:] == [
        "-P",
        "-m",
        "app",
        "--fake-model",
        "--home",
        "h",
    ]


def test_without_a_display_the_terminal_chat_opens() -> None:
    program = cli.program(None, ["--home", "h"])
    assert Path(program[0]).stem == "lathe"
    assert program[1:] == ["chat", "--home", "h"]


def test_programs_of_the_environment_on_each_system() -> None:
    venv = Path("v")
    assert layout.venv_program("lathe", venv, "linux") == venv / "bin" / "lathe"
    assert layout.venv_program("lathe", venv, "win32") == venv / "Scripts" / "lathe.exe"


def test_old_python_is_refused_in_one_sentence() -> None:
    sentence = dev.refusal(3, 9)
    assert sentence is not None
    assert "needs Python 3.11 or newer, and this is Python 3.9" in sentence
    assert "\n" not in sentence
    assert dev.refusal(3, 11) is None
    assert dev.refusal(4, 0) is None


def test_old_python_can_read_dev_py() -> None:
    """Nothing in dev.py is newer than Python 3.6: such an interpreter must not end in a syntax error."""
    code = "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 6))"
    subprocess.run([sys.executable, "-c", code, str(ROOT / "dev.py")], check=True)


def names(*, fast: bool = False, pytest_arguments: tuple[str, ...] = ()) -> list[str]:
    checks = all_checks(fast=fast, pytest_arguments=pytest_arguments)
    return [check.name for check in checks]


def test_the_whole_test_measures_coverage_and_parts_do_not() -> None:
    assert names() == ["style", "format", "types", "contracts", "tests", "coverage"]
    assert names(fast=True) == names()[:-1]
    assert names(pytest_arguments=("-k", "x")) == names()[:-1]


def test_benchmarks_are_the_programs_of_their_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "benchmarks"
    folder.mkdir(parents=True)
    (folder / "bench_start.py").touch()
    (folder / "helper.py").touch()
    assert [check.name for check in all_benchmarks(tmp_path)] == ["start"]
    assert all_benchmarks(tmp_path)[0].arguments == ("-m", "tests.benchmarks.bench_start")


def test_pytest_arguments_come_last() -> None:
    tests = all_checks(fast=True, pytest_arguments=("-k", "store"))[-1]
    assert tests.arguments[:2] == ("-m", "pytest")
    assert tests.arguments[-2:] == ("-k", "store")
    assert "not slow" in tests.arguments


def test_a_failed_check_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(layout, "venv_program", lambda _: Path(sys.executable))
    from devtool.checks import Check

    checks = [Check("one", "python", ("-c", "raise SystemExit(3)")), Check("two", "python", ("-c", ""))]
    console = Console()
    outcomes = run_checks(checks, console, tmp_path)
    assert [(outcome.name, outcome.passed) for outcome in outcomes] == [("one", False), ("two", True)]
    assert summarize(outcomes, console) is False
    assert summarize([Outcome("two", True, 0.1)], console) is True
    assert "FAIL one" in capsys.readouterr().out
