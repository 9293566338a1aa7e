"""Adapters on disk as PEFT writes them, without importing it: that takes longer than the first steps."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from safetensors.torch import save_file


class AdapterFacts(NamedTuple):
    """What `adapter_config.json` says. `targets`: the ends of names, as PEFT lists them."""

    base: str
    r: int
    alpha: float
    targets: tuple[str, ...]
    rslora: bool = False


def write_adapter(folder: Path, facts: AdapterFacts, tensors: dict[str, Any]) -> None:
    """`adapter_model.safetensors` and `adapter_config.json`, with the names of PEFT 0.21."""
    folder.mkdir(parents=True, exist_ok=True)
    # PEFT takes a whole number where it is one; llama.cpp's tools read either.
    alpha = int(facts.alpha) if facts.alpha == int(facts.alpha) else facts.alpha
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": facts.base,
        "inference_mode": True,
        "r": facts.r,
        "lora_alpha": alpha,
        "lora_dropout": 0.0,
        "bias": "none",
        "fan_in_fan_out": False,
        "init_lora_weights": True,
        "use_rslora": facts.rslora,
        "use_dora": False,
        "target_modules": list(facts.targets),
    }
    text = json.dumps(config, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / "adapter_config.json").write_text(text + "\n", "utf-8")
    cpu = {name: tensor.detach().to("cpu").contiguous() for name, tensor in tensors.items()}
    save_file(cpu, folder / "adapter_model.safetensors", metadata={"format": "pt"})
