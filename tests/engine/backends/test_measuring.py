"""Choosing how a model is run on this machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.backends.backend import Control
from engine.backends.llama_cpp import tuning
from engine.backends.llama_cpp.tuning import Figures, probe, remembered


def choose(home: Path, monkeypatch: pytest.MonkeyPatch, off_ms: float, on_ms: float) -> bool:
    """Whether flash attention is chosen at these times of a token without and with it."""
    figures = [Figures(False, 100.0, off_ms), Figures(True, 150.0, on_ms)]

    def run(
        _home: Path, _path: str, _threads: int, buffers: str, _flash: str, _control: Control
    ) -> list[Figures]:
        return figures if buffers == "plain" else []

    monkeypatch.setattr(tuning, "_run", run)
    return probe(home, "key", "model.gguf", 2, Control()).flash


def test_flash_attention_is_taken_where_it_is_clearly_faster(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not choose(home, monkeypatch, 20.0, 40.0)
    assert choose(home, monkeypatch, 40.0, 20.0)
    assert not choose(home, monkeypatch, 40.0, 39.5), "that is noise"
    known = remembered(home, "key")
    assert known is not None
    assert not known.flash


def test_the_probe_measures_every_way_it_is_asked_for(starter_path: Path) -> None:
    command = [sys.executable, "-m", "engine.worker", "probe", str(starter_path), "1", "plain", "0,1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines = [json.loads(line) for line in process.stdout if line.startswith(b"{")]
    assert [line["flash"] for line in lines] == [False, True]
    assert all(line["prompt_tps"] > 0 and line["decode_ms"] > 0 for line in lines)
