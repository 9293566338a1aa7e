"""What `dev.py` does with its arguments."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from devtool import checks, layout, locks, translations
from devtool.console import Console, Problem
from devtool.environment import Environment
from devtool.system_libraries import display_kind

USAGE = """\
usage: python3 dev.py run [--training] [ARGUMENTS]
                                           set up, then open Lathe; the arguments go to Lathe
         --training                        with the training stack (PyTorch and more): fine-tuning, encoders
       python3 dev.py test [OPTIONS] [PYTEST ARGUMENTS]
                                           set up, then run every check
         --fast                            leave out slow tests and coverage
         --only style,types,…              only these checks: style, format, types, contracts, tests, coverage
         --benchmarks                      run the measurements of tests/benchmarks instead
         --package                         try the .deb of dist/ in a bare Debian instead
       python3 dev.py setup [--tools] [--training] [--rebuild-engine]
                                           set up only; --tools: also what `test` needs
         --rebuild-engine                  compile llama.cpp anew
       python3 dev.py package [--formats deb,tar,…] [--bundle-only]
                                           make what this system can, in dist/: deb, tar; nsis on Windows;
                                           dmg on macOS
       python3 dev.py translations         collect the texts of the window and compile resources/translations
       python3 dev.py lock                 resolve the dependencies anew and rewrite packaging/locks

CMAKE_ARGS in the environment reaches the build of llama.cpp: CMAKE_ARGS=-DGGML_CUDA=on python3 dev.py run
"""


class Usage(Exception):
    """Arguments that make no sense; the text says why."""


@dataclass(frozen=True)
class TestOptions:
    """What `dev.py test` was asked for."""

    __test__ = False
    fast: bool = False
    benchmarks: bool = False
    package: bool = False
    only: tuple[str, ...] = ()
    pytest: tuple[str, ...] = field(default=())


def parse_test_options(arguments: Sequence[str]) -> TestOptions:
    """Takes our own options out; whatever is left belongs to pytest. Raises `Usage`."""
    fast = benchmarks = package = False
    only: tuple[str, ...] = ()
    rest: list[str] = []
    queue = list(arguments)
    while queue:
        argument = queue.pop(0)
        if argument == "--fast":
            fast = True
        elif argument == "--benchmarks":
            benchmarks = True
        elif argument == "--package":
            package = True
        elif argument == "--only" or argument.startswith("--only="):
            value = argument.partition("=")[2] or (queue.pop(0) if queue else "")
            only = tuple(name for name in value.split(",") if name)
            if not only:
                raise Usage("--only needs the names of checks")
        elif argument == "--":
            rest += queue
            break
        else:
            rest.append(argument)
    return TestOptions(fast, benchmarks, package, only, tuple(rest))


def parse_package_options(arguments: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The formats that are wanted, none for all, and whether only the folder is. Raises `Usage`."""
    formats: tuple[str, ...] = ()
    queue = list(arguments)
    bundle_only = "--bundle-only" in queue
    while queue:
        argument = queue.pop(0)
        if argument == "--formats" or argument.startswith("--formats="):
            value = argument.partition("=")[2] or (queue.pop(0) if queue else "")
            formats = tuple(name for name in value.split(",") if name)
            if not formats:
                raise Usage("--formats needs the names of formats")
        elif argument != "--bundle-only":
            raise Usage(f"package does not know “{argument}”")
    return formats, bundle_only


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 a check failed, 2 something the user can fix, 130 interrupted."""
    console = Console()
    try:
        return dispatch(arguments, console)
    except Usage as usage:
        console.line(f"dev.py: {usage}\n\n{USAGE}")
        return 2
    except Problem as problem:
        console.line(f"\ndev.py: {problem}")
        return 2
    except KeyboardInterrupt:
        console.line("\ndev.py: stopped; the next run goes on from here")
        return 130


def dispatch(arguments: Sequence[str], console: Console) -> int:  # noqa: PLR0911 - one return a command
    match list(arguments):
        case ["run", *rest]:
            training = rest[:1] == ["--training"]
            return run(rest[int(training) :], console, training=training)
        case ["test", *rest]:
            return test(parse_test_options(rest), console)
        case ["setup", *options] if set(options) <= {"--tools", "--training", "--rebuild-engine"}:
            Environment(console).set_up(
                testing="--tools" in options,
                display=display_kind(os.environ),
                training="--training" in options,
                rebuild_engine="--rebuild-engine" in options,
            )
            return 0
        case ["package", *options]:
            formats, bundle_only = parse_package_options(options)
            from devtool.shipping.command import package  # noqa: PLC0415 - only here

            return package(console, formats, bundle_only=bundle_only)
        case ["translations"]:
            translations.update(console)
            return 0
        case ["lock"]:
            locks.write_locks(console)
            return 0
        case ["-h" | "--help" | "help"]:
            console.line(USAGE)
            return 0
        case [] | [""]:
            raise Usage("say what to do")
        case [unknown, *_]:
            raise Usage(f"there is no “{unknown}” here, or not with these arguments")
        case _:
            raise Usage("say what to do")


def run(arguments: Sequence[str], console: Console, *, training: bool = False) -> int:
    display = display_kind(os.environ)
    Environment(console).set_up(testing=False, display=display, training=training)
    if display is None:
        console.line("\nThere is no display here, so Lathe opens in the terminal. Ctrl+C leaves.")
    else:
        console.line("\nOpening Lathe")
    return hand_over(program(display, arguments))


def program(display: str | None, arguments: Sequence[str]) -> list[str]:
    """The command that opens Lathe: the window, or the terminal chat where there is no display."""
    if display is None:
        return [str(layout.venv_program("lathe")), "chat", *arguments]
    # -P: a folder called `app` where the user happens to be is not ours.
    return [str(layout.venv_program("python")), "-P", "-m", "app", *arguments]


def hand_over(command: Sequence[str]) -> int:
    """Become the program, so that every signal reaches it; Windows cannot, there we wait for it."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], list(command))
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # it reached the program as well, which leaves in its own way


def test(options: TestOptions, console: Console) -> int:
    if options.benchmarks:
        wanted = checks.all_benchmarks()
    elif options.package:
        os.environ["LATHE_TEST_PACKAGE"] = str(checks.newest_package())
        wanted = checks.package_checks(options.pytest)
    else:
        wanted = checks.all_checks(fast=options.fast, pytest_arguments=options.pytest)
    if options.only:
        names = [check.name for check in wanted]
        if unknown := [name for name in options.only if name not in names]:
            raise Usage(f"--only does not know {', '.join(unknown)}; there are {', '.join(names)}")
        wanted = [check for check in wanted if check.name in options.only]
    Environment(console).set_up(testing=True, display=None)
    return 0 if checks.summarize(checks.run_checks(wanted, console), console) else 1
