"""`lathe chat --adapter`: paths, scales, and what is kept with the chat."""

import argparse
from pathlib import Path

import pytest

from engine.cli import chat_options
from engine.cli.parser import LineParser
from engine.errors import UserError
from engine.protocol.adapters import AdapterUse


def adapters(*texts: str) -> tuple[AdapterUse, ...] | None:
    parser = LineParser(prog="lathe chat")
    chat_options.fill(parser)
    words = [word for text in texts for word in ("--adapter", text)]
    args: argparse.Namespace = parser.parse_args(words)
    return chat_options.read_wishes(args).adapters


def test_paths_and_scales(tmp_path: Path) -> None:
    plain, odd = tmp_path / "plain.gguf", tmp_path / "a=0.5"
    plain.touch()
    odd.touch()
    assert adapters() is None
    assert adapters("none") == ()
    assert adapters(str(plain)) == (AdapterUse(str(plain)),)
    assert adapters(f"{plain}=0.25", f"{odd}=-1") == (
        AdapterUse(str(plain), 0.25),
        AdapterUse(str(odd), -1.0),
    )
    assert adapters(str(odd)) == (AdapterUse(str(odd)),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{}/no.gguf", "model.missing"),
        ("{}/no.gguf=1", "model.missing"),
        ("{}=much", "params.invalid"),
        ("{}=11", "params.invalid"),
        ("{}=nan", "params.invalid"),
    ],
)
def test_mistakes(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        adapters(text.format(tmp_path))
    assert caught.value.code == code
