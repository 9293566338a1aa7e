"""What is found in bad rows, and that good ones are left alone."""

import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from engine.datasets.checks import BITS, CheckKind, load_checks, run_checks, save_checks
from engine.datasets.dataset import Dataset
from engine.datasets.near_duplicates import ALIKE, MOST_ROWS, Signatures

Open = Callable[[Sequence[object]], Dataset]
WORDS = [f"{first}{second}" for first in "bdfgklmnprst" for second in ("an", "er", "ol", "ut", "ime", "ock")]


def sentence(seed: int, words: int = 150) -> str:
    chooser = random.Random(seed)
    return " ".join(chooser.choice(WORDS) for _ in range(words))


def talk(*turns: tuple[str, str]) -> dict[str, object]:
    return {"messages": [{"role": role, "content": text} for role, text in turns]}


GOOD = talk(("user", "Hi"), ("assistant", "Ho"))


@pytest.mark.parametrize(
    ("row", "kind", "note"),
    [
        (talk(("user", "a"), ("assistant", " ")), "no_answer", ""),
        (talk(("user", "a")), "no_answer", ""),
        (talk(("user", "a"), ("assistant", ""), ("user", "b"), ("assistant", "c")), "empty_answer", ""),
        (talk(("assistant", "a"), ("user", "b"), ("assistant", "c")), "roles", "answers before anybody"),
        (talk(("user", "a"), ("user", "b"), ("assistant", "c")), "roles", "both by the user"),
        (talk(("user", "a"), ("system", "b"), ("assistant", "c")), "roles", "belongs at the beginning"),
        (talk(("user", "a"), ("assistant", "b"), ("user", "c")), "roles", "last message is by the user"),
        (talk(("robot", "a"), ("assistant", "b")), "unreadable", "unknown role"),
        (talk(("user", "a <|im_end|> b"), ("assistant", "c")), "special_tokens", "<|im_end|>"),
        (talk(("user", "a [INST] b"), ("assistant", "c")), "special_tokens", "[INST]"),
        (GOOD, "duplicate", "same as row 1"),
    ],
)
def test_each_trouble_is_found(row: object, kind: CheckKind, note: str, open_rows: Open) -> None:
    checked = run_checks(open_rows([GOOD, row]))
    finding = next(one for one in checked.report.findings if one.kind == kind)
    assert finding.count == 1
    assert finding.examples[0].row == 1
    assert note in finding.examples[0].note
    assert checked.rows(kind).tolist() == [1]
    assert not checked.flags[0]


@pytest.mark.parametrize(
    "row",
    [
        talk(("system", "s"), ("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d")),
        talk(("user", "What is x < y, and <b>bold</b>, or array[INSTANCE]?"), ("assistant", "c")),
        talk(("user", "a"), ("assistant", "calls"), ("tool", "42"), ("assistant", "It is 42")),
    ],
)
def test_good_rows_pass(row: object, open_rows: Open) -> None:
    report = run_checks(open_rows([row])).report
    assert report.findings == ()
    assert report.usable == report.rows == 1


def test_rows_that_teach_nothing_are_not_usable(open_rows: Open) -> None:
    rows = [
        GOOD,
        talk(("user", "a")),
        talk(("robot", "x")),
        talk(("user", "a"), ("user", "b"), ("assistant", "c")),
    ]
    assert run_checks(open_rows(rows)).report.usable == 2


def test_empty_answers_of_pairs_and_judged(open_rows: Open) -> None:
    pairs = [{"prompt": "a", "chosen": "b", "rejected": ""}, {"prompt": "a", "chosen": "b", "rejected": "c"}]
    assert run_checks(open_rows(pairs)).rows("no_answer").tolist() == [0]


def test_near_duplicates_among_many(open_rows: Open) -> None:
    texts = [sentence(n) for n in range(400)]
    texts[300] = texts[7].replace(texts[7].split()[20], "CHANGED", 1)
    texts[301] = f"  {texts[8].upper()}\n"
    checked = run_checks(open_rows([{"text": text} for text in texts]))
    assert checked.rows("near_duplicate").tolist() == [300, 301]
    notes = {one.row: one.note for one in checked.report.findings[0].examples}
    assert notes[300].endswith("like row 8")
    assert notes[301] == "100% like row 9"


def test_estimated_share_agrees_with_the_exact_one() -> None:
    """Against the Jaccard index of all runs of eight letters."""
    base = sentence(1, 200).split()
    errors = []
    for changed in range(1, 13):
        other = [*base]
        for place in range(changed):
            other[place * 15] = "zzz"
        first, second = " ".join(base), " ".join(other)
        signatures = Signatures(2)
        signatures.add(first)
        signatures.add(second)
        exact = _jaccard(first, second)
        found = signatures.find()
        if found.partner[1] == 0:
            errors.append(float(found.share[1]) - exact)
        else:
            assert exact < ALIKE + 0.15
    assert errors
    assert abs(float(np.mean(errors))) < 0.1


def test_short_texts_are_only_compared_exactly() -> None:
    signatures = Signatures(5)
    for text in ("yes", "yes!", "", "a", "a b"):
        signatures.add(text)
    assert signatures.find().partner.tolist() == [-1] * 5
    assert Signatures(0).find().partner.tolist() == []
    assert MOST_ROWS > 1_000_000


def test_checks_are_kept_by_content_and_mapping(open_rows: Open) -> None:
    dataset = open_rows([GOOD, GOOD])
    assert load_checks(dataset) is None
    save_checks(run_checks(dataset), dataset.index.folder)
    kept = load_checks(dataset)
    assert kept is not None
    assert kept.report == run_checks(dataset).report
    assert kept.flags.tolist() == [0, BITS["duplicate"]]
    assert load_checks(open_rows([GOOD, GOOD, GOOD])) is None


def _jaccard(first: str, second: str) -> float:
    one, two = ({text[n : n + 8] for n in range(len(text) - 7)} for text in (first, second))
    return len(one & two) / len(one | two)
