"""Tiny random models of several kinds: two layers, as wide as a test needs."""

import json
import os
import shutil
import warnings
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from engine.finetune.job import run_finetune
from engine.finetune.recipe.reading import write_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import RunFolder
from engine.protocol.finetune import FinetuneJob

os.environ.setdefault("HF_HUB_OFFLINE", "1")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import tokenizers
    import torch
    import tqdm  # type: ignore[import-untyped]
    import transformers

tqdm.tqdm.monitor_interval = 0  # a thread of its own, which would outlive the test

T = TypeVar("T")
VOCABULARY = 320


@pytest.fixture(autouse=True)
def _two_threads() -> None:
    torch.set_num_threads(2)


def tiny_model(kind: str = "llama", **changes: Any) -> Any:
    """A causal language model in evaluation mode, with weights that are large enough to matter."""
    values: dict[str, Any] = {
        "vocab_size": VOCABULARY,
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 256,
        "initializer_range": 0.2,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "pad_token_id": 2,
        **changes,
    }
    configs = {
        "llama": (transformers.LlamaConfig, transformers.LlamaForCausalLM),
        "mistral": (transformers.MistralConfig, transformers.MistralForCausalLM),
        "qwen2": (transformers.Qwen2Config, transformers.Qwen2ForCausalLM),
        "qwen3": (transformers.Qwen3Config, transformers.Qwen3ForCausalLM),
    }
    config, model = configs[kind]
    if kind == "qwen3":
        values.setdefault("head_dim", 32)
    torch.manual_seed(0)
    made = model(config(**values)).eval()
    with torch.no_grad():
        for name, parameter in made.named_parameters():
            if "norm" in name or name.endswith("bias"):
                parameter.add_(0.1 * torch.randn_like(parameter))
    return made


CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny llama, a byte-level tokenizer and a chat template."""
    return make_base(tmp_path_factory.mktemp("models") / "tiny")


def make_base(folder: Path, kind: str = "llama", **changes: Any) -> Path:
    """Writes `tiny_model` with a tokenizer."""
    model = tiny_model(kind, **changes)
    model.save_pretrained(folder)
    write_tokenizer(folder)
    return folder


def write_tokenizer(folder: Path) -> None:
    """Every byte is a token; `<|im_start|>` is 1 and `<|im_end|>` 2."""
    alphabet = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {"<unk>": 0, "<|im_start|>": 1, "<|im_end|>": 2}
    vocabulary |= {letter: number + 3 for number, letter in enumerate(alphabet)}
    vocabulary["zq"] = len(vocabulary)  # llama.cpp refuses a vocabulary without merges
    model = tokenizers.models.BPE(vocab=vocabulary, merges=[("z", "q")], unk_token="<unk>")
    inner = tokenizers.Tokenizer(model)
    inner.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = tokenizers.decoders.ByteLevel()
    inner.add_special_tokens(["<|im_start|>", "<|im_end|>"])
    inner.save(str(folder / "tokenizer.json"))
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<|im_start|>",
        "eos_token": "<|im_end|>",
        "pad_token": "<|im_end|>",
        "add_bos_token": False,
        "chat_template": CHATML,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")


@pytest.fixture
def chat_rows(tmp_path: Path) -> Path:
    """24 short conversations in a file."""
    return write_chat_rows(tmp_path / "rows.jsonl")


def write_chat_rows(path: Path) -> Path:
    """Those of `chat_rows`."""
    rows = [
        {
            "messages": [
                {"role": "user", "content": f"Say {number % 5}"},
                {"role": "assistant", "content": "ab" * (1 + number % 7)},
            ]
        }
        for number in range(24)
    ]
    return write_rows(path, rows)


@pytest.fixture(scope="session")
def lora_home(tiny_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one run, a LoRA that has learned something in four steps; it is copied, never used."""
    folder = tmp_path_factory.mktemp("lora")
    recipe = recipe_for(tiny_base, write_chat_rows(folder / "rows.jsonl"), train={"learning_rate": 2e-2})
    train(folder, recipe)
    return folder


@pytest.fixture
def trained_lora(home: Path, lora_home: Path) -> RunFolder:
    """A run called “run” in this test's home, trained once for all."""
    shutil.copytree(lora_home / "runs", home / "runs")
    return RunFolder(home / "runs" / "run")


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Each row once: equal ones would fall to one side of the split."""
    numbered = [{**row, "number": number} for number, row in enumerate(rows)]
    path.write_text("".join(json.dumps(row) + "\n" for row in numbered), "utf-8")
    return path


def recipe_for(base: Path, data: Path, **changes: Any) -> Recipe:
    """Four short steps on the CPU. `changes`: fields of `Recipe`; sections as dictionaries."""
    train = {
        "max_steps": 4,
        "batch_size": 4,
        "max_length": 64,
        "learning_rate": 1e-3,
        "threads": 2,
        "eval_steps": 2,
        "save_steps": 2,
        "precision": "fp32",
        **changes.pop("train", {}),
    }
    lora = {"lora": {"r": 4, "alpha": 8.0}} if changes.get("method", "lora") in LORAS else {}
    values = {"base": str(base), "data": str(data), "train": train, **lora, **changes}
    return msgspec.convert(values, Recipe)


LORAS = ("lora", "rslora", "dora", "qlora")


class Told(list[Any]):
    """The events of a job, callable."""

    def __call__(self, event: Any) -> None:
        self.append(event)

    def of(self, kind: type[T]) -> list[T]:
        return [one for one in self if isinstance(one, kind)]


def train(
    home: Path, recipe: Recipe | None, run: str = "run", *, resume: bool = False
) -> tuple[RunFolder, Told]:
    """The whole job, in this process."""
    told = Told()
    text = write_recipe(recipe) if recipe is not None else ""
    run_finetune(FinetuneJob(str(home), run, text, resume=resume), told)
    return RunFolder(home / "runs" / run), told
