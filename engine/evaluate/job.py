"""Comparing models on a text: one after the other, each against the first."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import psutil
from numpy.typing import NDArray

from engine.errors import UserError
from engine.evaluate.comparison import About, now_ms
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
from engine.evaluate.source import LogitSource, open_source, source_facts
from engine.evaluate.token_texts import token_texts
from engine.output import check_target, writing
from engine.protocol.jobs import Compared, CompareJob, JobEvent, JobStep, ModelCompared
from engine.text.file import read_text_file

CANDIDATES = 5
Tell = Callable[[JobEvent], None]
Arrays = dict[str, NDArray[Any]]


def run_compare(job: CompareJob, tell: Tell) -> Compared:
    """Raises `UserError` model.*, compare.vocabulary, text.too_short, file.*, output.*."""
    started = time.perf_counter()
    target = Path(job.target)
    check_target(target, (Path(job.text), *(Path(path) for path in job.paths)))
    text = read_text_file(Path(job.text))
    for path in job.paths:
        source_facts(Path(path))  # a damaged one is found now, not after minutes of reading the others
    comparison = Comparison(job, text, tell)
    results = comparison.run()
    with writing(target) as part, part.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **comparison.arrays(results))
    return Compared(str(target), comparison.scored, time.perf_counter() - started)


class Comparison:
    """One run. What is kept of each model are a few numbers for each position, never its distributions."""

    def __init__(self, job: CompareJob, text: str, tell: Tell) -> None:
        self._job, self._text, self._tell = job, text, tell
        self._tokens: list[int] = []
        self._texts: list[str] = []
        self._known: dict[int, str] = {}
        """The texts of all candidates."""
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
                source = open_source(Path(path), self._job.n_ctx, self._job.n_threads)
                with closing(source) as reader:
                    load_ms = (time.perf_counter() - load) * 1000
                    self._check_tokens(reader, number)
                    if store is None:
                        store = ReferenceStore(Path(self._job.target).parent, self.scored, self._vocab)
                    store.rewind()
                    seconds = self._measure(reader, store, number)
                    results.append(self._result(number, load_ms, seconds, reader.output_tps(self._tokens)))
                self._tell(results[-1])
        finally:
            if store is not None:
                store.__exit__(None, None, None)
        return results

    def _check_tokens(self, reader: LogitSource, number: int) -> None:
        """All models have to read the same tokens, or their distributions cannot be compared."""
        tokens = reader.tokenize(self._text, self._job.n_tokens)
        if number == 0:
            self._tokens, self._vocab = tokens, reader.vocab_size
            self._texts = token_texts([reader.piece(token) for token in tokens])
        elif tokens != self._tokens or reader.vocab_size != self._vocab:
            names = self._job.names
            raise UserError("compare.vocabulary", name=names[number], reference=names[0])

    def _measure(self, reader: LogitSource, store: ReferenceStore, number: int) -> float:
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
        seconds = time.perf_counter() - started
        self._rows.append(RowScores(*(np.concatenate(column) for column in zip(*rows, strict=True))))
        for token in np.unique(self._rows[-1].top_ids).tolist():
            if token not in self._known:
                self._known[token] = reader.piece(token).decode("utf-8", "replace")
        self._divergences.append(np.concatenate(kl) if kl else np.zeros(self.scored, np.float32))
        return seconds

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
        facts = source_facts(path)
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
            size_bytes=facts.size_bytes,
            bits_per_weight=facts.bits_per_weight,
            quantization=facts.quantization,
            load_ms=load_ms,
            input_tps=len(self._tokens) / seconds,
            output_tps=output_tps,
            rss_bytes=int(psutil.Process().memory_info().rss),
            tokens=self.scored,
        )

    def arrays(self, results: Sequence[ModelCompared]) -> Arrays:
        """What the file holds; `engine.evaluate.comparison` reads it.

        For the text: `token_ids` and `pieces` (texts) of all tokens, `positions` of the scored ones. For each
        model and scored position: `logprob` and `ranks` of the token that came, `kl` [model, position],
        `top_ids`, `top_logprobs` [model, position, candidate]; `candidate_ids` and `candidate_pieces` name
        those. `models` are names; `summary` (of the models) and `about` (of the comparison) are JSON.
        """
        n_ctx = self._job.n_ctx
        starts = range(0, len(self._tokens), n_ctx)
        positions = [start + place for start in starts for place in range(self._first + 1, n_ctx)]
        known = sorted(self._known)
        about = About(Path(self._job.text).name, n_ctx, len(self._tokens), self.scored, now_ms())
        return {
            "token_ids": np.array(self._tokens, np.int32),
            "pieces": np.array(self._texts, np.str_),
            "positions": np.array(positions, np.int32),
            "logprob": np.stack([one.logprob for one in self._rows]),
            "ranks": np.stack([one.ranks for one in self._rows]),
            "kl": np.stack(self._divergences),
            "top_ids": np.stack([one.top_ids for one in self._rows]),
            "top_logprobs": np.stack([one.top_logprobs for one in self._rows]),
            "candidate_ids": np.array(known, np.int32),
            "candidate_pieces": np.array([self._known[token] for token in known], np.str_),
            "models": np.array(self._job.names, np.str_),
            "summary": np.array(msgspec.json.encode(list(results)).decode(), np.str_),
            "about": np.array(msgspec.json.encode(about).decode(), np.str_),
        }
