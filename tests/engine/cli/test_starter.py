"""The command line on a real model."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.cli.conftest import run_process


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all: the model is measured once."""
    return tmp_path_factory.mktemp("home")


def chat(home: Path, *arguments: object) -> dict[str, Any]:
    result = run_process("chat", "--json", "--home", home, *arguments)
    assert (result.code, result.err) == (0, "")
    *tokens, done = result.objects()
    assert "".join(token["text"] for token in tokens) == done["text"]
    assert all(token["logprob"] <= 0 for token in tokens)
    assert done["prompt_tokens"] > 0
    assert done["ttft_ms"] > 0
    return done


def test_seeds_and_sessions(starter_path: Path, shared_home: Path) -> None:
    ask = ("--model", starter_path, "--prompt", "Describe a lathe in one sentence.", "--max-tokens", 40)
    first = chat(shared_home, *ask, "--seed", 1)
    again = chat(shared_home, *ask, "--seed", 1)
    other = chat(shared_home, *ask, "--seed", 2)
    assert first["text"] == again["text"] != other["text"]
    assert first["session"] != again["session"]
    # No --model: the chat knows its own. The conversation so far comes from the saved state.
    more = chat(shared_home, "--session", first["session"], "--prompt", "Go on.", "--max-tokens", 8)
    assert more["session"] == first["session"]
    assert more["reused_tokens"] >= first["prompt_tokens"]
    assert (shared_home / "states" / f"{first['session']}.kv").exists()


def test_impossible_context(starter_path: Path, shared_home: Path) -> None:
    result = run_process(
        "chat", "--home", shared_home, "--model", starter_path, "--prompt", "Hi", "--ctx-size", 16_000_000
    )
    assert result.code == 2
    assert "Set a context length of at most" in result.error()
