"""Adapters between PEFT and llama.cpp: the same scores from both, merged or beside the model."""

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.convert.check import check_export
from engine.convert.job import run_convert
from engine.errors import UserError
from engine.library.gguf_header import read_header
from engine.protocol.adapters import AdapterUse
from engine.protocol.jobs import ConvertJob, FileWritten
from tests.engine.convert.conftest import Save, save, transformers
from tests.engine.convert.test_against_transformers import GEMMA, original_logits

__all__ = ["save", "transformers"]
Floats = NDArray[np.float32]
LORA = {"r": 4, "lora_alpha": 12, "target_modules": "all-linear", "task_type": "CAUSAL_LM"}
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "llama": ("LlamaForCausalLM", {}),
    "smollm3": ("SmolLM3ForCausalLM", {}),
    "qwen2": ("Qwen2ForCausalLM", {}),
    "qwen3": ("Qwen3ForCausalLM", {"head_dim": 32}),
    "phi3": ("Phi3ForCausalLM", {}),
    "gemma2": ("Gemma2ForCausalLM", GEMMA),
    "gemma3": ("Gemma3ForCausalLM", GEMMA),
    "gpt2": ("GPT2LMHeadModel", {"n_embd": 64, "n_layer": 4, "n_head": 4, "n_positions": 128}),
}


def convert(source: Path, target: Path, **more: str) -> FileWritten:
    job = ConvertJob(str(source), str(target), more.pop("kind", "f32"), **more)
    return run_convert(job, lambda _: None)


def train(folder: Path, target: Path, library: Any, **changes: Any) -> Any:
    """A random adapter of the model in `folder`, saved; the model with it."""
    pytest.importorskip("torch")
    from engine.finetune.general.loading import prepare_libraries

    prepare_libraries()
    peft = pytest.importorskip("peft")
    import torch

    torch.manual_seed(3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        base = library.AutoModelForCausalLM.from_pretrained(str(folder), dtype=torch.float32)
        model = peft.get_peft_model(base, peft.LoraConfig(**{**LORA, **changes}))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter.normal_(0, 0.05)
            elif "lora_magnitude" in name:
                parameter.mul_(1.1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.eval().save_pretrained(str(target))
    return model


def scores(model: Any, ids: list[int]) -> Floats:
    import torch

    with torch.no_grad():
        logits: Floats = model(torch.tensor([ids])).logits[0].numpy()
    return logits


def native_scores(path: Path, ids: list[int], *adapters: AdapterUse) -> Floats:
    with ChunkReader(path, len(ids), exact=True) as reader:
        reader.model.adapters.use(adapters)
        reader.model.adapters.put_on(reader.context.handle)
        return reader.read(ids, 0).copy()


@pytest.fixture(scope="module")
def tokenizer(transformers: Any) -> Any:
    from tests.support.tiny_tokenizers import byte_level

    return byte_level()


def some_ids(tokenizer: Any) -> list[int]:
    ids: list[int] = np.random.default_rng(2).integers(2, len(tokenizer), 48).tolist()
    return ids


@pytest.mark.parametrize("kind", KINDS)
def test_beside_and_merged(kind: str, save: Save, transformers: Any, tokenizer: Any, tmp_path: Path) -> None:
    name, sizes = KINDS[kind]
    folder = save(name, tokenizer, **sizes)
    tuned = train(folder, tmp_path / "peft", transformers)
    ids = some_ids(tokenizer)
    expected, plain = scores(tuned, ids), original_logits(transformers, folder, ids)
    assert np.abs(expected - plain).max() > 0.2 * plain.std()
    tolerance = (4e-3 if kind.startswith("g") else 1e-3) * expected.std()

    convert(folder, tmp_path / "base.gguf")
    convert(tmp_path / "peft", tmp_path / "adapter.gguf", base=str(folder))
    found = native_scores(tmp_path / "base.gguf", ids, AdapterUse(str(tmp_path / "adapter.gguf")))
    assert np.abs(found - expected).max() < tolerance

    convert(folder, tmp_path / "merged.gguf", adapter=str(tmp_path / "peft"))
    assert np.abs(native_scores(tmp_path / "merged.gguf", ids) - expected).max() < tolerance

    convert(folder, tmp_path / "merged", adapter=str(tmp_path / "peft"))
    assert np.abs(original_logits(transformers, tmp_path / "merged", ids) - expected).max() < 1e-4
    for beside in ("tokenizer.json", "tokenizer_config.json"):
        assert (tmp_path / "merged" / beside).read_bytes() == (folder / beside).read_bytes()

    convert(tmp_path / "adapter.gguf", tmp_path / "again", base=str(tmp_path / "base.gguf"))
    assert np.abs(with_adapter(folder, tmp_path / "again", transformers, ids) - expected).max() < 1e-4


def with_adapter(folder: Path, adapter: Path, library: Any, ids: list[int]) -> Floats:
    import peft
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        base = library.AutoModelForCausalLM.from_pretrained(str(folder), dtype=torch.float32)
        return scores(peft.PeftModel.from_pretrained(base, str(adapter)).eval(), ids)


@pytest.mark.parametrize(
    "changes",
    [
        {"use_rslora": True},
        {"rank_pattern": {"q_proj": 2}, "alpha_pattern": {"v_proj": 40, "layers.1.mlp.up_proj": 1}},
        {"target_modules": ["q_proj", "down_proj"]},
    ],
    ids=["rslora", "patterns", "some"],
)
def test_scales(
    changes: dict[str, Any], save: Save, transformers: Any, tokenizer: Any, tmp_path: Path
) -> None:
    folder = save("LlamaForCausalLM", tokenizer)
    tuned = train(folder, tmp_path / "peft", transformers, **changes)
    convert(folder, tmp_path / "base.gguf")
    convert(tmp_path / "peft", tmp_path / "adapter.gguf", base=str(tmp_path / "base.gguf"))
    ids = some_ids(tokenizer)
    expected = scores(tuned, ids)
    found = native_scores(tmp_path / "base.gguf", ids, AdapterUse(str(tmp_path / "adapter.gguf")))
    assert np.abs(found - expected).max() < 1e-3 * expected.std()
    convert(tmp_path / "adapter.gguf", tmp_path / "again", base=str(folder))
    again = with_adapter(folder, tmp_path / "again", transformers, ids)
    assert np.abs(again - expected).max() < 1e-4


def test_dora_is_merged_but_no_gguf_adapter(
    save: Save, transformers: Any, tokenizer: Any, tmp_path: Path
) -> None:
    folder = save("LlamaForCausalLM", tokenizer)
    tuned = train(folder, tmp_path / "peft", transformers, use_dora=True)
    with pytest.raises(UserError) as caught:
        convert(tmp_path / "peft", tmp_path / "adapter.gguf", base=str(folder))
    assert caught.value.code == "adapter.part"
    assert "DoRA" in str(caught.value)
    assert not (tmp_path / "adapter.gguf").exists()
    convert(folder, tmp_path / "merged", adapter=str(tmp_path / "peft"))
    ids = some_ids(tokenizer)
    assert np.abs(original_logits(transformers, tmp_path / "merged", ids) - scores(tuned, ids)).max() < 1e-4


def change(folder: Path, **values: Any) -> None:
    path = folder / "adapter_config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def test_what_cannot_be_converted_is_said(
    save: Save, transformers: Any, tokenizer: Any, tmp_path: Path
) -> None:
    folder = save("LlamaForCausalLM", tokenizer)
    other = save("LlamaForCausalLM", tokenizer, intermediate_size=128)
    out = tmp_path / "adapter.gguf"

    def refused(source: Path, base: Path | None = folder, target: Path = out, **more: str) -> str:
        with pytest.raises(UserError) as caught:
            convert(source, target, base=str(base or ""), **more)
        assert list(tmp_path.glob("adapter*")) == []
        return caught.value.code

    train(folder, tmp_path / "peft", transformers)
    assert refused(tmp_path / "peft", other) == "adapter.mismatch"
    assert refused(other, None, tmp_path / "merged", adapter=str(tmp_path / "peft")) == "adapter.mismatch"
    change(tmp_path / "peft", base_model_name_or_path="someone/else")
    assert refused(tmp_path / "peft", None) == "adapter.no_base"
    assert refused(tmp_path / "peft", target=tmp_path / "folder") == "convert.target"
    change(tmp_path / "peft", lora_alpha="much")
    assert refused(tmp_path / "peft") == "model.corrupt"
    change(tmp_path / "peft", lora_alpha=8, alpha_pattern={"(": 2})
    assert refused(tmp_path / "peft") == "model.corrupt"
    change(tmp_path / "peft", peft_type="LOHA")
    assert refused(tmp_path / "peft") == "adapter.kind"
    train(folder, tmp_path / "saved", transformers, modules_to_save=["lm_head"])
    assert refused(tmp_path / "saved") == "adapter.unmergeable"
    train(folder, tmp_path / "embedding", transformers, target_modules=["embed_tokens"])
    assert refused(tmp_path / "embedding") == "adapter.unmergeable"


def test_starter(starter_path: Path, transformers: Any, tmp_path: Path) -> None:
    """On real weights in F16, the adapter in llama.cpp says what PEFT says; on Q4_1 nearly so."""
    folder, base, adapter = tmp_path / "folder", tmp_path / "base.gguf", tmp_path / "adapter.gguf"
    convert(starter_path, folder, kind="f16")
    convert(folder, base, kind="f16")
    tuned = train(folder, tmp_path / "peft", transformers, r=8, use_rslora=True)
    convert(tmp_path / "peft", adapter, base=str(starter_path))
    header = read_header(adapter)
    assert header.metadata["general.architecture"] == "llama"
    assert len(header.tensors) == 30 * 7 * 2
    text = Path("docs/developers/architecture.md").read_text(encoding="utf-8")

    def reference(ids: Any) -> Floats:
        return scores(tuned, list(ids))

    with_it = check_export(base, reference, text, adapters=[AdapterUse(str(adapter))], n_ctx=64, n_tokens=128)
    without = check_export(base, reference, text, n_ctx=64, n_tokens=128)
    assert with_it.tokens == 128
    assert with_it.kl_mean < 1e-4
    assert without.kl_mean > 0.02
    assert with_it.kl_max < 1e-2
    assert with_it.top1 > 0.98
