"""What is wrong with the rows of a data set, before any time is spent on training."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.datasets.dataset import BadRow, Dataset
from engine.datasets.examples import Conversation, Example, Judged, PlainText, Preference
from engine.datasets.index import row_hash
from engine.datasets.mapping import ColumnMapping
from engine.datasets.near_duplicates import Signatures
from engine.datasets.reading import messages_of
from engine.messages import Message

CheckKind = Literal[
    "unreadable", "no_answer", "empty_answer", "roles", "special_tokens", "duplicate", "near_duplicate"
]
BITS: dict[CheckKind, int] = {
    "unreadable": 1,
    "no_answer": 2,
    "empty_answer": 4,
    "roles": 8,
    "special_tokens": 16,
    "duplicate": 32,
    "near_duplicate": 64,
}
"""By kind, worst first: the bit of `Checked.flags`."""
LEFT_OUT = BITS["unreadable"] | BITS["no_answer"]
"""Rows with one of these teach nothing and are not trained on."""

MOST_EXAMPLES = 50
_REPORT_EVERY = 1024
_CONTROL = re.compile(
    r"<\|[a-z][a-z0-9_.▁]{1,30}\|>|</?s>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<[be]os>|<｜[^｜\n]{2,40}｜>"
)
"""How control tokens of today's models are written; a model's own are asked for when rows are rendered."""


class FoundExample(Struct, frozen=True):
    """One row that was found: `row` from 0, and in words what is there."""

    row: int
    note: str = ""


class Finding(Struct, frozen=True):
    """How many rows have one kind of trouble, and the first of them."""

    kind: CheckKind
    count: int
    examples: tuple[FoundExample, ...]


class CheckReport(Struct, frozen=True):
    """All findings, worst first. `usable` rows can be trained on; `compared`: how many were searched for
    near duplicates. `content_hash` and `mapping` say what was checked."""

    rows: int
    usable: int
    findings: tuple[Finding, ...]
    compared: int
    content_hash: str
    mapping: ColumnMapping


class Checked:
    """A report, and uint8 flags for each row."""

    def __init__(self, report: CheckReport, flags: NDArray[Any]) -> None:
        self.report = report
        self.flags = flags

    def rows(self, kind: CheckKind) -> NDArray[np.int64]:
        """The rows of one kind."""
        return np.flatnonzero(self.flags & BITS[kind])

    def usable(self, numbers: NDArray[np.int64]) -> int:
        """How many of these rows can be trained on."""
        return int(np.count_nonzero(self.flags[numbers] & LEFT_OUT == 0))


def run_checks(dataset: Dataset, report: Callable[[float], None] | None = None) -> Checked:
    """Looks at every row. Raises `UserError` data.changed."""
    search = _Search(len(dataset))
    for number, example in dataset.walk():
        search.look(number, example)
        if report is not None and not number % _REPORT_EVERY:
            report(number / len(dataset))
    return search.result(dataset)


def save_checks(checked: Checked, folder: Path) -> None:
    """Beside the index, by mapping."""
    stem = _stem(folder, checked.report.mapping)
    np.save(stem.with_suffix(".npy"), checked.flags, allow_pickle=False)
    stem.with_suffix(".json").write_bytes(msgspec.json.encode(checked.report))


def load_checks(dataset: Dataset) -> Checked | None:
    """What was saved for this content and mapping."""
    stem = _stem(dataset.index.folder, dataset.mapping)
    try:
        report = msgspec.json.decode(stem.with_suffix(".json").read_bytes(), type=CheckReport)
        flags = np.load(stem.with_suffix(".npy"), mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    same = report.content_hash == dataset.index.summary.content_hash and len(flags) == len(dataset)
    return Checked(report, flags) if same else None


def role_problem(example: Example) -> str:
    """What is wrong with who speaks when; "" if nothing is."""
    match example:
        case Conversation(messages=messages):
            return _order_problem(messages)
        case Preference(prompt=prompt, chosen=chosen, rejected=rejected):
            return _order_problem((*prompt, *chosen)) or _order_problem((*prompt, *rejected))
        case Judged(prompt=prompt, completion=completion):
            return _order_problem((*prompt, *completion))
        case PlainText():
            return ""


class _Search:
    def __init__(self, count: int) -> None:
        self._flags = np.zeros(count, np.uint8)
        self._examples: dict[CheckKind, list[FoundExample]] = {kind: [] for kind in BITS}
        self._hashes = np.zeros(count, np.uint64)
        self._signatures = Signatures(count)

    def look(self, number: int, example: Example | BadRow) -> None:
        if isinstance(example, BadRow):
            self._found("unreadable", number, example.problem)
            self._hashes[number] = number  # no text to compare: unlike all others
            self._signatures.add("")
            return
        text = text_of(example)
        self._hashes[number] = row_hash(text.strip().encode("utf-8", "replace"))
        self._signatures.add(text)
        trouble = _answer_trouble(example)
        if trouble:
            self._found(trouble, number)
        if problem := role_problem(example):
            self._found("roles", number, problem)
        if control := _CONTROL.search(text):
            self._found("special_tokens", number, control[0])

    def result(self, dataset: Dataset) -> Checked:
        self._find_duplicates()
        similar = self._signatures.find()
        near = similar.partner >= 0
        near &= self._flags[: len(near)] & BITS["duplicate"] == 0
        self._flags[: len(near)][near] |= BITS["near_duplicate"]
        for number in np.flatnonzero(near)[:MOST_EXAMPLES]:
            note = f"{similar.share[number]:.0%} like row {similar.partner[number] + 1}"
            self._examples["near_duplicate"].append(FoundExample(int(number), note))
        findings = []
        for kind, bit in BITS.items():
            count = int(np.count_nonzero(self._flags & bit))
            if count:
                findings.append(Finding(kind, count, tuple(self._examples[kind])))
        report = CheckReport(
            rows=len(dataset),
            usable=int(np.count_nonzero(self._flags & LEFT_OUT == 0)),
            findings=tuple(findings),
            compared=len(near),
            content_hash=dataset.index.summary.content_hash,
            mapping=dataset.mapping,
        )
        return Checked(report, self._flags)

    def _find_duplicates(self) -> None:
        """All but the first of equal rows."""
        _, first, inverse = np.unique(self._hashes, return_index=True, return_inverse=True)
        original = first[inverse]
        again = np.flatnonzero(original != np.arange(len(original)))
        self._flags[again] |= BITS["duplicate"]
        for number in again[:MOST_EXAMPLES]:
            self._examples["duplicate"].append(
                FoundExample(int(number), f"same as row {original[number] + 1}")
            )

    def _found(self, kind: CheckKind, number: int, note: str = "") -> None:
        self._flags[number] |= BITS[kind]
        if len(self._examples[kind]) < MOST_EXAMPLES:
            self._examples[kind].append(FoundExample(number, note))


def text_of(example: Example) -> str:
    """Everything that is written in an example."""
    if isinstance(example, PlainText):
        return example.text
    texts = [message.prompt_text() for message in messages_of(example)]
    if isinstance(example, Preference):
        texts += [message.prompt_text() for message in example.rejected]
    return "\n".join(texts)


def _answer_trouble(example: Example) -> CheckKind | None:
    match example:
        case PlainText(text=text):
            return None if text.strip() else "no_answer"
        case Preference(chosen=chosen, rejected=rejected):
            return _least(_emptiness(chosen), _emptiness(rejected))
        case Judged(completion=completion):
            return _emptiness(completion)
        case Conversation(messages=messages):
            return _emptiness(messages)


def _least(first: CheckKind | None, second: CheckKind | None) -> CheckKind | None:
    return "no_answer" if "no_answer" in (first, second) else first or second


def _emptiness(messages: tuple[Message, ...]) -> CheckKind | None:
    """`no_answer`: nothing at all would be trained; `empty_answer`: one of several answers is empty."""
    answers = [bool(message.prompt_text().strip()) for message in messages if message.role == "assistant"]
    if not any(answers):
        return "no_answer"
    return None if all(answers) else "empty_answer"


def _order_problem(messages: tuple[Message, ...]) -> str:
    previous = ""
    for number, message in enumerate(messages, 1):
        role = message.role
        if role == "system" and number > 1:
            return f"message {number} is a system message, which belongs at the beginning"
        if role == "assistant" and previous in ("", "system"):
            return f"message {number} answers before anybody has asked"
        if role == previous and role in ("user", "assistant"):
            return f"messages {number - 1} and {number} are both by the {role}"
        previous = role
    return "" if previous == "assistant" else f"the last message is by the {previous or 'nobody'}"


def _stem(folder: Path, mapping: ColumnMapping) -> Path:
    key = hashlib.sha256(msgspec.json.encode(mapping, order="deterministic")).hexdigest()[:12]
    return folder / f"checks-{key}"
