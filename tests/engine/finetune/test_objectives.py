"""Each objective's loss on the same rows as TRL's trainer, by both paths; and the rewards."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

os.environ["TRL_EXPERIMENTAL_SILENCE"] = "1"
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import datasets
    import peft
    import transformers
    import trl
    from trl.experimental.orpo import ORPOConfig, ORPOTrainer

from engine.finetune.corpus import Example
from engine.finetune.general.policy import GeneralPolicy
from engine.finetune.methods.attached import Attached
from engine.finetune.objectives.dpo import Dpo
from engine.finetune.objectives.kto import Kto
from engine.finetune.objectives.online import Online, Reply
from engine.finetune.objectives.orpo import Orpo
from engine.finetune.objectives.reward import Reward
from engine.finetune.objectives.sft import Likelihood
from engine.finetune.policy import Policy, Tokens
from engine.finetune.recipe.objective_sections import (
    DpoSection,
    KtoSection,
    OnlineSection,
    OrpoSection,
    RewardSection,
)
from tests.engine.finetune.conftest import tiny_model
from tests.engine.finetune.test_lean import pair

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
]


class _Peft(Attached):
    """A model of PEFT as the general path has it."""

    def reference(self) -> Any:
        return self.model.disable_adapter()

    def inner(self) -> Any:
        return self.model.get_base_model()


@pytest.fixture(params=["lean", "general"])
def policies(request: pytest.FixtureRequest) -> Iterator[tuple[Any, Policy]]:
    """PEFT's model for TRL, and the same weights as a policy."""
    other, lean = pair("llama", {})
    policy: Policy = lean
    if request.param == "general":
        lean.close()
        policy = GeneralPolicy(_Peft(other), torch.device("cpu"), pad=2)
    yield other, policy
    policy.close()


@pytest.fixture(scope="module")
def tokenizer(tiny_base: Path) -> Any:
    return transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(tiny_base / "tokenizer.json"), eos_token="<|im_end|>", pad_token="<|im_end|>"
    )


def completions(count: int = 4) -> list[tuple[list[int], list[int], list[int]]]:
    """Prompt, better and worse answer, in tokens."""
    random = torch.Generator().manual_seed(3)

    def some(length: int) -> list[int]:
        found: list[int] = torch.randint(3, 259, (length,), generator=random).tolist()
        return found

    return [(some(4 + number), some(6 + 3 * number), some(9 - number)) for number in range(count)]


def example(number: int, prompt: list[int], *answers: list[int], label: bool | None = None) -> Example:
    rows = tuple(
        Tokens((*prompt, *answer), (False,) * len(prompt) + (True,) * len(answer)) for answer in answers
    )
    return Example(rows, number, label)


def ours(policy: Policy, objective: Any, examples: list[Example]) -> tuple[float, list[Any]]:
    """Loss and gradients of one step over all examples, in two batches that are added up."""
    items = objective.prepare(policy, examples)
    total = objective.total(items)
    for parameter in policy.parameters.values():
        parameter.grad = None
    loss = 0.0
    for part in (items[:1], items[1:]):
        value, _ = policy.backward(part, lambda some: objective.loss(policy, some, total), objective.size)
        loss += value
    norm = sum(float(one.grad.square().sum()) for one in policy.parameters.values() if one.grad is not None)
    return loss, [norm**0.5]


def theirs(model: Any, loss: Any) -> tuple[float, list[float]]:
    for parameter in model.parameters():
        parameter.grad = None
    loss.backward()
    norm = sum(float(one.grad.square().sum()) for one in model.parameters() if one.grad is not None)
    return float(loss), [norm**0.5]


def compared(policies: tuple[Any, Policy], objective: Any, examples: list[Example], loss: Any) -> None:
    other, policy = policies
    expected, norms = theirs(other, loss)
    found, own = ours(policy, objective, examples)
    assert found == pytest.approx(expected, rel=2e-5, abs=1e-6)
    assert own == pytest.approx(norms, rel=2e-4)


def as_before_training(trainer: Any) -> None:
    """TRL compares with a copy of the adapter it was given; here the reference is the base."""
    with torch.no_grad():
        for name, parameter in trainer.model.named_parameters():
            if ".ref." in name:
                parameter.zero_()


def trainer_settings(tmp_path: Path) -> dict[str, Any]:
    return {
        "output_dir": str(tmp_path),
        "report_to": "none",
        "bf16": False,
        "use_cpu": True,
        "gradient_checkpointing": False,
        "disable_tqdm": True,
        "dataloader_pin_memory": False,
        "per_device_train_batch_size": 4,
    }


def sequences(rows: list[Tokens]) -> dict[str, Any]:
    """As TRL's collators give them."""
    longest = max(len(row.ids) for row in rows)
    ids = torch.full((len(rows), longest), 2)
    attention, completion = torch.zeros_like(ids), torch.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row.ids)] = torch.tensor(row.ids)
        attention[number, : len(row.ids)] = 1
        completion[number, : len(row.ids)] = torch.tensor(row.counts).long()
    return {"input_ids": ids, "attention_mask": attention, "completion_mask": completion}


def preferences() -> list[Example]:
    return [example(number, *one) for number, one in enumerate(completions())]


def paired_rows(examples: list[Example]) -> list[Tokens]:
    return [one.rows[0] for one in examples] + [one.rows[1] for one in examples]


@pytest.mark.parametrize("kind", ["sigmoid", "hinge", "ipo"])
def test_dpo(policies: tuple[Any, Policy], tokenizer: Any, tmp_path: Path, kind: Any) -> None:
    data = datasets.Dataset.from_list([{"prompt": "a", "chosen": "b", "rejected": "c"}] * 4)
    trainer = trl.DPOTrainer(
        model=policies[0],
        args=trl.DPOConfig(beta=0.3, loss_type=kind, **trainer_settings(tmp_path)),
        train_dataset=data,
        processing_class=tokenizer,
    )
    as_before_training(trainer)
    examples = preferences()
    model = trainer.accelerator.unwrap_model(trainer.model)
    compared(
        (model, policies[1]),
        Dpo(DpoSection(beta=0.3, loss_type=kind)),
        examples,
        trainer._compute_loss(trainer.model, sequences(paired_rows(examples)), False),
    )


def test_kto(policies: tuple[Any, Policy], tokenizer: Any, tmp_path: Path) -> None:
    data = datasets.Dataset.from_list(
        [{"prompt": "a", "completion": "b", "label": one} for one in (True, False)] * 2
    )
    section = KtoSection(beta=0.4, desirable_weight=1.5, undesirable_weight=0.7)
    trainer = trl.KTOTrainer(
        model=policies[0],
        args=trl.KTOConfig(
            beta=0.4,
            desirable_weight=1.5,
            undesirable_weight=0.7,
            train_sampling_strategy="sequential",
            **trainer_settings(tmp_path),
        ),
        train_dataset=data,
        processing_class=tokenizer,
    )
    as_before_training(trainer)
    rows = completions()
    examples = [example(number, one[0], one[1], label=number % 2 == 0) for number, one in enumerate(rows)]
    mixed = [example(number, rows[number][0], rows[number - 1][1]).rows[0] for number in range(4)]
    inputs = sequences([one.rows[0] for one in examples])
    inputs |= {f"KL_{name}": value for name, value in sequences(mixed).items()}
    inputs["label"] = torch.tensor([bool(one.label) for one in examples])
    compared(policies, Kto(section), examples, trainer._compute_loss(trainer.model, inputs, False))


def test_orpo(policies: tuple[Any, Policy], tokenizer: Any, tmp_path: Path) -> None:
    """TRL's likelihood counts the prompt of the better answer, too: rows without one are compared."""
    data = datasets.Dataset.from_list([{"prompt": "a", "chosen": "b", "rejected": "c"}] * 4)
    trainer = ORPOTrainer(
        model=policies[0],
        args=ORPOConfig(beta=0.3, remove_unused_columns=False, **trainer_settings(tmp_path)),
        train_dataset=data,
        processing_class=tokenizer,
    )
    examples = [
        Example(tuple(Tokens(tuple(one), (False,) + (True,) * (len(one) - 1)) for one in answers), number)
        for number, (_, *answers) in enumerate(completions())
    ]
    inputs: dict[str, Any] = {}
    for name, place in (("chosen", 0), ("rejected", 1)):
        some = sequences([one.rows[place] for one in examples])
        inputs[f"{name}_input_ids"] = some["input_ids"]
        inputs[f"{name}_attention_mask"] = some["attention_mask"]
        labels = some["input_ids"].masked_fill(some["completion_mask"] == 0, -100)
        inputs[f"{name}_labels"] = labels
    loss, _ = trainer.get_batch_loss_metrics(trainer.model, inputs)
    compared(policies, Orpo(OrpoSection(beta=0.3)), examples, loss)


def test_sft(policies: tuple[Any, Policy], tokenizer: Any, tmp_path: Path) -> None:
    data = datasets.Dataset.from_list([{"text": "abc"}] * 4)
    trainer = trl.SFTTrainer(
        model=policies[0],
        args=trl.SFTConfig(max_length=64, **trainer_settings(tmp_path)),
        train_dataset=data,
        processing_class=tokenizer,
    )
    examples = [example(number, one[0], one[1]) for number, one in enumerate(completions())]
    some = sequences([one.rows[0] for one in examples])
    labels = some["input_ids"].masked_fill(some.pop("completion_mask") == 0, -100)
    compared(
        policies, Likelihood(), examples, trainer.compute_loss(trainer.model, {**some, "labels": labels})
    )


@pytest.mark.parametrize("beta", [0.0, 0.2])
@pytest.mark.parametrize("flavour", ["grpo", "rloo"])
def test_online(policies: tuple[Any, Policy], flavour: Any, beta: float) -> None:
    """The loss of given replies against the formulas of the papers, written down plainly."""
    other, policy = policies
    section = OnlineSection(beta=beta, temperature=0.9)
    objective = Online(flavour, section, lambda *_: [], lambda _: "", frozenset({2}))
    rows = [example(0, one[0], one[1]).rows[0] for one in completions()]
    advantages = [0.5, -1.0, 2.0, 0.25]
    with policy.reference():
        before = [tuple(one.tolist()) for one in policy.log_probs(rows, 0.9)]
    replies = [
        Reply(row, advantage, 1.0, known if beta else ())
        for row, advantage, known in zip(rows, advantages, before, strict=True)
    ]
    total = objective.total(replies)
    loss, _ = policy.backward(replies, lambda some: objective.loss(policy, some, total), objective.size)
    expected: Any = 0.0
    for row, advantage, known in zip(rows, advantages, before, strict=True):
        logits = other(input_ids=torch.tensor([row.ids])).logits[0, :-1] / 0.9
        chosen = torch.log_softmax(logits, -1).gather(1, torch.tensor(row.ids[1:])[:, None])[:, 0]
        chosen = chosen[torch.tensor(row.counts[1:])]
        if flavour == "rloo":
            expected = expected - advantage * torch.exp(chosen.sum() - chosen.sum().detach()) / 4
            continue
        divergence = torch.exp(torch.tensor(known) - chosen) - (torch.tensor(known) - chosen) - 1
        expected = (
            expected - (advantage * torch.exp(chosen - chosen.detach()) - beta * divergence).sum() / total
        )
    assert loss == pytest.approx(float(expected), rel=1e-4, abs=1e-6)
    gradients = [one.grad.clone() for one in policy.parameters.values()]
    norm = sum(float(one.square().sum()) for one in gradients) ** 0.5
    _, norms = theirs(other, expected)
    assert norm == pytest.approx(norms[0], rel=2e-4)


def test_advantages_are_those_of_trl() -> None:
    rewards = torch.tensor([[1.0, 2.0, 4.0], [0.0, 0.0, 0.0]])
    for flavour, expected in (
        ("grpo", (rewards - rewards.mean(1, keepdim=True)) / (rewards.std(1, keepdim=True) + 1e-4)),
        ("rloo", torch.tensor([[-2.0, -0.5, 2.5], [0.0, 0.0, 0.0]])),
    ):
        objective = Online(flavour, OnlineSection(), lambda *_: [], lambda _: "", frozenset())  # type: ignore[arg-type]
        assert torch.allclose(objective._advantages(rewards), expected)


def test_reward_model(tokenizer: Any, tmp_path: Path) -> None:
    base = tiny_model()
    config = base.config
    config.num_labels = 1
    torch.manual_seed(1)
    model = transformers.LlamaForSequenceClassification(config)
    data = datasets.Dataset.from_list([{"chosen": "ab", "rejected": "cd"}] * 4)
    trainer = trl.RewardTrainer(
        model=model,
        args=trl.RewardConfig(center_rewards_coefficient=0.05, **trainer_settings(tmp_path)),
        train_dataset=data,
        processing_class=tokenizer,
        peft_config=peft.LoraConfig(
            r=2, target_modules=["q_proj"], task_type="SEQ_CLS", modules_to_save=["score"]
        ),
    )
    examples = preferences()
    inputs = sequences(paired_rows(examples))
    inputs.pop("completion_mask")
    expected = theirs(trainer.model, trainer.compute_loss(trainer.model, inputs))
    policy = GeneralPolicy(_Peft(trainer.model), torch.device("cpu"), pad=2)
    found = ours(policy, Reward(RewardSection(center_rewards_coefficient=0.05)), examples)
    assert found[0] == pytest.approx(expected[0], rel=1e-5)
    assert found[1] == pytest.approx(expected[1], rel=1e-4)
