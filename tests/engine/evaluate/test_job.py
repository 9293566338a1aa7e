"""Comparing models: every figure against a plain statement on the logits."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.errors import UserError
from engine.evaluate.job import run_compare
from engine.evaluate.texts import default_text
from engine.protocol.jobs import Compared, CompareJob, JobEvent, JobStep, ModelCompared
from tests.support.numpy_llama import forward
from tests.support.tiny_llama import TEXT, Size, write_tiny_llama

CHUNK = 64
SIZE = Size(n_embd=64, n_ff=96)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("models")
    return (
        write_tiny_llama(folder / "one.gguf", SIZE, seed=1),
        write_tiny_llama(folder / "two.gguf", SIZE, seed=2),
    )


def compare(
    folder: Path, *paths: Path, text: str = TEXT * 4, limit: int = 0
) -> tuple[list[JobEvent], Compared]:
    source = folder / "text.txt"
    source.write_text(text, encoding="utf-8")
    told: list[JobEvent] = []
    names = tuple(path.stem for path in paths)
    job = CompareJob(
        tuple(map(str, paths)), names, str(source), str(folder / "out.npz"), n_ctx=CHUNK, n_tokens=limit
    )
    return told, run_compare(job, told.append)


def test_logits_are_those_of_a_plain_forward_pass(models: tuple[Path, Path]) -> None:
    with ChunkReader(models[0], CHUNK) as reader:
        tokens = reader.tokenize(TEXT * 2, CHUNK)
        found = reader.read(tokens, 0).copy()
        np.testing.assert_array_equal(reader.read(tokens, 20), found[20:])
    np.testing.assert_allclose(found, forward(models[0], tokens).logits, atol=0.02)


def test_figures_are_those_of_their_definitions(models: tuple[Path, Path], tmp_path: Path) -> None:
    told, end = compare(tmp_path, *models)
    one, two = (event for event in told if isinstance(event, ModelCompared))
    with ChunkReader(models[0], CHUNK) as reader:
        tokens = reader.tokenize(TEXT * 4)
    chunks = [tokens[start : start + CHUNK] for start in range(0, len(tokens), CHUNK)]
    half = CHUNK // 2
    logprobs, targets = [], [token for chunk in chunks for token in chunk[half + 1 :]]
    for path in models:
        rows = np.concatenate([forward(path, chunk).logits[half:-1] for chunk in chunks])
        logprobs.append(rows - np.log(np.exp(rows).sum(1, keepdims=True)))
    p, q = logprobs
    kl = (np.exp(p) * (p - q)).sum(1)
    for found, rows in ((one, p), (two, q)):
        losses = -rows[np.arange(len(rows)), targets]
        assert found.perplexity == pytest.approx(np.exp(losses.mean()), rel=1e-3)
        error = np.exp(losses.mean()) * np.sqrt(losses.var() / (len(losses) - 1))
        assert found.perplexity_error == pytest.approx(error, rel=5e-3)
    assert (one.kl_mean, one.kl_max, one.top1_agreement) == (0, 0, 1)
    assert two.kl_mean == pytest.approx(kl.mean(), rel=5e-3)
    assert two.kl_median == pytest.approx(np.median(kl), rel=0.02)
    assert two.kl_p99 == pytest.approx(np.percentile(kl, 99), rel=0.02)
    assert two.kl_max == pytest.approx(kl.max(), rel=0.02)
    assert two.top1_agreement == pytest.approx((p.argmax(1) == q.argmax(1)).mean(), abs=0.02)
    assert one.tokens == two.tokens == end.tokens == len(targets) == len(chunks) * (half - 1)
    assert two.size_bytes == models[1].stat().st_size
    assert min(two.load_ms, two.input_tps, two.output_tps, two.rss_bytes) > 0
    assert two.quantization == "F32"
    fractions = [event.fraction for event in told if isinstance(event, JobStep)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1

    with np.load(tmp_path / "out.npz") as file:
        kept = dict(file)
    assert kept["token_ids"].tolist() == tokens
    assert kept["models"].tolist() == ["one", "two"]
    assert [tokens[place] for place in kept["positions"]] == targets
    np.testing.assert_allclose(kept["kl"][1], kl, rtol=0.05, atol=2e-3)
    np.testing.assert_allclose(kept["logprob"][1], q[np.arange(len(q)), targets], atol=0.02)
    assert (kept["top_ids"][0, :, 0] == p.argmax(1)).mean() > 0.97
    assert kept["top_logprobs"].shape == (2, len(targets), 5)
    assert "".join(kept["pieces"]).startswith(TEXT[:100])
    assert msgspec.json.decode(str(kept["summary"]), type=list[ModelCompared]) == [one, two]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["out.npz", "text.txt"]


def test_one_model_alone_has_a_perplexity(models: tuple[Path, Path], tmp_path: Path) -> None:
    told, end = compare(tmp_path, models[0], limit=130)
    (found,) = (event for event in told if isinstance(event, ModelCompared))
    assert end.tokens == 2 * (CHUNK // 2 - 1)
    assert found.perplexity > 1
    assert (found.kl_mean, found.kl_max, found.top1_agreement) == (0, 0, 1)


def test_models_with_other_tokens_are_refused(
    models: tuple[Path, Path], starter_path: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as caught:
        compare(tmp_path, models[0], starter_path)
    assert caught.value.code == "compare.vocabulary"
    assert not (tmp_path / "out.npz").exists()
    with pytest.raises(UserError) as caught:
        compare(tmp_path, models[0], text="short")
    assert caught.value.code == "text.too_short"


def test_a_damaged_model_is_found_before_the_others_are_read(
    models: tuple[Path, Path], tmp_path: Path
) -> None:
    cut, told = tmp_path / "cut.gguf", list[JobEvent]()
    cut.write_bytes(models[1].read_bytes()[:-100])
    text = tmp_path / "text.txt"
    text.write_text(TEXT * 4, encoding="utf-8")
    job = CompareJob((str(models[0]), str(cut)), ("a", "cut"), str(text), str(tmp_path / "c.npz"), n_ctx=64)
    with pytest.raises(UserError) as caught:
        run_compare(job, told.append)
    assert caught.value.code == "model.truncated"
    assert told == []
    assert not (tmp_path / "c.npz").exists()


def test_the_bundled_text_is_long_enough_for_an_error_estimate(starter_path: Path) -> None:
    with ChunkReader(starter_path, 512) as reader:
        assert len(reader.tokenize(default_text().read_text(encoding="utf-8"))) >= 4 * 512
