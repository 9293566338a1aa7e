"""The set-up: nothing twice, missing things named, progress shown."""

import io
import sys
import time
from pathlib import Path

import pytest

from devtool import environment, layout, system_libraries
from devtool.console import Console, Problem, clock, what_it_does
from devtool.environment import Environment, engine_is_done, has_compiler
from devtool.processes import run_logged
from devtool.stamps import Stamps, fingerprint
from devtool.system_libraries import display_kind


class Recorder(Environment):
    """An environment whose pip calls are written down."""

    def __init__(self, stamps: Stamps) -> None:
        super().__init__(Console(io.StringIO()))
        self.stamps = stamps
        self.calls: list[list[str]] = []

    def _pip(self, title: str, options: object, variables: object = None) -> None:
        self.calls.append(list(options))  # type: ignore[call-overload]


@pytest.fixture
def stamps(tmp_path: Path) -> Stamps:
    return Stamps(tmp_path / "state" / "stamps.json")


def test_a_lock_is_installed_once(stamps: Stamps, tmp_path: Path) -> None:
    lock = tmp_path / "tools.txt"
    lock.write_text("ruff==1\n")
    recorder = Recorder(stamps)
    recorder.install("tools", lock)
    recorder.install("tools", lock)
    assert len(recorder.calls) == 1
    assert "--require-hashes" in recorder.calls[0]
    lock.write_text("ruff==2\n")
    recorder.install("tools", lock)
    assert len(recorder.calls) == 2


def test_torch_is_installed_on_request_only_and_then_kept_up_to_date(
    stamps: Stamps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "train.txt"
    lock.write_text("torch==2\n")
    monkeypatch.setattr(layout, "TRAIN_LOCK", lock)
    for step in ("system_packages", "make_venv", "install", "install_engine", "install_project"):
        monkeypatch.setattr(Environment, step, lambda *_, **__: None)
    recorder = Recorder(stamps)
    recorder.set_up(testing=False, display=None)
    assert recorder.calls == []
    recorder.set_up(testing=False, display=None, training=True)
    recorder.set_up(testing=False, display=None)
    assert recorder.calls == [["--only-binary", ":all:", "--requirement", str(lock)]]
    lock.write_text("torch==3\n")
    recorder.set_up(testing=False, display=None)
    assert len(recorder.calls) == 2


def test_engine_is_compiled_again_for_other_options(stamps: Stamps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "has_compiler", lambda _: True)
    monkeypatch.delenv("CMAKE_ARGS", raising=False)
    recorder = Recorder(stamps)
    recorder.install_engine()
    recorder.install_engine()
    assert len(recorder.calls) == 1
    assert "--no-cache-dir" not in recorder.calls[0]
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_CUDA=on")
    recorder.install_engine()
    recorder.install_engine()
    assert len(recorder.calls) == 2
    assert {"--no-cache-dir", "--force-reinstall"} <= set(recorder.calls[1])
    monkeypatch.delenv("CMAKE_ARGS")
    recorder.install_engine()
    assert len(recorder.calls) == 2, "a GPU build stays when the variable is gone"


def test_engine_stamp_depends_on_the_lock(stamps: Stamps) -> None:
    stamps.set_done("engine", "old")
    assert not engine_is_done(stamps, "new", "")
    assert engine_is_done(stamps, "old", "")
    assert not engine_is_done(stamps, "old", "-DGGML_CUDA=on")


def test_a_step_that_failed_is_not_done(stamps: Stamps, tmp_path: Path) -> None:
    class Failing(Recorder):
        def _pip(self, title: str, options: object, variables: object = None) -> None:
            raise Problem("no network")

    lock = tmp_path / "tools.txt"
    lock.write_text("ruff==1\n")
    with pytest.raises(Problem):
        Failing(stamps).install("tools", lock)
    recorder = Recorder(stamps)
    recorder.install("tools", lock)
    assert len(recorder.calls) == 1


def test_stamps_survive_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "stamps.json"
    path.write_text("{half")
    stamps = Stamps(path)
    assert not stamps.is_done("engine", "x")
    stamps.set_done("engine", "x")
    stamps.set_done("tools", "y")
    assert Stamps(path).is_done("engine", "x")
    assert not Stamps(path).is_done("tools", "x")


def test_fingerprint_ignores_line_ends_and_keeps_parts_apart(tmp_path: Path) -> None:
    unix, windows = tmp_path / "a", tmp_path / "b"
    unix.write_bytes(b"one\ntwo\n")
    windows.write_bytes(b"one\r\ntwo\r\n")
    assert fingerprint(unix) == fingerprint(windows)
    assert fingerprint("ab", "c") != fingerprint("a", "bc")


def test_missing_libraries_are_named_with_their_packages() -> None:
    missing = system_libraries.find_missing({"libno-such-thing.so.9": "libnosuch9", "libc.so.6": "libc6"})
    assert missing.names == ("libno-such-thing.so.9",)
    sentence = missing.sentence("a window")
    assert "libno-such-thing.so.9" in sentence
    assert "sudo apt-get install libnosuch9" in sentence


def test_nothing_missing_is_false() -> None:
    assert not system_libraries.named([], {})


def test_two_libraries_of_one_package_are_one_package() -> None:
    assert system_libraries.named(["a", "b"], {"a": "p", "b": "p"}).packages == ("p",)


def test_missing_libraries_stop_the_setup_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, stamps: Stamps
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_libraries, "can_install", lambda: False)
    monkeypatch.setattr(
        system_libraries,
        "find_missing",
        lambda *_: system_libraries.named(["libEGL.so.1"], system_libraries.DRAWING),
    )
    with pytest.raises(Problem, match="apt-get install libegl1"):
        Recorder(stamps).system_packages(testing=False, display="x11")


def test_window_libraries_are_wanted_on_x11_only() -> None:
    assert "libxcb-cursor.so.0" in system_libraries.wanted(display="x11")
    assert "libxcb-cursor.so.0" not in system_libraries.wanted(display="wayland")
    assert "libEGL.so.1" in system_libraries.wanted(display=None)


@pytest.mark.parametrize(
    ("variables", "platform", "expected"),
    [
        ({}, "linux", None),
        ({"DISPLAY": ":0"}, "linux", "x11"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", "wayland"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", "offscreen"),
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0"}, "linux", "x11"),
        ({}, "darwin", "native"),
        ({}, "win32", "native"),
    ],
)
def test_kind_of_display(variables: dict[str, str], platform: str, expected: str | None) -> None:
    assert display_kind(variables, platform) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="CMake finds Visual Studio by itself")
def test_a_missing_compiler_is_named(monkeypatch: pytest.MonkeyPatch, stamps: Stamps) -> None:
    assert not has_compiler({"PATH": ""})
    assert has_compiler({"PATH": "", "CXX": "my-compiler"})
    monkeypatch.setattr(environment, "has_compiler", lambda _: False)
    monkeypatch.setattr(system_libraries, "can_install", lambda: False)
    recorder = Recorder(stamps)
    with pytest.raises(Problem, match=r"no C\+\+ compiler"):
        recorder.install_engine()
    assert not recorder.calls


def test_a_failing_program_shows_the_end_of_its_output(tmp_path: Path) -> None:
    code = "for n in range(60): print('line', n)\nraise SystemExit(4)"
    console = Console(io.StringIO())
    with pytest.raises(Problem) as caught, console.step("compile") as step:
        run_logged([sys.executable, "-c", code], tmp_path / "log", step)
    assert "compile: exit code 4" in str(caught.value)
    assert "line 59" in str(caught.value)
    assert "line 5\n" not in str(caught.value)
    assert "line 5\n" in (tmp_path / "log").read_text()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  [12/350] Building CXX object x.o", "compiling 12 of 350"),
        ("[ 42%] Building CXX object", "compiling, 42 %"),
        ("Collecting numpy==2.4.6 (from -r x (line 1))", "Collecting numpy==2.4.6"),
        ("something else", None),
    ],
)
def test_progress_is_read_from_the_output(line: str, told: str | None) -> None:
    assert what_it_does(line) == told


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_running_step_counts_on_a_terminal() -> None:
    stream = Terminal()
    with Console(stream).step("compile") as step:
        step.detail = "compiling 3 of 9"
        deadline = time.monotonic() + 10
        while "compiling 3 of 9" not in stream.getvalue() and time.monotonic() < deadline:
            time.sleep(0.01)
    assert "compiling 3 of 9" in stream.getvalue()
    assert "ok   compile (" in stream.getvalue()


def test_a_failed_step_says_so() -> None:
    stream = io.StringIO()
    with pytest.raises(ValueError, match="x"), Console(stream).step("compile"):
        raise ValueError("x")
    assert "FAIL compile" in stream.getvalue()


def test_clock() -> None:
    assert [clock(0.44), clock(12.3), clock(185.2)] == ["0.4 s", "12 s", "3:05 min"]


def test_locks_exist_where_the_setup_looks() -> None:
    for lock in (
        layout.RUNTIME_LOCK,
        layout.ENGINE_LOCK,
        layout.STARTER_LOCK,
        layout.BUILD_LOCK,
        layout.TOOLS_LOCK,
    ):
        assert "--hash=sha256:" in lock.read_text("utf-8")
