"""Every method trains, goes on after a stop as if there had been none, and is written so that it can be
read again.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.errors import UserError
from engine.finetune.export import possible_targets, run_export
from engine.finetune.recipe.reading import write_recipe
from engine.finetune.run_folder import RunFolder
from engine.protocol.finetune import Evaluated, ExportJob, FinetuneJob, TrainStarted, TrainStep
from tests.engine.finetune.conftest import Told, make_base, recipe_for, train

pytestmark = pytest.mark.filterwarnings(
    "ignore:::transformers", "ignore:::peft", "ignore::FutureWarning", "ignore::UserWarning"
)

METHODS: dict[str, dict[str, Any]] = {
    "lora": {"lora": {"r": 4, "alpha": 8.0, "dropout": 0.1}},
    "rslora": {"lora": {"r": 4, "alpha": 8.0}},
    "dora": {"lora": {"r": 4, "alpha": 8.0}},
    "adalora": {"adalora": {"init_r": 4, "target_r": 2, "tfinal": 1}},
    "ia3": {},
    "prefix": {"prefix": {"num_virtual_tokens": 3}},
    "prompt": {"prompt": {"num_virtual_tokens": 3, "prompt_tuning_init_text": "ab"}},
    "p-tuning": {"p-tuning": {"num_virtual_tokens": 3, "encoder_hidden_size": 16}},
    "adapter": {"adapter": {"bottleneck": 8}},
    "full": {},
}
NEEDS_BITSANDBYTES = pytest.mark.skipif(find_spec("bitsandbytes") is None, reason="bitsandbytes is optional")


@pytest.mark.parametrize("method", [*METHODS, pytest.param("qlora", marks=NEEDS_BITSANDBYTES)])
def test_it_learns_resumes_and_is_exported(
    home: Path, tiny_base: Path, chat_rows: Path, tmp_path: Path, method: str
) -> None:
    rate = 3e-2 if method not in ("full", "lora", "rslora", "dora", "adalora", "qlora") else 5e-3
    settings = {"max_steps": 6, "learning_rate": rate, "save_steps": 0, "eval_steps": 3}
    recipe = recipe_for(
        tiny_base,
        chat_rows,
        method=method,
        train=settings,
        dataset={"held_out": 0.2},
        **METHODS.get(method, {}),
    )
    whole, told = train(home, recipe, "whole")
    started = told.of(TrainStarted)[0]
    assert started.path == ("lean" if method == "rslora" else "general")
    evaluations = told.of(Evaluated)
    assert evaluations[0].step == 0
    assert evaluations[-1].held_out_loss < evaluations[0].held_out_loss
    parts = RunFolder(home / "runs" / "parts")
    stopping = Told()

    def tell(event: Any) -> None:
        stopping(event)
        if isinstance(event, TrainStep) and event.step == 4:
            parts.ask("stop")

    from engine.finetune.job import run_finetune

    run_finetune(FinetuneJob(str(home), "parts", write_recipe(recipe)), tell)
    train(home, None, "parts", resume=True)
    assert [step.loss for step in parts.steps()] == [step.loss for step in whole.steps()]
    target: Any = possible_targets(recipe)[0]
    exported = run_export(ExportJob(str(home), "whole", target, str(tmp_path / "out"), "f32"), told)
    assert exported.kl < 1e-6
    assert exported.top1 == 1.0
    assert exported.tokens > 20
    assert "mean KL" in (tmp_path / "out" / "README.md").read_text("utf-8")


def test_trainable_weights_are_counted_before_they_exist(
    tiny_base: Path, home: Path, chat_rows: Path
) -> None:
    from engine.finetune.base import open_base
    from engine.finetune.choice import choose_path, trainable_count
    from engine.finetune.hardware import Hardware
    from engine.finetune.setup import make_policy
    from engine.finetune.tokenizing import open_tokenizer

    base = open_base(tiny_base)
    tokenizer = open_tokenizer(base)
    for method, settings in METHODS.items():
        recipe = recipe_for(tiny_base, chat_rows, method=method, **settings)
        hardware = Hardware(torch.device("cpu"), "fp32", 1)
        policy = make_policy(recipe, base, choose_path(recipe, base), tokenizer, hardware, 4)
        counted = sum(one.numel() for one in policy.parameters.values())
        policy.close()
        assert counted == pytest.approx(trainable_count(recipe, base), rel=0.08), method


@pytest.mark.parametrize(
    ("method", "target"), [("adalora", "gguf"), ("ia3", "safetensors"), ("dora", "gguf"), ("full", "gguf")]
)
def test_other_formats(
    home: Path, tiny_base: Path, chat_rows: Path, tmp_path: Path, method: str, target: Any
) -> None:
    recipe = recipe_for(tiny_base, chat_rows, method=method, train={"learning_rate": 1e-2}, **METHODS[method])
    train(home, recipe)
    out = tmp_path / ("model.gguf" if target == "gguf" else "model")
    exported = run_export(ExportJob(str(home), "run", target, str(out), "f32"), lambda _: None)
    assert exported.kl < 1e-4
    assert out.exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("kind", ["mistral", "qwen2", "qwen3"])
def test_other_kinds_of_models_by_both_paths(home: Path, tmp_path: Path, chat_rows: Path, kind: str) -> None:
    base = make_base(tmp_path / kind, kind, tie_word_embeddings=kind == "qwen3")
    figures = []
    for path in ("auto", "general"):
        recipe = recipe_for(base, chat_rows, train={"engine": path, "max_steps": 1})
        _, told = train(home, recipe, path)
        assert told.of(TrainStarted)[0].path == ("lean" if path == "auto" else "general")
        figures.append(told.of(TrainStep)[0])
    assert figures[0].loss == pytest.approx(figures[1].loss, rel=1e-5)


@pytest.mark.parametrize("path", ["auto", "general"])
@pytest.mark.parametrize(
    "changes",
    [
        {"packing": True},
        {"gradient_checkpointing": True},
        {"batch_size": 8, "gradient_accumulation_steps": 4},
    ],
)
def test_ways_of_saving_memory_change_no_loss(
    home: Path, tiny_base: Path, chat_rows: Path, path: str, changes: dict[str, Any]
) -> None:
    """What makes other batches is compared on one step over all rows."""
    whole = {} if "gradient_checkpointing" in changes else {"batch_size": 32}
    results = []
    for number, one in enumerate(({}, changes)):
        settings = {"engine": path, "max_steps": 2, "learning_rate": 1e-2, **whole, **one}
        run, _ = train(home, recipe_for(tiny_base, chat_rows, train=settings), f"run{number}")
        results.append([step.loss for step in run.steps()])
    assert results[0] == pytest.approx(results[1], rel=2e-5)


@NEEDS_BITSANDBYTES
def test_qlora_has_right_gradients_after_it_has_answered(
    home: Path, tiny_base: Path, chat_rows: Path, tmp_path: Path
) -> None:
    """Answering must not change what the next steps learn: a fault of the CPU build when its layers
    repack.
    """
    losses = []
    for number, prompts in enumerate(((), ("Say 1",))):
        probe = {"prompts": prompts, "max_new_tokens": 2}
        recipe = recipe_for(tiny_base, chat_rows, method="qlora", probe=probe, train={"learning_rate": 1e-2})
        run, _ = train(home, recipe, f"run{number}")
        losses.append([step.loss for step in run.steps()])
    assert losses[0] == losses[1]
    assert losses[0][-1] < losses[0][0]
    exported = run_export(ExportJob(str(home), "run0", "adapter", str(tmp_path / "out")), lambda _: None)
    assert exported.kl < 1e-6
    merged = run_export(
        ExportJob(str(home), "run0", "safetensors", str(tmp_path / "m"), "f32"), lambda _: None
    )
    assert merged.kl > exported.kl


def test_without_bitsandbytes_it_says_what_to_install(
    home: Path, tiny_base: Path, chat_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bitsandbytes", None)
    with pytest.raises(UserError) as caught:
        train(home, recipe_for(tiny_base, chat_rows, method="qlora"))
    assert "lathe addons install training" in caught.value.hint
