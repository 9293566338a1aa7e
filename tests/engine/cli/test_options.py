"""Options and what they mean."""

import math
from pathlib import Path

import pytest

from engine.cli import chat_options
from engine.cli.chat_options import Wishes, read_wishes
from engine.cli.context_options import with_context
from engine.cli.parser import LineParser, parse
from engine.cli.sampling_options import parse_bias, parse_order, unescape
from engine.protocol.values import ContextParams
from engine.sampling.params import LogitBias
from engine.sampling.specs import SPECS


def wishes(*arguments: str) -> Wishes:
    return read_wishes(parse(LineParser(prog="lathe chat", fill=chat_options.fill), arguments))


def test_every_parameter_has_an_option_under_both_names() -> None:
    parser = LineParser(prog="lathe chat", fill=chat_options.fill)
    parser.parse_known_args([])
    missing = [
        name for spec in SPECS.values() for name in spec.options if name not in parser.option_strings()
    ]
    assert not missing


@pytest.mark.parametrize("name", [name for name, spec in SPECS.items() if spec.is_number])
def test_numbers_arrive(name: str) -> None:
    spec = SPECS[name]
    for option in spec.options:
        value = int(spec.maximum) if spec.kind == "int" else spec.maximum
        assert wishes(option, str(value)).sampling == {name: value}


def test_nothing_given_means_nothing_wished() -> None:
    assert wishes() == Wishes(None, None, None, {}, {}, {})


def test_texts() -> None:
    found = wishes("--stop", "END", "--stop", r"\n\n", "--dry-sequence-breaker", "none")
    assert found.sampling == {"stop": ("END", "\n\n"), "dry_sequence_breakers": ()}
    assert unescape(r"a\tb\\n") == "a\tb\\n"


def test_bias_in_both_spellings() -> None:
    assert parse_bias("15043-1.5") == LogitBias(bias=-1.5, token_id=15043)
    assert parse_bias("7-inf") == LogitBias(bias=-math.inf, token_id=7)
    assert parse_bias(" a=b=2") == LogitBias(bias=2, text=" a=b")


def test_order_takes_the_names_of_llama_cpp() -> None:
    assert parse_order("top_k; typ_p,temp") == ("top_k", "typical_p", "temperature")
    assert parse_order("") == ()


def test_grammar_and_schema_from_files(tmp_path: Path) -> None:
    (tmp_path / "g.gbnf").write_text('root ::= "yes"')
    (tmp_path / "s.json").write_text('{"type": "object"}')
    found = wishes("--grammar", str(tmp_path / "g.gbnf"), "--json-schema", str(tmp_path / "s.json"))
    assert found.sampling == {"grammar": 'root ::= "yes"', "json_schema": '{"type": "object"}'}


def test_context_parameters() -> None:
    found = wishes(
        "--ctx-size", "1024", "--threads", "3", "--n-gpu-layers", "0", "--flash-attention", "off",
        "--type-k", "q8_0", "--tensor-split", "3,1", "--no-mmap", "--batch-size", "64",
    )  # fmt: skip
    assert with_context(ContextParams(), found.context) == ContextParams(
        n_ctx=1024, n_threads=3, n_gpu_layers=0, flash_attention="off", type_k="q8_0",
        tensor_split=(3.0, 1.0), use_mmap=False, n_batch=64, n_ubatch=64,
    )  # fmt: skip


def test_every_context_parameter_has_an_option() -> None:
    from engine.cli.context_options import _OPTIONS

    assert set(_OPTIONS) == set(ContextParams.__struct_fields__)
