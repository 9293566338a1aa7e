"""What can be wrong with a command: one line on stderr, exit code 2, nothing on stdout."""

import os
from pathlib import Path

import pytest

from engine.cli.window import has_display
from tests.engine.cli.conftest import Cli

WRONG: list[tuple[list[str], str]] = [
    (["nonsense"], "invalid choice: 'nonsense'"),
    (["chat", "--bogus-thing"], "unrecognized arguments: --bogus-thing"),
    (["chat", "--temprature", "1"], "Did you mean “--temperature”?"),
    (["chat", "--prompt"], "expected one argument"),
    (["chat"], "the input is no terminal"),
    (["chat", "--json"], "--json needs a message"),
    (["chat", "--prompt", " "], "the message is empty"),
    (["chat", "--prompt", "a", "--temperature", "9"], "from 0 to 2"),
    (["chat", "--prompt", "a", "--temperature", "nan"], "from 0 to 2"),
    (["chat", "--prompt", "a", "--top-k", "1.5"], "not a whole number"),
    (["chat", "--prompt", "a", "--seed", "-2"], "from -1 to 4294967294"),
    (["chat", "--prompt", "a", "--decoding", "beem"], "Did you mean “beam”?"),
    (["chat", "--prompt", "a", "--order", "top_k;tpo_p"], "Did you mean “top_p”?"),
    (["chat", "--prompt", "a", "--samplers", "top_k;top_k"], "top_k is there twice"),
    (["chat", "--prompt", "a", "--logit-bias", "word"], "TEXT=BIAS"),
    (["chat", "--prompt", "a", "--logit-bias", "word=500"], "-100"),
    (["chat", "--prompt", "a", "--grammar", "root ::= (("], "never closed"),
    (["chat", "--prompt", "a", "--grammar", "/nowhere/g.gbnf"], "no such file"),
    (["chat", "--prompt", "a", "--json-schema", '{"type":'], "The JSON schema cannot be used"),
    (["chat", "--prompt", "a", "--ctx-size", "many"], "invalid int value"),
    (["chat", "--prompt", "a", "--type-k", "q9"], "invalid choice: 'q9'"),
    (["chat", "--prompt", "a", "--tensor-split", "x"], "no list of shares"),
    (["chat", "--prompt", "a", "--keep-first", "-1"], "from 0 to 1000"),
    (["models", "show", "/nowhere/model.gguf"], "There is no file"),
    (["models", "scan", "/nowhere"], "there is no such folder"),
    (["sessions", "show", "01ZZ"], "There is no chat “01ZZ”"),
    (["sessions", "export", "last"], "There is no chat “last”"),
    (["sessions", "import", "/nowhere.json"], "no such file"),
    (["bench"], "required: MODEL"),
    (["bench", "starter", "--scenario", "dance"], "invalid choice: 'dance'"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(one) for one, _ in WRONG])
def test_mistake_is_one_line(cli: Cli, arguments: list[str], words: str) -> None:
    result = cli(*arguments)
    assert result.code == 2
    assert words in result.error()
    assert result.out == ""


@pytest.mark.parametrize("arguments", [["--help"], ["chat", "--help"], ["sessions", "export", "--help"]])
def test_help(cli: Cli, arguments: list[str]) -> None:
    result = cli(*arguments)
    assert result.code == 0
    assert result.out.startswith("usage: lathe")
    assert result.err == ""


def test_version(cli: Cli) -> None:
    result = cli("--version")
    assert result.code == 0
    assert result.out.startswith("lathe ")


def test_home_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = cli("sessions", "--home", tmp_path / "file" / "home")
    assert result.code == 2
    assert "cannot be written" in result.error()


def test_common_options_stand_anywhere(cli: Cli, tmp_path: Path) -> None:
    for arguments in (
        ["--home", tmp_path / "a", "sessions", "list", "--json"],
        ["--json", "sessions", "--home", tmp_path / "a"],
        ["sessions", "list", "--home", tmp_path / "a", "--json"],
    ):
        result = cli(*arguments)
        assert (result.code, result.out, result.err) == (0, "", "")
        assert (tmp_path / "a" / "lathe.db").exists()


def test_a_bug_becomes_a_report(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("engine.cli.sessions.run", fail)
    result = cli("sessions")
    assert result.code == 1
    [report] = (home / "reports").iterdir()
    assert str(report) in result.error()
    assert "ZeroDivisionError" in report.read_text("utf-8")


def test_without_a_display_lathe_talks_in_the_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert has_display(os.environ, "win32")
    assert has_display(os.environ, "darwin")
    assert not has_display(os.environ, "linux")
    monkeypatch.setattr("engine.cli.window.has_display", lambda _: False)
    result = cli()
    first, second = result.err.splitlines()
    assert result.code == 2
    assert first == "There is no display here, so Lathe opens in the terminal."
    assert "no terminal" in second
