"""Comparing models on a text: one after the other, each against the first."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import psutil
from numpy.typing import NDArray

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.errors import UserError
from engine.evaluate.reference import ReferenceStore
from engine.evaluate.scores import (
    RowScores,
    blocks,
    compress,
    divergence,
    log_softmax,
    perplexity,
    score_rows,
    standard_error,
    summarize,
)
from engine.library.describe import describe
from engine.library.gguf_header import read_header
from engine.library.shards import part_paths
from engine.output import check_target, writing
from engine.protocol.jobs import Compared, CompareJob, JobEvent, JobStep, ModelCompared
from engine.text.file import read_text_file

CANDIDATES = 5
_SPEED_PROMPT, _SPEED_TOKENS = 64, 24
Tell = Callable[[JobEvent], None]
Arrays = dict[str, NDArray[Any]]


def run_compare(job: CompareJob, tell: Tell) -> Compared:
    """Raises `UserError` model.*, compare.vocabulary, text.too_short, file.*, output.*."""
    started = time.perf_counter()
    target = Path(job.target)
    check_target(target, (Path(job.text), *(Path(path) for path in job.paths)))
    comparison = Comparison(job, read_text_file(Path(job.text)), tell)
    results = comparison.run()
    with writing(target) as part, part.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **comparison.arrays(results))
    return Compared(str(target), comparison.scored, time.perf_counter() - started)


class Comparison:
    """One run. What is kept of each model are a few numbers for each position, never its distributions."""

    def __init__(self, job: CompareJob, text: str, tell: Tell) -> None:
        self._job, self._text, self._tell = job, text, tell
        self._tokens: list[int] = []
        self._pieces: list[bytes] = []
        self._vocab = 0
        self._rows: list[RowScores] = []
        self._divergences: list[NDArray[np.float32]] = []
        self._began = 0.0

    @property
    def _first(self) -> int:
        """The first position of a chunk whose distribution counts: it predicts the token after it."""
        return self._job.n_ctx // 2

    @property
    def scored(self) -> int:
        """Positions that are scored."""
        return len(self._tokens) // self._job.n_ctx * (self._job.n_ctx - 1 - self._first)

    def run(self) -> list[ModelCompared]:
        """Every model in turn; each result is told when it is there."""
        results: list[ModelCompared] = []
        self._began = time.perf_counter()
        store: ReferenceStore | None = None
        try:
            for number, path in enumerate(self._job.paths):
                load = time.perf_counter()
                with ChunkReader(Path(path), self._job.n_ctx, n_threads=self._job.n_threads) as reader:
                    load_ms = (time.perf_counter() - load) * 1000
                    self._check_tokens(reader, number)
                    if store is None:
                        store = ReferenceStore(Path(self._job.target).parent, self.scored, self._vocab)
                    store.rewind()
                    seconds = self._measure(reader, store, number)
                    results.append(self._result(number, load_ms, seconds, _output_tps(reader, self._tokens)))
                self._tell(results[-1])
        finally:
            if store is not None:
                store.__exit__(None, None, None)
        return results

    def _check_tokens(self, reader: ChunkReader, number: int) -> None:
        """All models have to read the same tokens, or their distributions cannot be compared."""
        tokens = reader.tokenize(self._text, self._job.n_tokens)
        vocab = reader.model.vocab
        if number == 0:
            self._tokens, self._vocab = tokens, vocab.size
            self._pieces = [vocab.piece(token) for token in tokens]
        elif tokens != self._tokens or vocab.size != self._vocab:
            names = self._job.names
            raise UserError("compare.vocabulary", name=names[number], reference=names[0])

    def _measure(self, reader: ChunkReader, store: ReferenceStore, number: int) -> float:
        """Reads the whole text; the seconds that took."""
        n_ctx, tokens = self._job.n_ctx, self._tokens
        rows: list[RowScores] = []
        kl: list[NDArray[np.float32]] = []
        started = time.perf_counter()
        for start in range(0, len(tokens), n_ctx):
            chunk = tokens[start : start + n_ctx]
            logits = reader.read(chunk, self._first)[:-1]
            targets = np.array(chunk[self._first + 1 :], np.int32)
            for part in blocks(len(targets), self._vocab):
                logprobs = log_softmax(logits[part])
                rows.append(score_rows(logprobs, targets[part], CANDIDATES))
                if number == 0:
                    if len(self._job.paths) > 1:
                        store.append(compress(logprobs))
                else:
                    kl.append(divergence(store.next(len(logprobs)), logprobs))
            self._step(number, start + len(chunk))
        self._rows.append(RowScores(*(np.concatenate(column) for column in zip(*rows, strict=True))))
        self._divergences.append(np.concatenate(kl) if kl else np.zeros(self.scored, np.float32))
        return time.perf_counter() - started

    def _step(self, number: int, done: int) -> None:
        fraction = (number + done / len(self._tokens)) / len(self._job.paths)
        spent = time.perf_counter() - self._began
        left = spent / fraction * (1 - fraction)
        self._tell(
            JobStep(fraction, f"{self._job.names[number]}: {done} of {len(self._tokens)} tokens", left)
        )

    def _result(self, number: int, load_ms: float, seconds: float, output_tps: float) -> ModelCompared:
        path = Path(self._job.paths[number])
        rows, reference = self._rows[number], self._rows[0]
        ppl = perplexity(rows.logprob)
        kl = summarize(self._divergences[number])
        same = rows.top_ids[:, 0] == reference.top_ids[:, 0]
        parts = part_paths(path)
        return ModelCompared(
            model=self._job.names[number],
            path=str(path),
            perplexity=ppl.value,
            perplexity_error=ppl.error,
            kl_mean=kl.mean,
            kl_error=kl.error,
            kl_median=kl.median,
            kl_p99=kl.p99,
            kl_max=kl.largest,
            top1_agreement=float(same.mean()),
            top1_error=standard_error(same.astype(np.float64)),
            size_bytes=sum(part.stat().st_size for part in parts),
            bits_per_weight=describe(read_header(path)).bits_per_weight,
            quantization=describe(read_header(path)).quantization,
            load_ms=load_ms,
            input_tps=len(self._tokens) / seconds,
            output_tps=output_tps,
            rss_bytes=int(psutil.Process().memory_info().rss),
            tokens=self.scored,
        )

    def arrays(self, results: Sequence[ModelCompared]) -> Arrays:
        """What the file holds.

        For the text: `token_ids` and `pieces` (texts) of all tokens, `positions` of the scored ones. For each
        model and scored position: `logprob`, `kl` [model, position], `top_ids`, `top_logprobs` [model,
        position, candidate]. `models` are names, `summary` is JSON.
        """
        n_ctx = self._job.n_ctx
        starts = range(0, len(self._tokens), n_ctx)
        positions = [start + place for start in starts for place in range(self._first + 1, n_ctx)]
        return {
            "token_ids": np.array(self._tokens, np.int32),
            "pieces": np.array([piece.decode("utf-8", "replace") for piece in self._pieces], np.str_),
            "positions": np.array(positions, np.int32),
            "logprob": np.stack([one.logprob for one in self._rows]),
            "kl": np.stack(self._divergences),
            "top_ids": np.stack([one.top_ids for one in self._rows]),
            "top_logprobs": np.stack([one.top_logprobs for one in self._rows]),
            "models": np.array(self._job.names, np.str_),
            "summary": np.array(msgspec.json.encode(list(results)).decode(), np.str_),
        }


def _output_tps(reader: ChunkReader, tokens: Sequence[int]) -> float:
    """Tokens a second when they are written one by one, after a short prompt."""
    context = reader.context
    context.clear()
    prompt = list(tokens[: min(_SPEED_PROMPT, reader.n_ctx // 2)])
    following = list(_cycle(tokens, min(_SPEED_TOKENS, reader.n_ctx - len(prompt))))
    context.decode(prompt)
    context.logits()
    started = time.perf_counter()
    for token in following:
        context.decode_one(token)
        context.logits()
    return len(following) / (time.perf_counter() - started)


def _cycle(tokens: Sequence[int], count: int) -> Iterator[int]:
    for place in range(count):
        yield tokens[place % len(tokens)]
