"""Model cards of headers whose parts are known."""

from pathlib import Path

import pytest

from engine.inspection.model_card import Amount, model_card, part_kind
from engine.library.gguf_header import read_header
from tests.engine.library import tiny_gguf


def test_starter(starter_path: Path) -> None:
    card = model_card(read_header(starter_path))
    assert (card.heads, card.kv_heads, card.heads_per_kv_head, card.head_size) == (9, 3, 3, 64)
    assert len(card.layers) == 30
    assert card.tied_output
    assert card.total.parameters == card.active_parameters == 134_515_008
    assert set(card.types) == {"Q4_1", "Q8_0", "F32"}
    assert card.kinds["embedding"].parameters == 49_152 * 576
    assert card.kinds["attention_q"].parameters == 30 * 576 * 576
    assert card.kinds["attention_k"].parameters == 30 * 576 * 192
    assert card.kinds["feed_forward_down"].bits_per_weight == 5.0
    assert "other" not in card.kinds
    first = card.layers[0]
    assert (first.number, first.heads, first.kv_heads, first.window, first.experts) == (0, 9, 3, 0, 0)
    assert len(first.tensors) == 9
    assert card.kv_bytes_per_token == 30 * 3 * (64 + 64) * 2


def test_sums_agree(starter_path: Path) -> None:
    card = model_card(read_header(starter_path))
    parts = [*(layer.amount for layer in card.layers), *(tensor.amount for tensor in card.outside)]
    for sums in (card.kinds.values(), card.types.values(), parts):
        assert sum(one.parameters for one in sums) == card.total.parameters
        assert sum(one.bytes for one in sums) == card.total.bytes


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("token_embd.weight", "embedding"),
        ("output.weight", "output"),
        ("output_norm.weight", "norm"),
        ("token_embd_norm.weight", "norm"),
        ("blk.3.attn_norm.weight", "norm"),
        ("blk.3.attn_q_norm.weight", "norm"),
        ("blk.3.post_ffw_norm.weight", "norm"),
        ("blk.3.attn_q.bias", "attention_q"),
        ("blk.3.attn_qkv.weight", "attention_qkv"),
        ("blk.11.attn_output.weight", "attention_output"),
        ("blk.3.ffn_gate_inp.weight", "router"),
        ("blk.3.ffn_gate_exps.weight", "expert_gate"),
        ("blk.3.ffn_down_shexp.weight", "expert_down"),
        ("blk.3.ffn_up.weight", "feed_forward_up"),
        ("blk.3.ssm_in.weight", "state_space"),
        ("enc.blk.0.attn_k.weight", "attention_k"),
        ("rope_freqs.weight", "other"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert part_kind(name) == kind


def test_experts_count_by_their_share(tmp_path: Path) -> None:
    shapes = {
        "blk.0.ffn_gate_exps.weight": (64, 32, 8),
        "blk.0.ffn_gate_shexp.weight": (64, 32),
        "blk.0.ffn_gate_inp.weight": (64, 8),
    }
    tensors, at = [], 0
    for name, shape in shapes.items():
        tensors.append(tiny_gguf.tensor(name, shape, 0, at))
        values = 1
        for size in shape:
            values *= size
        at += 4 * values
    items = tiny_gguf.llama_items(block_count=1, expert_count=8, expert_used_count=2)
    path = tiny_gguf.write(tmp_path / "moe.gguf", tiny_gguf.build(items, tensors, bytes(at)))
    card = model_card(read_header(path))
    assert card.layers[0].experts == 8
    assert card.total.parameters == 64 * 32 * 8 + 64 * 32 + 64 * 8
    assert card.active_parameters == 64 * 32 * 2 + 64 * 32 + 64 * 8
    assert not card.tied_output
    assert card.kinds["expert_gate"] == Amount(64 * 32 * 9, 64 * 32 * 9 * 4)
