"""Finished comparisons: what is asked of them, where they are kept, what is written of them."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from engine.convert.job import run_convert
from engine.errors import UserError
from engine.evaluate.comparison import Comparison, read_comparison
from engine.evaluate.export import comparison_markdown, export_comparison, models_csv, tokens_csv
from engine.evaluate.job import run_compare
from engine.evaluate.stored import list_comparisons, new_place
from engine.evaluate.token_texts import token_texts
from engine.protocol.jobs import CompareJob, ConvertJob, JobEvent, ModelCompared, QuantizeJob
from engine.quantize.job import run_quantize
from tests.support.tiny_folder import write_tiny_folder
from tests.support.tiny_llama import TEXT, Size, write_tiny_llama

CHUNK = 64


def ignore(_event: JobEvent) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("compared")
    one = write_tiny_llama(folder / "one.gguf", Size(n_embd=64, n_ff=96))
    run_quantize(QuantizeJob(str(one), str(folder / "two.gguf"), "Q4_0"), ignore)
    text = folder / "text.txt"
    text.write_text(TEXT * 2 + "Ünïcode 你好, a | b `c`\n" + TEXT, encoding="utf-8")
    place = new_place(folder)
    paths = (str(one), str(folder / "two.gguf"))
    run_compare(CompareJob(paths, ("one", "two"), str(text), str(place), n_ctx=CHUNK), ignore)
    return read_comparison(place)


def test_worst_tokens_come_first(comparison: Comparison) -> None:
    order = comparison.worst(1, 20)
    values = comparison.kl[1][order]
    assert list(values) == sorted(comparison.kl[1], reverse=True)[:20]
    assert comparison.worst(1, 10**6) == list(np.argsort(-comparison.kl[1], kind="stable"))


def test_opinions_are_the_arrays_in_words(comparison: Comparison) -> None:
    place = comparison.worst(1, 1)[0]
    position = int(comparison.positions[place])
    assert comparison.place_of(position) == place
    assert comparison.place_of(0) == -1
    one, two = comparison.opinions(place)
    assert (one.model, two.model) == ("one", "two")
    assert (one.kl, one.flipped) == (0, False)
    assert two.kl == comparison.kl[1].max()
    assert two.p == pytest.approx(np.exp(comparison.logprob[1, place]))
    assert two.flipped == (one.candidates[0].id != two.candidates[0].id)
    for opinion in (one, two):
        chances = [candidate.p for candidate in opinion.candidates]
        assert chances == sorted(chances, reverse=True)
        came = [number for number, candidate in enumerate(opinion.candidates) if candidate.came]
        assert came == ([opinion.rank] if opinion.rank < len(opinion.candidates) else [])
    flips = comparison.flips(1)
    expected = 1 - comparison.summary[1].top1_agreement
    assert flips.mean() == pytest.approx(expected)


def test_texts_joined_are_the_text_and_no_letter_is_cut(comparison: Comparison) -> None:
    assert "Ünïcode 你好" in "".join(comparison.texts)
    assert "�" not in "".join(comparison.texts)
    assert token_texts([b"a", "你".encode()[:2], "你".encode()[2:], b"\xff"]) == ["a", "", "你", "�"]


def test_older_files_without_ranks_can_be_read(comparison: Comparison, tmp_path: Path) -> None:
    with np.load(comparison.path) as file:
        kept = {name: file[name] for name in file.files}
    for name in ("ranks", "candidate_ids", "candidate_pieces", "about"):
        kept.pop(name)
    np.savez(tmp_path / "old.npz", **kept)
    old = read_comparison(tmp_path / "old.npz")
    assert old.opinions(0)[1].rank == -1
    assert old.opinions(0)[1].p == comparison.opinions(0)[1].p


@pytest.mark.parametrize("damage", ["missing", "no archive", "no arrays", "other sizes"])
def test_damaged_files_are_refused(comparison: Comparison, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "bad.npz"
    if damage == "no archive":
        path.write_bytes(b"PK nothing")
    elif damage != "missing":
        with np.load(comparison.path) as file:
            kept = {name: file[name] for name in file.files}
        if damage == "no arrays":
            kept.pop("kl")
        else:
            kept["positions"] = kept["positions"][:-1]
        np.savez(path, **kept)
    with pytest.raises(UserError) as caught:
        read_comparison(path)
    assert caught.value.code == "compare.unreadable"


def test_earlier_comparisons_are_listed(comparison: Comparison, tmp_path: Path) -> None:
    assert list_comparisons(tmp_path) == []
    place = new_place(tmp_path)
    place.write_bytes(comparison.path.read_bytes())
    (place.parent / "broken.npz").write_bytes(b"")
    (stored,) = list_comparisons(tmp_path)
    assert (stored.path, stored.text) == (place, "text.txt")
    assert stored.models == comparison.summary
    assert stored.created_ms == comparison.about.created_ms > 0


def test_tables_have_every_model_and_every_token(comparison: Comparison, tmp_path: Path) -> None:
    models = list(csv.DictReader(io.StringIO(models_csv(comparison.summary))))
    assert [row["model"] for row in models] == ["one", "two"]
    assert float(models[1]["kl_mean"]) == comparison.summary[1].kl_mean
    rows = list(csv.DictReader(io.StringIO(tokens_csv(comparison))))
    assert len(rows) == 2 * comparison.places
    assert float(rows[1]["kl_nats"]) == pytest.approx(comparison.kl[1, 0], rel=1e-4, abs=1e-9)
    report = comparison_markdown(comparison)
    head, *table = [line for line in report.splitlines() if line.startswith("|")]
    assert head.startswith("| Model |")
    # A token may hold the sign that separates cells; it is escaped.
    assert {line.replace("\\|", "").count("|") for line in table[:3]} == {head.count("|")}
    export_comparison(comparison.path, tmp_path / "r.md")
    assert (tmp_path / "r.md").read_text("utf-8") == report
    for name in ("r.txt", "none/r.md"):
        with pytest.raises(UserError) as caught:
            export_comparison(comparison.path, tmp_path / name)
        assert caught.value.code in ("compare.export", "output.no_folder")


def test_no_cell_becomes_a_formula(comparison: Comparison) -> None:
    first = comparison.summary[0]
    bad = ModelCompared(
        **{name: getattr(first, name) for name in first.__struct_fields__} | {"model": "=1+1"}
    )
    assert "'=1+1" in models_csv([bad])


def test_a_safetensors_folder_is_compared_with_its_conversion(tmp_path: Path) -> None:
    """Two runtimes, one model: what is left is rounding."""
    source = write_tiny_folder(tmp_path / "folder")
    tokenizer = json.loads((source / "tokenizer.json").read_text("utf-8"))
    tokenizer["decoder"] = tokenizer["pre_tokenizer"] | {"trim_offsets": False}
    tokenizer["pre_tokenizer"] = tokenizer["decoder"]
    for token in tokenizer["added_tokens"]:
        token.update(dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False))
    (source / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    run_convert(ConvertJob(str(source), str(tmp_path / "same.gguf"), "f32"), ignore)
    text = tmp_path / "text.txt"
    text.write_text(TEXT * 2, encoding="utf-8")
    told: list[JobEvent] = []
    paths = (str(source), str(tmp_path / "same.gguf"))
    job = CompareJob(paths, ("folder", "gguf"), str(text), str(tmp_path / "out.npz"), n_ctx=CHUNK)
    run_compare(job, told.append)
    folder, gguf = (event for event in told if isinstance(event, ModelCompared))
    assert gguf.kl_mean < 1e-4
    assert gguf.top1_agreement > 0.97
    assert gguf.perplexity == pytest.approx(folder.perplexity, rel=1e-3)
    assert (folder.quantization, round(folder.bits_per_weight)) == ("F32", 32)
    assert min(folder.output_tps, folder.input_tps, folder.load_ms) > 0
