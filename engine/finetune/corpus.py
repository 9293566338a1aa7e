"""The rows that are learned from, as tokens: read once, kept in flat arrays."""

import hashlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from engine.datasets.dataset import BadRow, Dataset, open_dataset
from engine.datasets.mapping import FORMATS, ColumnMapping, map_by_name
from engine.datasets.rendering import TrainingRow, render_row
from engine.errors import UserError
from engine.finetune.policy import Tokens
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.tokenizing import Tokenizer
from engine.protocol.jobs import JobNotice

_SHOWN_REASON = 160


class Example(NamedTuple):
    """One row. `rows`: one sequence, or chosen and rejected. `source`: its number in the data set, from 0.

    `columns`: the row as it is in the file, for rewards; empty for objectives that do not ask.
    """

    rows: tuple[Tokens, ...]
    source: int
    label: bool | None = None
    columns: Mapping[str, Any] = {}

    @property
    def size(self) -> int:
        return sum(len(row.ids) for row in self.rows)


class Corpus:
    """Examples by number. Tokens of all rows are in one array, 4 bytes each."""

    def __init__(self, sequences: int = 1) -> None:
        self._sequences = sequences
        self._ids = array("i")
        self._counts = bytearray()
        self._ends = array("q", [0])
        self._sources = array("q")
        self._labels: list[bool | None] = []
        self._columns: list[Mapping[str, Any]] = []

    def add(self, example: Example) -> None:
        for row in example.rows:
            self._ids.extend(row.ids)
            self._counts.extend(row.counts)
            self._ends.append(len(self._ids))
        self._sources.append(example.source)
        self._labels.append(example.label)
        self._columns.append(example.columns)

    def __len__(self) -> int:
        return len(self._sources)

    def __getitem__(self, number: int) -> Example:
        rows = []
        for place in range(number * self._sequences, (number + 1) * self._sequences):
            part = slice(self._ends[place], self._ends[place + 1])
            rows.append(Tokens(tuple(self._ids[part]), tuple(map(bool, self._counts[part]))))
        return Example(tuple(rows), self._sources[number], self._labels[number], self._columns[number])

    def size(self, number: int) -> int:
        """Tokens of an example, without making it."""
        first = number * self._sequences
        return self._ends[first + self._sequences] - self._ends[first]

    def longest(self, number: int) -> int:
        """Tokens of the longest of its sequences."""
        first = number * self._sequences
        places = range(first, first + self._sequences)
        return max(self._ends[place + 1] - self._ends[place] for place in places)

    @property
    def tokens(self) -> int:
        return len(self._ids)

    def fingerprint(self) -> str:
        """Of everything that is learned from, in its order."""
        digest = hashlib.sha256(repr(self._labels).encode())
        for part in (self._ids, self._counts, self._ends):
            digest.update(part)
        return digest.hexdigest()


class Corpora(NamedTuple):
    """What is trained on, what is kept aside, and what the user should know. `row_format`: that of the first
    file, one of `datasets.mapping.FORMATS`.
    """

    train: Corpus
    held_out: Corpus
    notices: tuple[JobNotice, ...]
    row_format: str = ""


Report = Callable[[float], None]


def read_corpora(recipe: Recipe, tokenizer: Tokenizer, home: Path, report: Report) -> Corpora:
    """Raises `UserError` data.*, template.*, finetune.no_rows, finetune.masked, finetune.cut_off,
    finetune.few_rows.
    """
    reading = _Reading(recipe, tokenizer, home, report)
    files = [Path(file) for file in recipe.files]
    for number, file in enumerate(files):
        dataset = reading.open(file)
        split = dataset.split(
            0.0 if recipe.dataset.held_out_data else recipe.dataset.held_out, recipe.dataset.split_seed
        )
        reading.read(dataset, split.train.tolist(), reading.train, (number, len(files)))
        reading.read(dataset, split.held_out.tolist(), reading.held_out, None)
    if recipe.dataset.held_out_data:
        dataset = reading.open(Path(recipe.dataset.held_out_data))
        reading.read(dataset, range(len(dataset)), reading.held_out, None)
    return reading.finished()


class _Reading:
    """Counts what is left out on the way."""

    def __init__(self, recipe: Recipe, tokenizer: Tokenizer, home: Path, report: Report) -> None:
        self._recipe, self._tokenizer, self._home, self._report = recipe, tokenizer, home, report
        sequences = 2 if recipe.objective in ("dpo", "orpo", "reward") else 1
        self.train, self.held_out = Corpus(sequences), Corpus(sequences)
        self._rows = self._bad = self._truncated = self._empty = self._cut = 0
        self._first_bad = ("", "")
        self._format = ""
        self._pending: list[int] = []
        self._broken: list[JobNotice] = []

    def open(self, path: Path) -> Dataset:
        dataset = self._opened(path)
        self._format = self._format or dataset.mapping.format
        summary = dataset.index.summary
        if summary.broken:
            first = summary.problems[0]
            told = {"count": summary.broken, "path": path.name, "line": first.line, "problem": first.problem}
            self._broken.append(
                JobNotice("finetune.broken_lines", {name: str(value) for name, value in told.items()})
            )
        return dataset

    def _opened(self, path: Path) -> Dataset:
        wanted = self._recipe.dataset
        mapping = None
        if wanted.format != "auto":
            if wanted.format not in FORMATS:
                known = ", ".join(FORMATS)
                raise UserError(
                    "recipe.choice",
                    key="dataset.format",
                    value=wanted.format,
                    nearest=FORMATS[0],
                    known=known,
                )
            if wanted.columns:
                mapping = ColumnMapping(wanted.format, wanted.columns)
            else:
                dataset = open_dataset(path, self._home, None)
                mapping = map_by_name(wanted.format, dataset.index.summary.columns)
        return open_dataset(path, self._home, mapping, self._report)

    def read(
        self, dataset: Dataset, numbers: Sequence[int], target: Corpus, share: tuple[int, int] | None
    ) -> None:
        limit = self._recipe.dataset.limit
        if limit and share is not None:
            numbers = numbers[: max(0, limit - len(target))]
        done = 0
        for number, example in dataset.walk(numbers):
            done += 1
            if share is not None and done % 64 == 0:
                self._report((share[0] + done / len(numbers)) / share[1])
            self._rows += 1
            if isinstance(example, BadRow):
                self._left_out(number, example.problem)
                continue
            try:
                row = self._rendered(example)
            except (UserError, ValueError) as error:
                self._left_out(number, str(error))
                continue
            columns = dataset.index.row(number) if self._recipe.is_online else {}
            self._take(row, number, columns, target)
        self._flush(target)

    def finished(self) -> Corpora:
        paths = ", ".join(Path(file).name for file in self._recipe.files)
        if not self._rows:
            raise UserError("finetune.no_rows", path=paths)
        if not len(self.train) and self._empty and self._cut == self._empty:
            length = self._recipe.train.max_length
            raise UserError("finetune.cut_off", rows=self._rows, max_length=length)
        if not len(self.train) and self._empty:
            raise UserError("finetune.masked", rows=self._rows)
        if not len(self.train) and self._bad:
            row, reason = self._first_bad
            raise UserError("finetune.broken_rows", count=self._bad, row=row, reason=reason)
        if not len(self.train):
            raise UserError("finetune.few_rows", rows=0, held_out=len(self.held_out))
        limit = str(self._recipe.train.max_length)
        notices = list(self._broken)
        if self._bad:
            row, reason = self._first_bad
            notices.append(
                JobNotice("finetune.broken_rows", {"count": str(self._bad), "row": row, "reason": reason})
            )
        counts = {"rows": str(self._rows), "max_length": limit}
        if self._empty:
            notices.append(JobNotice("finetune.dropped", {"count": str(self._empty), **counts}))
        if self._truncated:
            notices.append(JobNotice("finetune.truncated", {"count": str(self._truncated), **counts}))
        return Corpora(self.train, self.held_out, tuple(notices), self._format)

    def _rendered(self, example: Any) -> TrainingRow:
        recipe = self._recipe
        # Text to continue is cut into blocks instead of being cut off.
        limit = 0 if recipe.objective == "pretrain" else recipe.train.max_length
        return render_row(
            example,
            self._tokenizer.template,
            self._tokenizer.tokenize,
            objective=recipe.objective,
            max_length=limit,
            answer_only=recipe.train.loss_on == "answer",
        )

    def _left_out(self, number: int, reason: str) -> None:
        if not self._bad:
            self._first_bad = (str(number + 1), " ".join(reason.split())[:_SHOWN_REASON].rstrip("."))
        self._bad += 1

    def _take(self, row: TrainingRow, number: int, columns: Mapping[str, Any], target: Corpus) -> None:
        objective = self._recipe.objective
        if objective == "pretrain":
            self._blocks(row, number, target)
            return
        if objective in ("dpo", "orpo", "reward") and row.rejected is None:
            self._left_out(number, "it has no two answers of which one is better")
            return
        if objective == "kto" and row.label is None:
            self._left_out(number, "it does not say whether the answer is wanted")
            return
        sequences = (row,) if row.rejected is None or self._recipe.is_online else (row, row.rejected)
        rows = tuple(Tokens(one.token_ids, one.mask) for one in sequences)
        self._truncated += any(one.truncated for one in sequences)
        if not self._recipe.is_online and not all(one.targets for one in rows):
            self._empty += 1
            self._cut += any(one.truncated for one in sequences)
            return
        target.add(Example(rows, number, row.label, columns))

    def _blocks(self, row: TrainingRow, number: int, target: Corpus) -> None:
        """Texts one after the other, cut into blocks of the full length."""
        length = self._recipe.train.max_length
        self._pending += row.token_ids
        while len(self._pending) >= length:
            block, self._pending = self._pending[:length], self._pending[length:]
            target.add(Example((Tokens(tuple(block), (True,) * length),), number))

    def _flush(self, target: Corpus) -> None:
        if len(self._pending) > 1:
            block = tuple(self._pending)
            target.add(Example((Tokens(block, (True,) * len(block)),), max(self._rows - 1, 0)))
        self._pending = []
