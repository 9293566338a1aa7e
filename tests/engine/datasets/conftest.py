"""A tokenizer of letters, a ChatML template on it, and short ways to write files and rows."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from engine.datasets.dataset import Dataset, open_dataset
from engine.datasets.rendering import RowTemplate
from engine.text.builtin_templates import CHATML
from engine.text.special_tokens import SpecialTokens
from engine.text.template import ChatTemplate

SPECIAL = {"<|im_start|>": 1, "<|im_end|>": 2, "<s>": 3, "</s>": 4}
FIRST_LETTER = 10


class LetterTokenizer:
    """One token a letter; control tokens where they are asked for."""

    def __call__(self, text: str, special: bool) -> list[int]:
        ids: list[int] = []
        position = 0
        while position < len(text):
            found = next((one for one in SPECIAL if special and text.startswith(one, position)), "")
            ids.append(SPECIAL[found] if found else FIRST_LETTER + ord(text[position]))
            position += len(found) or 1
        return ids

    @staticmethod
    def text(ids: Sequence[int]) -> str:
        names = {number: text for text, number in SPECIAL.items()}
        return "".join(names.get(token) or chr(token - FIRST_LETTER) for token in ids)


@pytest.fixture
def letters() -> LetterTokenizer:
    return LetterTokenizer()


@pytest.fixture
def chatml() -> RowTemplate:
    return make_template(CHATML)


def make_template(source: str, *, bos_id: int = -1) -> RowTemplate:
    """`source` with the letters' control tokens; `bos_id` 3 for a model that begins with <s>."""
    return RowTemplate(
        chat=ChatTemplate(source, "<s>", "</s>") if source else None,
        special=SpecialTokens(SPECIAL),
        bos="<s>",
        bos_id=bos_id,
        eos="</s>",
        eos_id=4,
    )


@pytest.fixture
def write_rows(tmp_path: Path) -> Callable[..., Path]:
    def write(rows: Sequence[object], name: str = "rows.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def open_rows(write_rows: Callable[..., Path], home: Path) -> Callable[[Sequence[object]], Dataset]:
    return lambda rows: open_dataset(write_rows(rows), home)
