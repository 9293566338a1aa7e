"""LoRA SFT against TRL, on the same rows and adapter: `python tests/benchmarks/bench_finetune.py`.

Measured in processes of their own, in turns: tokens a second (padding not counted), peak memory, held-out
loss after the same rows, and the time from the start to the first step against importing torch,
transformers and peft. `--rows`, `--steps` and `--rounds` make it shorter.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
LENGTH, BATCH, R, ALPHA, RATE = 256, 4, 16, 32, 2e-4
HELD_OUT = 24
SIDES = ("lathe", "trl_fp32", "trl_defaults")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="a GGUF file; default: the starter")
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--steps", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--sides", nargs="*", default=SIDES)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(MEASURES[args.one](args)))
        return
    with tempfile.TemporaryDirectory() as folder:
        args.folder = Path(folder)
        prepare(args)
        compare(args)


def prepare(args: argparse.Namespace) -> None:
    """The same rows and the same base for both sides."""
    from engine.convert.job import run_convert
    from engine.library.starter import starter_path
    from engine.protocol.jobs import ConvertJob

    model = args.model or starter_path()
    if model is None:
        raise SystemExit("the starter model is not installed")
    rows = make_rows(args.rows + HELD_OUT)
    for name, some in (("train", rows[: args.rows]), ("held_out", rows[args.rows :])):
        lines = (json.dumps({"messages": row}) + "\n" for row in some)
        (args.folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    run_convert(ConvertJob(str(model), str(args.folder / "base"), "f32"), lambda _: None)
    (args.folder / "model.txt").write_text(str(model), "utf-8")


def make_rows(count: int) -> list[list[dict[str, str]]]:
    """Questions and answers of many lengths, up to about the full one, from this program's own sentences."""
    import random

    random.seed(5)
    parts = (
        "A river carries what it can lift and leaves the rest where it slows down.",
        "Bread needs flour, water, salt and time; most of the taste comes from the time.",
        "The moon always turns the same face to us because its day is as long as its month.",
        "A clock with a pendulum runs slower in summer, since warm metal is longer.",
        "Bees tell each other the way by dancing, and measure it by the sun.",
        "An old violin sounds as it does because of its wood, its varnish and its repairs.",
        "Salt keeps food because it takes the water that small life would need.",
        "Glass is neither quite a liquid nor quite a crystal, and it does not flow.",
        "Owls fly without a sound: soft edges break up the air behind their wings.",
        "A bicycle stays up by steering into the fall, with a rider or without.",
    )
    rows = []
    for number in range(count):
        sentences = random.choices(parts, k=random.choice((1, 2, 3, 4, 6, 8, 10)))
        question = f"Question {number}: tell me something about {random.choice(parts).split()[1]}."
        rows.append(
            [{"role": "user", "content": question}, {"role": "assistant", "content": " ".join(sentences)}]
        )
    return rows


def compare(args: argparse.Namespace) -> None:
    found: dict[str, list[dict[str, Any]]] = {side: [] for side in args.sides}
    imports, starts = [], []
    for _ in range(args.rounds):
        imports.append(import_seconds())
        for side in args.sides:
            result = in_a_process(args, side)
            found[side].append(result)
            if side == "lathe":
                starts.append(result["first_step_s"])
            print(f"{side:13s} {json.dumps(result)}", flush=True)
    report(found, imports, starts)


def report(found: dict[str, list[dict[str, Any]]], imports: list[float], starts: list[float]) -> None:
    def middle(side: str, name: str) -> float:
        return float(statistics.median(one[name] for one in found[side]))

    for other, wanted in (("trl_fp32", 1.8), ("trl_defaults", 3.5)):
        for own in ("lathe", "lathe_bf16"):
            if found.get(own) and found.get(other):
                ratio = middle(own, "tokens_per_s") / middle(other, "tokens_per_s")
                memory = middle(own, "peak_bytes") / middle(other, "peak_bytes")
                losses = middle(own, "held_out_loss"), middle(other, "held_out_loss")
                print(
                    f"{own} / {other}: {ratio:.2f} times the tokens/s (at least {wanted}), "
                    f"{memory:.2f} of the memory "
                    f"(at most 0.7), held-out loss {losses[0]:.4f} and {losses[1]:.4f}"
                )
    if starts:
        share = statistics.median(starts) / statistics.median(imports)
        print(
            f"first step after {statistics.median(starts):.1f} s; "
            "importing torch, transformers and peft takes "
            f"{statistics.median(imports):.1f} s: {share:.2f} times (under 2)"
        )


def import_seconds() -> float:
    """In a fresh interpreter."""
    began = time.perf_counter()
    subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-c",
            "import torch, transformers, peft\nfrom transformers import AutoModelForCausalLM",
        ],
        check=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )
    return time.perf_counter() - began


def in_a_process(args: argparse.Namespace, side: str) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", __file__, "--one", side, "--folder", str(args.folder)]
    command += ["--rows", str(args.rows), "--steps", str(args.steps)]
    environment = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "STARTED": str(time.time()),
        "GOMP_SPINCOUNT": "10000",
    }
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def lathe(args: argparse.Namespace, precision: str = "auto") -> dict[str, Any]:
    """The job itself, as the command line and the window start it."""
    from engine.finetune.job import run_finetune
    from engine.finetune.recipe.method_sections import LoraSection
    from engine.finetune.recipe.reading import write_recipe
    from engine.finetune.recipe.recipe import Recipe
    from engine.finetune.recipe.sections import DatasetSection, ProbeSection, TrainSection
    from engine.protocol.finetune import FinetuneJob, TrainStep

    train = TrainSection(
        max_steps=args.steps,
        batch_size=BATCH,
        max_length=LENGTH,
        learning_rate=RATE,
        loss_on="all",
        eval_steps=10_000,
        save_steps=10_000,
        eval_rows=HELD_OUT,
        precision=precision,  # type: ignore[arg-type] # one of its values
    )
    recipe = Recipe(
        base=(args.folder / "model.txt").read_text("utf-8"),
        data=str(args.folder / "train.jsonl"),
        lora=LoraSection(r=R, alpha=ALPHA),
        train=train,
        dataset=DatasetSection(held_out_data=str(args.folder / "held_out.jsonl")),
        probe=ProbeSection(rows=()),
    )
    steps: list[tuple[float, TrainStep]] = []

    def tell(event: object) -> None:
        if isinstance(event, TrainStep):
            steps.append((time.time(), event))

    with tempfile.TemporaryDirectory() as home:
        end = run_finetune(FinetuneJob(home, "run", write_recipe(recipe)), tell)
    counted = steps[2:]
    tokens = counted[-1][1].tokens - steps[1][1].tokens
    return {
        "tokens_per_s": tokens / (counted[-1][1].seconds - steps[1][1].seconds),
        "peak_bytes": end.peak_bytes,
        "predicted_bytes": end.predicted_bytes,
        "held_out_loss": end.held_out_loss,
        "first_step_s": steps[0][0] - float(os.environ["STARTED"]),
    }


def trl(args: argparse.Namespace, *, defaults: bool) -> dict[str, Any]:
    """`SFTTrainer` in float32 without checkpointing, or with its defaults for precision and checkpointing."""
    import datasets
    import torch
    import transformers
    from peft import LoraConfig
    from transformers import TrainerCallback
    from trl import SFTConfig, SFTTrainer

    base = args.folder / "base"
    model: Any = transformers.AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    tokenizer: Any = transformers.AutoTokenizer.from_pretrained(base)

    def rows(name: str) -> Any:
        lines = (args.folder / f"{name}.jsonl").read_text("utf-8").splitlines()
        return datasets.Dataset.from_list([json.loads(line) for line in lines])

    class Clock(TrainerCallback):  # type: ignore[misc] # without annotations
        times: list[float] = []  # noqa: RUF012
        first = 0.0

        def on_step_begin(self, *_: object, **__: object) -> None:
            self.began = time.perf_counter()

        def on_step_end(self, *_: object, **__: object) -> None:
            self.times.append(time.perf_counter() - self.began)
            self.first = self.first or time.time()

    clock = Clock()
    precision = {} if defaults else {"bf16": False, "gradient_checkpointing": False}
    config = SFTConfig(
        output_dir=str(args.folder / "trl"),
        max_steps=args.steps,
        per_device_train_batch_size=BATCH,
        per_device_eval_batch_size=BATCH,
        max_length=LENGTH,
        learning_rate=RATE,
        logging_steps=1,
        save_strategy="no",
        report_to="none",
        use_cpu=not torch.cuda.is_available(),
        seed=0,
        disable_tqdm=True,
        dataloader_pin_memory=False,
        **precision,
    )
    adapter = LoraConfig(r=R, lora_alpha=ALPHA, target_modules="all-linear", task_type="CAUSAL_LM")
    trainer: Any = SFTTrainer(
        model=model,
        args=config,
        train_dataset=rows("train"),
        eval_dataset=rows("held_out"),
        processing_class=tokenizer,
        peft_config=adapter,
        callbacks=[clock],
    )
    counts: list[int] = []
    step = trainer.training_step

    def counting(model: Any, inputs: Any, *more: Any, **named: Any) -> Any:
        counts.append(int(inputs["attention_mask"].sum()))
        return step(model, inputs, *more, **named)

    trainer.training_step = counting
    trainer.train()
    loss = trainer.evaluate()["eval_loss"]
    import resource

    return {
        "tokens_per_s": sum(counts[2:]) / sum(clock.times[2:]),
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "held_out_loss": loss,
        "first_step_s": clock.first - float(os.environ["STARTED"]),
    }


MEASURES: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "lathe": lathe,
    "lathe_bf16": lambda args: lathe(args, "bf16"),
    "trl_fp32": lambda args: trl(args, defaults=False),
    "trl_defaults": lambda args: trl(args, defaults=True),
}

if __name__ == "__main__":
    main()
