"""`lathe inspect` on the starter model, as INTERFACE.md promises it."""

from pathlib import Path

import numpy as np
import pytest

from tests.engine.cli.conftest import Cli, Result, run_process

TEXT = "The cat sat on the mat. The cat sat on the"


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all: the model is measured once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def inspect(starter_path: Path, shared_home: Path) -> "Inspect":
    return Inspect(starter_path, shared_home)


class Inspect:
    """Runs `lathe inspect ACTION STARTER …` in a process."""

    def __init__(self, model: Path, home: Path) -> None:
        self._model, self._home = model, home

    def __call__(self, action: str, *arguments: object, code: int = 0) -> Result:
        result = run_process("inspect", action, self._model, "--home", self._home, *arguments)
        assert result.code == code, result
        return result


def test_attention(inspect: Inspect, tmp_path: Path) -> None:
    out = tmp_path / "a.npz"
    (done,) = inspect("attention", "--text", TEXT, "--out", out, "--json").objects()
    with np.load(out) as file:
        attention, tokens, ids = file["attention"], file["tokens"], file["token_ids"]
    assert (attention.dtype, attention.shape) == (np.float32, (30, 9, len(ids), len(ids)))
    assert done["shape"] == list(attention.shape)
    assert done["size_bytes"] == out.stat().st_size
    np.testing.assert_allclose(attention.sum(axis=-1), 1, atol=1e-5)
    assert not np.triu(attention, 1).any()
    assert "".join(tokens.tolist()).endswith(TEXT)


def test_some_layers_and_heads(inspect: Inspect, tmp_path: Path) -> None:
    whole, some = tmp_path / "whole.npz", tmp_path / "some.npz"
    inspect("attention", "--text", TEXT, "--out", whole)
    result = inspect(
        "attention", "--text", TEXT, "--out", some, "--layers", "3,10-11", "--heads", 2, "--json"
    )
    assert result.objects()[0]["layers"] == [3, 10, 11]
    with np.load(whole) as all_of_it, np.load(some) as part:
        np.testing.assert_array_equal(part["attention"], all_of_it["attention"][[3, 10, 11]][:, [2]])


def test_a_prompt_goes_through_the_template(inspect: Inspect, tmp_path: Path) -> None:
    out = tmp_path / "a.npz"
    ranked = inspect("attention", "--prompt", "Hi", "--out", out, "--layers", 1, "--rank", "previous")
    with np.load(out) as file:
        assert "<|im_start|>" in file["tokens"].tolist()
    head, *rows = ranked.out.splitlines()[1:]
    assert head.split() == ["LAYER", "HEAD", "PREVIOUS"]
    assert len(rows) == 9


def test_lens(inspect: Inspect) -> None:
    lines = inspect("lens", "--text", "The capital of France is", "--top", 3, "--json").objects()
    positions = max(line["position"] for line in lines) + 1
    assert [(one["layer"], one["position"]) for one in lines] == [
        (layer, position) for layer in range(30) for position in range(positions)
    ]
    assert all(len(line["candidates"]) == 3 for line in lines)
    last = lines[-1]
    assert last["candidates"][0]["text"] == " Paris"
    assert last["candidates"][0]["p"] > 0.5
    assert last["kl"] == pytest.approx(0, abs=1e-5)
    assert lines[positions - 1]["kl"] > 5
    table = inspect("lens", "--text", "The capital of France is").out.splitlines()
    assert len(table) == 31
    assert "·Paris" in table[-1]


def test_tokens(inspect: Inspect) -> None:
    text = "<|im_start|>naïve 🦊"
    lines = inspect("tokens", "--text", text, "--json").objects()
    assert b"".join(bytes.fromhex(line["bytes"]) for line in lines).decode() == text
    assert [line["special"] for line in lines].count(True) == 1
    plain = inspect("tokens", "--text", text, "--plain", "--json").objects()
    assert not any(line["special"] for line in plain)
    assert b"".join(bytes.fromhex(line["bytes"]) for line in plain).decode() == text


def test_trace(inspect: Inspect, starter_path: Path, shared_home: Path) -> None:
    ask = ("--prompt", "Tell me a long story.", "--seed", 3, "--max-tokens", 6)
    lines = inspect("trace", *ask, "--json").objects()
    assert len(lines) == 6
    for line in lines:
        assert {"id", "text", "p", "rank", "candidates", "stages"} <= set(line)
        assert line["candidates"][0]["p"] >= line["p"] > 0
        sizes = [stage["kept"] for stage in line["stages"]]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[-1] == 1
        for stage in line["stages"]:
            assert len(stage["removed"]) == min(24, stage["removed_count"])
    # Looking changes nothing: the same seed gives the same reply in a chat.
    place = ("--model", starter_path, "--home", shared_home, "--flash-attention", "off")
    chat = run_process("chat", *place, *ask, "--json").objects()
    assert [line["id"] for line in lines] == [one["id"] for one in chat if one["event"] == "token"]


def test_what_does_not_exist(inspect: Inspect, tmp_path: Path) -> None:
    out = tmp_path / "a.npz"
    wrong: dict[str, tuple[object, ...]] = {
        "There is no layer 30": ("attention", "--text", TEXT, "--out", out, "--layers", 30),
        "There is no head 9": ("attention", "--text", TEXT, "--out", out, "--heads", "0,9"),
        "Ask for fewer layers or heads": ("attention", "--text", TEXT, "--out", out, "--limit", 0),
        "there is no folder": ("attention", "--text", TEXT, "--out", tmp_path / "none" / "a.npz"),
    }
    for words, (action, *arguments) in wrong.items():
        assert words in inspect(str(action), *arguments, code=2).error()
    assert not list(tmp_path.glob("*.npz*"))


def test_usage(cli: Cli, tmp_path: Path) -> None:
    wrong = {
        "choose one of attention, lens, tokens, trace": (),
        "--out": ("attention", "starter", "--text", "x"),
        "give a text with --prompt or --text": ("lens", "starter"),
        "either --prompt or --text": ("lens", "starter", "--text", "x", "--prompt", "y"),
        "MODEL": ("lens", "--text", "x"),
        "MODEL, --text": ("tokens",),
        "no list of numbers": ("attention", "starter", "--text", "x", "--out", "x", "--layers", "a"),
        "neither all, last": ("lens", "starter", "--text", "x", "--positions", "a"),
        "top cannot be 0": ("lens", "starter", "--text", "x", "--top", 0),
        "the text is empty": ("lens", "starter", "--text", ""),
        "no system prompt": ("lens", "starter", "--text", "x", "--system", "y"),
        "candidates cannot be -1": ("trace", "starter", "--prompt", "x", "--candidates", -1),
    }
    for words, arguments in wrong.items():
        result = cli("inspect", *arguments, "--home", tmp_path)
        assert (result.code, result.out) == (2, "")
        assert words in result.error()


def test_help_names_the_template(cli: Cli) -> None:
    assert "chat template" in cli("inspect", "attention", "--help").out


def test_a_model_without_insides(cli: Cli, tmp_path: Path) -> None:
    result = cli("inspect", "lens", "--fake-model", "--text", "x", "--home", tmp_path)
    assert result.code == 2
    assert "cannot be looked into" in result.error()
