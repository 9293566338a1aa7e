"""Names, rules, texts and orders, without a window."""

from pathlib import Path

import pytest

from app.panels.quantize import starting
from app.panels.quantize.names import base_name, safe, target_path
from app.panels.quantize.overrides import check_pattern, matches
from app.panels.quantize.texts import FAMILY_WORDS, TYPE_WORDS, UPGRADE_WORDS
from engine.errors import UserError
from engine.quantize.types import FAMILIES, FILE_TYPES


def test_texts_are_those_of_the_engine() -> None:
    assert {one.name: one.words for one in FILE_TYPES.values()} == TYPE_WORDS
    assert {
        one.upgrades for one in FILE_TYPES.values() if " for " in one.upgrades or " of " in one.upgrades
    } == set(UPGRADE_WORDS)
    assert FAMILIES == FAMILY_WORDS


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("/m/Tiny-1B.Q4_K_M.gguf", "", "Tiny-1B"),
        ("/m/Tiny-1B-f16.gguf", "", "Tiny-1B"),
        ("/m/tiny-bf16-00001-of-00003.gguf", "", "tiny"),
        ("/m/sha256-abc", "llama3.2:1b", "llama3.2-1b"),
        ("/m/Q8_0.gguf", "", "Q8_0"),
        ("/m/..gguf", "", "model"),
    ],
)
def test_a_model_without_its_type(path: str, name: str, expected: str) -> None:
    assert base_name(path, name) == expected


def test_targets() -> None:
    assert target_path("/out", "{model}-{type}.gguf", "Tiny", "Q8_0") == str(Path("/out/Tiny-Q8_0.gguf"))
    assert target_path("/out", "a/{type}", "Tiny", "Q8_0") == str(Path("/out/a-Q8_0.gguf"))
    assert safe("a:b/c\\d") == "a-b-c-d"


def test_rules() -> None:
    names = ["blk.0.attn_v.weight", "blk.1.attn_v.weight", "output.weight"]
    rules = [(r"blk\.0", "Q8_0"), ("attn_v", "Q6_K"), ("(", "F16")]
    assert matches(rules, names) == [0, 1, -1]
    assert check_pattern("(")
    assert not check_pattern("attn_v|ffn")


def test_orders(tmp_path: Path) -> None:
    source = tmp_path / "tiny.gguf"
    source.write_bytes(b"GGUF")
    own = tmp_path / "home" / "models"
    order = starting.Order(str(source), "tiny", str(own), (("Q8_0", str(own / "a.gguf")),), measure=True)
    prepared = starting.prepare(order, own)
    assert own.is_dir()
    assert Path(prepared.text).is_file()
    with pytest.raises(UserError) as caught:
        starting.prepare(starting.Order(str(source), "t", str(tmp_path), (("Q8_0", str(source)),)), own)
    assert caught.value.code == "output.is_source"
    assert starting.existing([str(source), str(tmp_path / "no")]) == {str(source)}
    assert starting.size_of(str(source)) == 4
    assert starting.size_of(str(tmp_path / "no")) == 0
