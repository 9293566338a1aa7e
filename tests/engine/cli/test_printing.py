"""Tables, figures and progress for people."""

import io
import sys
from typing import TextIO

import pytest

from engine.cli import tables, terminal
from engine.cli.progress import Progress
from engine.protocol.events import JobProgress, LoadProgress, PromptProgress


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal without colours in the place of both streams. Not a fixture: pytest sets its own again."""
    shown = Screen()
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


def test_columns_line_up_with_wide_characters(capsys: pytest.CaptureFixture[str]) -> None:
    tables.print_table(("NAME", "N", "TITLE"), [("车床", "7", "one\ntwo"), ("lathe", "12", "x")], right=(1,))
    assert capsys.readouterr().out == "NAME    N  TITLE\n车床    7  one two\nlathe  12  x\n"


def test_last_column_is_cut_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(monkeypatch)
    monkeypatch.setenv("COLUMNS", "30")
    tables.print_table(("ID", "TITLE"), [("12", "word " * 20)])
    assert all(tables.display_width(line) <= 30 for line in shown.getvalue().splitlines())
    assert "…" in shown.getvalue()


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (tables.count(134_515_008), "135 M"),
        (tables.count(7_240_000_000), "7.2 B"),
        (tables.count(12), "12"),
        (tables.size(98_362_432), "94 MiB"),
        (tables.size(5 << 30), "5.00 GiB"),
        (tables.iso_time(0), "1970-01-01T00:00:00.000Z"),
        (tables.figures(46.31, 184.2, 212), "46.3 tok/s · 184 ms to first token · 212 tokens"),
        (tables.figures(0, 12_300, 1), "12.3 s to first token · 1 token"),
        (tables.duration(0.2), "1 s"),
        (tables.duration(200), "3 min"),
    ],
)
def test_figures(made: str, shown: str) -> None:
    assert made == shown


def test_terminal_gets_no_control_sequences(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(monkeypatch)
    terminal.write("a\x1b]0;title\x07b\tc\nd\x9b31m")
    assert shown.getvalue() == "a\ufffd]0;title\ufffdb\tc\nd\ufffd31m"


def test_pipes_get_what_the_model_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.write("a\x1b[1mb")
    assert capsys.readouterr().out == "a\x1b[1mb"


def test_colours_follow_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "platform", "linux")
    stream: TextIO = Screen()
    assert terminal.styled("x", stream, "dim") == "\x1b[2mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "")
    assert terminal.styled("x", stream, "dim") == "x"


def test_progress_tells_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(monkeypatch)
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    progress = Progress()
    progress.loading("tiny", LoadProgress(job=1, fraction=0.0, stage="measuring"))
    progress.loading("tiny", LoadProgress(job=1, fraction=0.1, stage="weights"))
    progress.loading("tiny", LoadProgress(job=1, fraction=0.5, stage="weights"))
    progress.prompt(PromptProgress(job=2, done=512, total=1536, tokens_per_s=128))
    progress.job("Measuring: chat", JobProgress(job=3, fraction=0.25, seconds_left=9))
    progress.clear()
    lines = shown.getvalue().split("\r\x1b[K")
    assert lines[0] == ""
    assert lines[1].startswith("Finding the fastest settings for tiny")
    assert lines[2] == "Loading tiny 10%"
    assert lines[3].startswith("Loading tiny 50% · ")
    assert lines[3].endswith(" s left")
    assert lines[4] == "Reading the prompt 512/1536 tokens · 128 tok/s · 8 s left"
    assert lines[5] == "Measuring: chat 25% · 9 s left"
    assert lines[6] == ""


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress.loading("tiny", LoadProgress(job=1, fraction=0.5, stage="context"))
    progress.prompt_begins(5000)
    progress.clear()
    assert capsys.readouterr() == ("", "")
