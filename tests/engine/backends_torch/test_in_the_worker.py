"""Through the process, the protocol and the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.protocol.commands import EmbedTexts, FillMask, Inspect, ScoreNextSentence, Tokenize
from engine.protocol.events import Embedded, Failed, Inspected, MaskFilled, NextSentenceScored, Tokens
from engine.protocol.inspection import InspectRequest, TapSpec
from engine.protocol.values import ModelSpec
from engine.taps.arrays import unpack
from tests.support.engine import ask, running_engine


def spec(folder: Path) -> ModelSpec:
    return ModelSpec(backend="torch", name=folder.name, path=str(folder))


def test_one_worker_reads_and_writes(folders: dict[str, Path], home: Path) -> None:
    with running_engine(home) as driver:
        model = driver.load(spec(folders["BertForPreTraining"]))
        assert model.backend == "torch"
        driver.send(FillMask(job=20, text="the [MASK] fox", top=3))
        filled = driver.until(MaskFilled, Failed)
        assert isinstance(filled, MaskFilled)
        assert len(filled.masks[0].candidates) == 3
        driver.send(ScoreNextSentence(job=21, first="the fox", second="a dog"))
        scored = driver.until(NextSentenceScored, Failed)
        assert isinstance(scored, NextSentenceScored)
        assert 0 < scored.p < 1
        driver.send(EmbedTexts(job=22, texts=("the fox", "a dog")))
        embedded = driver.until(Embedded, Failed)
        assert isinstance(embedded, Embedded)
        np.testing.assert_allclose(np.linalg.norm(unpack(embedded.vectors), axis=1), 1, atol=1e-5)
        failed = driver.fail(ask("hello"))
        assert failed.code == "model.no_chat"

        driver.load(spec(folders["T5ForConditionalGeneration"]))
        done = driver.generate(ask("the quick brown fox", decoding="greedy", max_tokens=5))
        assert len(driver.tokens()) == len(done.token_ids) == 5
        driver.send(
            Inspect(job=23, request=InspectRequest(text="the fox", reply=done.token_ids, taps=TapSpec()))
        )
        seen = driver.until(Inspected, Failed)
        assert isinstance(seen, Inspected)
        assert set(seen.arrays) == {"attention", "encoder_attention", "cross_attention"}
        folder = str(folders["BertForMaskedLM"])
        driver.send(Tokenize(job=25, text="the quick", special=True, path=folder))
        cut = driver.until(Tokens, Failed)
        assert isinstance(cut, Tokens), "by the tokenizer of a folder that is not loaded"
        assert cut.pieces == (b"[CLS]", b"the", b" quick", b"[SEP]")
        assert cut.special == (True, False, False, True)
        driver.send(FillMask(job=24, text="the [MASK]"))
        refused = driver.until(MaskFilled, Failed)
        assert isinstance(refused, Failed)
        assert refused.code == "encoder.no_head"


def test_encoder_commands_are_refused_by_other_backends(home: Path) -> None:
    with running_engine(home) as driver:
        driver.load(ModelSpec(backend="fake", name="scripted"))
        driver.send(FillMask(job=9, text="the [MASK]"))
        refused = driver.until(MaskFilled, Failed)
        assert isinstance(refused, Failed)
        assert refused.code == "encoder.no_encoder"


@pytest.mark.parametrize(
    ("head", "arrays"),
    [
        ("BertForMaskedLM", {"attention"}),
        ("T5ForConditionalGeneration", {"attention", "encoder_attention", "cross_attention"}),
    ],
)
def test_attention_on_the_command_line(
    folders: dict[str, Path], home: Path, tmp_path: Path, head: str, arrays: set[str]
) -> None:
    out = tmp_path / "seen.npz"
    command = [sys.executable, "-m", "engine.cli.main", "inspect", "attention", str(folders[head])]
    command += ["--prompt", "the quick fox", "--out", str(out), "--json", "--home", str(home)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.splitlines()[-1])["event"] == "done"
    with np.load(out) as file:
        assert arrays <= set(file.files)
        assert file["attention"].shape[-2:] == (len(file["tokens"]),) * 2
        np.testing.assert_allclose(file["attention"].sum(-1), 1, atol=1e-5)
        if "cross_attention" in arrays:
            assert file["cross_attention"].shape[-1] == len(file["encoder_tokens"])
            assert file["encoder_tokens"][-1] == "</s>"


def test_chatting_needs_no_torch() -> None:
    code = (
        "import sys; sys.modules['torch'] = None; sys.modules['transformers'] = None\n"
        "import engine.worker.main, engine.cli.main, engine.chat.models, app.application\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
