"""Whether an export is what was trained: both read the same held-out text, and their predictions are
compared.

The trained model is what the run's own checkpoint holds; the export is read back from its files by the
program that they are for: transformers and PEFT, or llama.cpp.
"""

import tempfile
import warnings
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file

from engine.convert.job import run_convert
from engine.errors import UserError
from engine.finetune.checkpoints import load_checkpoint
from engine.finetune.choice import choose_path
from engine.finetune.corpus import read_corpora
from engine.finetune.general.loading import load_base, prepare_libraries
from engine.finetune.hardware import Hardware
from engine.finetune.methods.adapter import Bottleneck
from engine.finetune.methods.qlora import quantize_linear_layers
from engine.finetune.policy import Policy, Tokens
from engine.finetune.run_folder import RunFolder
from engine.finetune.setup import make_policy
from engine.finetune.tokenizing import Tokenizer
from engine.protocol.jobs import ConvertJob

if TYPE_CHECKING:
    from engine.finetune.export import Wanted

Logits = NDArray[np.float32]
Reader = Callable[[Sequence[int]], Logits]
"""Token ids to scores [tokens, vocabulary]."""
_LIMIT = 1e-3
_LIMIT_Q8 = 2e-2
_NOISE = 4.0
_MOST_ROWS, _MOST_TOKENS = 8, 1024


class Agreement(NamedTuple):
    """See `engine.protocol.finetune.Exported`."""

    kl: float
    kl_max: float
    top1: float
    tokens: int


class Predicted(NamedTuple):
    """What the trained model says to some text: rows of token ids, and the scores for each."""

    rows: Sequence[Sequence[int]]
    logits: Sequence[Logits]


def check_export(wanted: "Wanted", tokenizer: Tokenizer, home: Path) -> tuple[Agreement, Predicted]:
    """How far the export is from the trained model, and what that one says, for `measure_quantized`.

    Raises `UserError` export.differs.
    """
    rows = _texts(wanted, tokenizer, home)
    policy = trained_policy(wanted, tokenizer)
    try:
        trained = Predicted(rows, [policy.logits(row) for row in rows])
        found, limit = _measured(wanted, trained, policy)
    finally:
        policy.close()
    if not found.kl <= limit:
        raise UserError("export.differs", kl=f"{found.kl:.2e}", limit=f"{limit:.1e}")
    return found, trained


def measure_quantized(path: Path, trained: Predicted) -> Agreement:
    """What quantizing has cost a whole model, a GGUF, that agreed before. The trained model is not needed
    any more.
    """
    with ExitStack() as stack:
        read = _by_llama_cpp(path, "", max(map(len, trained.rows)), stack)
        return agreement(trained.logits, [read(row) for row in trained.rows])


def reload_adapter(wanted: "Wanted", folder: Path) -> Any:
    """Base and adapter by transformers and PEFT, float32, in evaluation mode."""
    prepare_libraries()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import peft  # noqa: PLC0415 - takes seconds

        base = load_base(wanted.base, torch.float32, rewards=wanted.recipe.objective == "reward", pad=0)
        if wanted.recipe.method == "adapter":
            attached = Bottleneck(base, wanted.recipe.adapter, wanted.base.name)
            if wanted.recipe.objective == "reward":
                base.score.weight.requires_grad_(True)
            attached.load(folder)
            return base.eval()
        if wanted.recipe.method == "qlora":
            quantize_linear_layers(base, wanted.recipe.qlora, torch.float32)
        return peft.PeftModel.from_pretrained(base, str(folder), is_trainable=False).eval()


def agreement(trained: Sequence[Logits], exported: Sequence[Logits]) -> Agreement:
    """Mean and largest KL(trained ‖ exported) in nats, and the share of equal best tokens."""
    divergences, equal = [], []
    for one, other in zip(trained, exported, strict=True):
        p, q = (torch.log_softmax(torch.from_numpy(side).double(), -1) for side in (one, other))
        divergences.append((p.exp() * (p - q)).sum(-1).clamp(min=0))
        equal.append(p.argmax(-1) == q.argmax(-1))
    flat = torch.cat(divergences)
    share = torch.cat(equal).double().mean()
    return Agreement(float(flat.mean()), float(flat.max()), float(share), len(flat))


def _measured(wanted: "Wanted", predicted: Predicted, policy: Policy) -> tuple[Agreement, float]:
    """How well they agree, and how well they have to."""
    rows, trained = predicted
    if wanted.recipe.objective == "reward":
        return _scores(wanted, rows, policy), _LIMIT
    if wanted.out.is_dir():
        read = _by_transformers(_whole_or_reloaded(wanted))
        limit = _LIMIT if wanted.adapter else _limit_of_base(wanted, rows, policy)
        return agreement(trained, [read(row) for row in rows]), limit
    longest = max(map(len, rows))
    with ExitStack() as stack:
        adapter = str(wanted.out) if wanted.adapter else ""
        source = _gguf_base(wanted, stack) if wanted.adapter else wanted.out
        read = _by_llama_cpp(source, adapter, longest, stack)
        found = agreement(trained, [read(row) for row in rows])
        limit = _LIMIT_Q8 if wanted.kind.lower() == "q8_0" else _LIMIT
        limit = max(limit, _limit_of_base(wanted, rows, policy))
        if wanted.adapter and wanted.base.quantization:
            limit = max(limit, _NOISE * _noise(rows, policy, source, longest, stack))
    return found, limit


def _limit_of_base(wanted: "Wanted", rows: Sequence[Sequence[int]], policy: Policy) -> float:
    """QLoRA learns on a base in 4 bits and is put on the exact one: they differ already without an
    adapter.
    """
    if wanted.recipe.method != "qlora":
        return _LIMIT
    with policy.reference():
        before = [policy.logits(row) for row in rows]
    read = _by_transformers(load_base(wanted.base, torch.float32, rewards=False, pad=0))
    return max(_LIMIT, _NOISE * agreement(before, [read(row) for row in rows]).kl)


def _noise(
    rows: Sequence[Sequence[int]], policy: Policy, source: Path, longest: int, stack: ExitStack
) -> float:
    """How far llama.cpp's quantized products are from exact ones already without an adapter."""
    with policy.reference():
        before = [policy.logits(row) for row in rows]
    read = _by_llama_cpp(source, "", longest, stack)
    return agreement(before, [read(row) for row in rows]).kl


def _scores(wanted: "Wanted", rows: Sequence[Sequence[int]], policy: Policy) -> Agreement:
    """Of a reward model: mean and largest difference of its numbers, instead of divergences."""
    tokens = [Tokens(tuple(row), (True,) * len(row)) for row in rows]
    with torch.no_grad():
        trained = policy.scores(tokens)
    model = _whole_or_reloaded(wanted)
    inner = model.get_base_model() if hasattr(model, "get_base_model") else model
    backbone = getattr(inner, inner.base_model_prefix)
    differences = []
    with torch.no_grad():
        for row, score in zip(rows, trained, strict=True):
            hidden = backbone(input_ids=torch.tensor([row]), use_cache=False).last_hidden_state[0, -1]
            differences.append(abs(float(inner.score(hidden.float())) - float(score)))
    same = sum(one < _LIMIT for one in differences) / len(differences)
    return Agreement(sum(differences) / len(differences), max(differences), same, sum(map(len, rows)))


def _whole_or_reloaded(wanted: "Wanted") -> Any:
    if wanted.adapter:
        return reload_adapter(wanted, wanted.out)
    import transformers  # noqa: PLC0415

    library: Any = transformers
    kind = library.AutoModelForCausalLM
    if wanted.recipe.objective == "reward":
        kind = library.AutoModelForSequenceClassification
    return kind.from_pretrained(
        str(wanted.out),
        local_files_only=True,
        use_safetensors=True,
        trust_remote_code=False,
        dtype=torch.float32,
    ).eval()


def _by_transformers(model: Any) -> Reader:
    def read(row: Sequence[int]) -> Logits:
        ids = torch.tensor([row])
        with torch.no_grad():
            logits = model(input_ids=ids, attention_mask=torch.ones_like(ids), use_cache=False).logits[0]
        found: Logits = logits[-len(row) :].float().numpy()
        return found

    return read


def _by_llama_cpp(source: Path, adapter: str, longest: int, stack: ExitStack) -> Reader:
    from engine.backends.llama_cpp.adapters import AdapterSet  # noqa: PLC0415
    from engine.backends.llama_cpp.text_chunks import ChunkReader  # noqa: PLC0415
    from engine.protocol.adapters import AdapterUse  # noqa: PLC0415

    reader = stack.enter_context(ChunkReader(source, longest, exact=True))
    adapters = AdapterSet(reader.model.handle, str(source))
    if adapter:
        adapters.use([AdapterUse(adapter, 1.0)])
    adapters.put_on(reader.context.handle)

    def read(row: Sequence[int]) -> Logits:
        return reader.read(row, 0).copy()

    return read


def _gguf_base(wanted: "Wanted", stack: ExitStack) -> Path:
    """The base as a GGUF: itself, or a copy in single precision for the time of the check."""
    if wanted.base.kind == "gguf":
        return wanted.base.path
    scratch = stack.enter_context(tempfile.TemporaryDirectory(dir=wanted.out.parent, prefix=".checking-"))
    path = Path(scratch) / "base.gguf"
    run_convert(ConvertJob(str(wanted.base.path), str(path), "f32"), lambda _: None)
    return path


def _texts(wanted: "Wanted", tokenizer: Tokenizer, home: Path) -> list[tuple[int, ...]]:
    """Some held-out rows; of those that were trained on where none were held out."""
    corpora = read_corpora(wanted.recipe, tokenizer, home, lambda _: None)
    corpus = corpora.held_out if len(corpora.held_out) else corpora.train
    rows: list[tuple[int, ...]] = []
    for number in range(min(len(corpus), _MOST_ROWS)):
        room = _MOST_TOKENS - sum(map(len, rows))
        ids = corpus[number].rows[0].ids[:room]
        if len(ids) > 1:
            rows.append(ids)
    return rows


def trained_policy(wanted: "Wanted", tokenizer: Tokenizer) -> Policy:
    """The run's model in float32, as its checkpoint has it: not read from what was exported."""
    policy = fresh_policy(wanted, tokenizer)
    try:
        load_trained(policy, wanted.run)
    except UserError:
        policy.close()
        raise
    return policy


def fresh_policy(wanted: "Wanted", tokenizer: Tokenizer) -> Policy:
    """The same before training."""
    recipe, run = wanted.recipe, wanted.run
    hardware = Hardware(torch.device("cpu"), "fp32", torch.get_num_threads())
    steps = max(run.state().steps, recipe.train.max_steps, 2)
    return make_policy(recipe, wanted.base, choose_path(recipe, wanted.base), tokenizer, hardware, steps)


def load_trained(policy: Policy, run: RunFolder) -> None:
    """What early stopping kept, else the last checkpoint. Raises `UserError` finetune.no_checkpoint."""
    result, best = run.state().result, run.path / "best" / "trained.safetensors"
    if best.is_file() and result is not None and result.status != "stopped":
        policy.load_state(load_file(best))
        return
    snapshot = load_checkpoint(run.checkpoints)
    if snapshot is None:
        raise UserError("finetune.no_checkpoint", run=run.id)
    policy.load_state(snapshot.model)
