"""The lean path computes what transformers and PEFT compute: logits, losses, gradients, whole runs."""

import warnings
from typing import Any

import peft
import pytest
import torch

from engine.finetune.adapter_files import AdapterFacts
from engine.finetune.lean.building import adapter_tensors, build_model, load_adapter_tensors
from engine.finetune.lean.config import lean_config
from engine.finetune.lean.functions import EVEN, Wiring, linear, product
from engine.finetune.lean.policy import LeanPolicy
from engine.finetune.policy import PartResult, Sampling, Tokens
from tests.engine.finetune.conftest import VOCABULARY, tiny_model

KINDS: list[tuple[str, dict[str, Any]]] = [
    ("llama", {}),
    (
        "llama",
        {
            "tie_word_embeddings": True,
            "rope_parameters": {"rope_type": "linear", "factor": 4.0, "rope_theta": 1e4},
        },
    ),
    (
        "llama",
        {
            "rope_parameters": {
                "rope_type": "llama3",
                "rope_theta": 5e5,
                "factor": 8.0,
                "low_freq_factor": 1.0,
                "high_freq_factor": 4.0,
                "original_max_position_embeddings": 64,
            }
        },
    ),
    ("mistral", {"sliding_window": None}),
    ("qwen2", {}),
    ("qwen3", {"num_key_value_heads": 4}),
]
FACTS = AdapterFacts("tiny", 4, 8.0, ("q_proj",))


def pair(
    kind: str,
    changes: dict[str, Any],
    targets: str | tuple[str, ...] = "all-linear",
    *,
    dtype: Any = torch.float32,
    **lora: Any,
) -> tuple[Any, LeanPolicy]:
    """The same model and adapter, by PEFT and by Lathe."""
    base = tiny_model(kind, **changes)
    state = {name: value.clone() for name, value in base.state_dict().items()}
    config = lean_config(base.config.to_dict(), 128)
    assert config is not None
    lean = build_model(config, state.__getitem__, targets, r=4, scale=2.0, dtype=dtype, device="cpu", seed=3)
    chosen = targets if isinstance(targets, str) else list(targets)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = peft.get_peft_model(
            base, peft.LoraConfig(r=4, lora_alpha=8, target_modules=chosen, task_type="CAUSAL_LM", **lora)
        )
    torch.manual_seed(5)
    with torch.no_grad():
        for name, parameter in other.named_parameters():
            if "lora_" in name:
                parameter.copy_(0.1 * torch.randn_like(parameter))
    load_adapter_tensors(lean, peft.get_peft_model_state_dict(other))
    return other, LeanPolicy(lean, FACTS, threads=2)


def some_rows(count: int = 5) -> list[Tokens]:
    random = torch.Generator().manual_seed(11)
    rows = []
    for number in range(count):
        length = 7 + 9 * number
        ids = torch.randint(3, VOCABULARY, (length,), generator=random).tolist()
        rows.append(Tokens(tuple(ids), tuple(place >= length // 3 for place in range(length))))
    return rows


def reference_nll(model: Any, rows: list[Tokens]) -> Any:
    """Row by row through transformers."""
    total: Any = 0.0
    for row in rows:
        logits = model(input_ids=torch.tensor([row.ids])).logits[0, :-1].float()
        targets = torch.tensor(
            [token if counts else -100 for token, counts in zip(row.ids, row.counts, strict=True)]
        )
        total = total + torch.nn.functional.cross_entropy(
            logits, targets[1:], ignore_index=-100, reduction="sum"
        )
    return total


@pytest.mark.parametrize(("kind", "changes"), KINDS)
@pytest.mark.parametrize("targets", ["all-linear", ("q_proj", "v_proj", "down_proj")])
def test_loss_and_gradients_are_those_of_peft(kind: str, changes: dict[str, Any], targets: Any) -> None:
    other, policy = pair(kind, changes, targets)
    rows = some_rows()
    count = sum(row.targets for row in rows)
    expected = reference_nll(other, rows) / count
    expected.backward()
    loss, figures = policy.backward(
        rows,
        lambda part: PartResult(policy.nll(part) / count, {"rows": float(len(part))}),
        lambda row: len(row.ids),
    )
    policy.close()
    assert figures == {"rows": 5.0}
    assert loss == pytest.approx(expected.item(), rel=2e-6)
    found = gradients_by_layer(policy)
    wanted = {
        name.replace(".default", ""): parameter.grad
        for name, parameter in other.named_parameters()
        if parameter.grad is not None
    }
    assert found.keys() == wanted.keys()
    for name, gradient in wanted.items():
        error = (found[name] - gradient).norm() / gradient.norm()
        assert error < 2e-5, name


def gradients_by_layer(policy: LeanPolicy) -> dict[str, Any]:
    """The gradients in PEFT's names, as `adapter_tensors` gives the values."""
    parameters = policy.parameters.values()
    with torch.no_grad():
        kept = [parameter.clone() for parameter in parameters]
        for parameter in parameters:
            parameter.copy_(parameter.grad)
        found = {name: value.clone() for name, value in adapter_tensors(policy.model).items()}
        for parameter, value in zip(parameters, kept, strict=True):
            parameter.copy_(value)
    return found


@pytest.mark.parametrize("recompute", [False, True])
def test_log_probs_have_values_and_gradients_of_a_plain_softmax(recompute: bool) -> None:
    other, policy = pair("llama", {})
    policy.model.recompute = recompute
    rows = some_rows(3)
    weights = [torch.linspace(-1, 2, row.targets) for row in rows]
    found = policy.log_probs(rows, temperature=0.7)
    sum((one * weight).sum() for one, weight in zip(found, weights, strict=True)).backward()
    expected: Any = 0.0
    for row, weight, one in zip(rows, weights, found, strict=True):
        logits = other(input_ids=torch.tensor([row.ids])).logits[0, :-1] / 0.7
        chosen = torch.log_softmax(logits, -1).gather(1, torch.tensor(row.ids[1:])[:, None])[:, 0]
        chosen = chosen[torch.tensor(row.counts[1:])]
        assert torch.allclose(one, chosen, atol=2e-5)
        expected = expected + (chosen * weight).sum()
    expected.backward()
    policy.close()
    gradients = gradients_by_layer(policy)
    for name, parameter in other.named_parameters():
        if parameter.grad is not None:
            error = (gradients[name.replace(".default", "")] - parameter.grad).norm() / parameter.grad.norm()
            assert error < 2e-5, name


@pytest.mark.parametrize("targets", ["all-linear", ("q_proj", "down_proj")])
def test_narrow_weights_stay_close(targets: str | tuple[str, ...]) -> None:
    """Weights in bfloat16, everything else in float32: the gradients are the same but for the rounding."""
    _, policy = pair("llama", {}, targets)
    _, narrow = pair("llama", {}, targets, dtype=torch.bfloat16)
    assert narrow.model.kind == torch.float32
    assert (
        narrow.model.embedding.dtype == narrow.model.layers[0].products["qkv"].weight.dtype == torch.bfloat16
    )
    rows = some_rows()
    assert sum(len(row.ids) for row in rows) % EVEN, "the last row that means nothing is tested, too"

    def nll(one: LeanPolicy) -> Any:
        return lambda part: PartResult(one.nll(part) / 100, {})

    losses = []
    for one in (policy, narrow):
        losses.append(one.backward(rows, nll(one), lambda row: len(row.ids))[0])
        one.close()
    assert losses[1] == pytest.approx(losses[0], rel=1e-3)
    exact, rough = gradients_by_layer(policy), gradients_by_layer(narrow)
    for name, value in rough.items():
        assert value.dtype == torch.float32
        assert (value - exact[name]).norm() < 0.06 * exact[name].norm(), name


def test_a_small_change_is_not_lost_in_the_rounding() -> None:
    """What a LoRA adds is far below the steps of bfloat16 and arrives all the same."""
    random = torch.Generator().manual_seed(3)
    x, weight, a, b = (
        torch.randn(shape, generator=random) for shape in ((70, 48), (32, 48), (4, 48), (32, 4))
    )
    narrow = weight.bfloat16()
    b *= 1e-5
    y, _ = product(x, narrow, None, Wiring(1.0, ((0, 32),)), a, (b,))
    without = linear(x, narrow)
    assert torch.allclose(y - without, x @ a.t() @ b.t(), atol=2e-6)
    assert torch.equal(without, (x.bfloat16() @ narrow.t()).float())


def test_greedy_replies_are_those_of_transformers() -> None:
    other, policy = pair("llama", {})
    prompts = [row.ids for row in some_rows(3)]
    found = policy.generate(prompts, Sampling(12, 0.0, frozenset({2})))
    for prompt, reply in zip(prompts, found, strict=True):
        expected = other.generate(input_ids=torch.tensor([prompt]), max_new_tokens=12, do_sample=False)
        assert reply == expected[0, len(prompt) :].tolist()
    with policy.reference():
        plain = policy.generate(prompts, Sampling(12, 0.0, frozenset({2})))
    policy.close()
    assert plain != found


def test_without_the_adapter_the_base_answers() -> None:
    other, policy = pair("qwen2", {})
    rows = some_rows(2)
    with policy.reference():
        found = float(policy.nll(rows))
    with other.disable_adapter(), torch.no_grad():
        expected = float(reference_nll(other, rows))
    policy.close()
    assert found == pytest.approx(expected, rel=1e-6)


def test_what_it_does_not_compute_is_left_to_the_general_path() -> None:
    values = tiny_model().config.to_dict()
    assert lean_config(values, 64) is not None
    for change in (
        {"model_type": "gemma3_text"},
        {"hidden_act": "gelu"},
        {"attention_bias": True},
        {"rope_parameters": {"rope_type": "yarn", "factor": 2.0}},
        {"model_type": "mistral", "sliding_window": 32},
    ):
        assert lean_config({**values, **change}, 64) is None
