"""Everything local works with the network blocked, and nothing tries to reach anybody."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.network.ledger import Ledger
from engine.network.offline import publish_offline
from tests.engine.finetune.conftest import chat_rows, tiny_base
from tests.engine.finetune.test_cli import recipe_file
from tests.support.blocked_network import BlockedNetwork
from tests.support.tiny_llama import write_tiny_llama

__all__ = ["chat_rows", "tiny_base"]


@pytest.fixture
def blocked(tmp_path: Path, home: Path) -> Iterator[BlockedNetwork]:
    """No attempt at all, in any process: that is what each of these tests proves."""
    made = BlockedNetwork(tmp_path)
    yield made
    assert made.attempts() == ""
    assert Ledger(home).read() == []


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


def lathe(blocked: BlockedNetwork, *arguments: str) -> str:
    done = blocked.run("-m", "engine.cli.main", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_guard_sees_an_attempt(tmp_path: Path) -> None:
    """In a child of a child, too."""
    blocked = BlockedNetwork(tmp_path)
    code = "import urllib.request; urllib.request.urlopen('https://huggingface.co', timeout=3)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}])"
    blocked.run("-c", outer)
    assert "huggingface.co" in blocked.attempts()
    assert len(blocked.processes()) >= 2


def test_chat_and_inspection(blocked: BlockedNetwork, starter_path: Path) -> None:
    model = str(starter_path)
    assert lathe(blocked, "chat", "--model", model, "--prompt", "Hi", "--max-tokens", "3").strip()
    assert lathe(blocked, "inspect", "tokens", model, "--text", "A lathe turns wood.").strip()
    assert lathe(blocked, "sessions", "list").strip()
    assert len(blocked.processes()) >= 4  # commands and workers


def test_work_on_files(blocked: BlockedNetwork, tiny: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.gguf"
    lathe(blocked, "quantize", str(tiny), "--type", "Q8_0", "--out", str(small))
    assert small.stat().st_size < tiny.stat().st_size
    text = tmp_path / "text.txt"
    text.write_text("The lathe turns wood. " * 60, encoding="utf-8")
    compared = lathe(
        blocked, "compare", str(tiny), str(small), "--text", str(text), "--ctx-size", "64", "--tokens", "256"
    )
    assert "small" in compared
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"instruction": "Add", "output": "2"}) + "\n", encoding="utf-8")
    assert "alpaca" in lathe(blocked, "data", "show", str(rows)).lower()


@pytest.mark.slow
def test_training_from_local_files(
    blocked: BlockedNetwork, tiny_base: Path, chat_rows: Path, tmp_path: Path
) -> None:
    recipe = recipe_file(tmp_path, tiny_base, chat_rows)
    assert "done" in lathe(blocked, "finetune", str(recipe), "--json")
    adapter = tmp_path / "adapter"
    lathe(blocked, "export", "last", "--to", "adapter", "--out", str(adapter))
    assert (adapter / "adapter_config.json").is_file()


def test_the_server_answers_on_this_machine(blocked: BlockedNetwork) -> None:
    done = blocked.run(str(Path(__file__).with_name("ask_server.py")))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_window_opens(blocked: BlockedNetwork, home: Path, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    options = ("--home", str(home), "--fake-model", "--page", "settings", "--screenshot", str(picture))
    done = blocked.run("-m", "app", *options)
    assert done.returncode == 0, done.stderr
    assert picture.stat().st_size > 10_000


def test_offline_mode_tries_nothing_where_the_user_asks(
    blocked: BlockedNetwork, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even a look-up of a name, for what needs the network."""
    publish_offline(home, True)
    blocked.environment.pop("HF_HUB_OFFLINE", None)
    got = blocked.run("-m", "engine.cli.main", "models", "get", "org/name")
    assert got.returncode == 2
    assert "works offline" in got.stderr
    assert "was not contacted" in got.stderr
