"""From a folder to a model that answers: the class by its configuration, the weights by safetensors only."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from engine.backends.backend import LoadReport
from engine.backends.torch.folder import ModelFolder, examine
from engine.backends.torch.pieces import Pieces
from engine.backends.torch.runtime import Runtime
from engine.backends.torch.sampling import UNDERSTOOD
from engine.errors import UserError
from engine.library.fingerprint import FAST_PREFIX, model_hash
from engine.protocol.values import Ability, ContextParams, LoadedModel, ModelSpec

_LONGEST = 4096
"""Tokens at once where the files name no limit: attention is read out, and its size grows with the square."""


@dataclass(frozen=True)
class Loaded:
    """A model and everything that is needed to ask it something."""

    runtime: Runtime
    folder: ModelFolder
    model: Any
    tokenizer: Any
    pieces: Pieces
    device: Any
    facts: LoadedModel

    @property
    def writes(self) -> bool:
        """Whether there is a decoder beside the encoder."""
        return self.folder.kind == "encoder_decoder"

    def can(self, ability: Ability) -> bool:
        return ability in self.facts.abilities


def load(runtime: Runtime, spec: ModelSpec, context: ContextParams, report: LoadReport) -> Loaded:
    """Raises `UserError` model.*."""
    started = time.perf_counter()
    folder = examine(Path(spec.path))
    _check_memory(folder)
    report(0.1, "weights")
    config = _config(runtime, folder)
    tokenizer = open_tokenizer(runtime, folder)
    model, missing = _weights(runtime, folder, config)
    report(0.9, "weights")
    device = runtime.device()
    model = model.to(device=device, dtype=runtime.torch.float32).eval()
    if context.n_threads > 0:
        runtime.torch.set_num_threads(context.n_threads)
    abilities = _abilities(runtime, folder, model, tokenizer, missing)
    facts = _facts(runtime, spec, context, folder, model, tokenizer, device, abilities, started)
    return Loaded(runtime, folder, model, tokenizer, Pieces(tokenizer), device, facts)


def _check_memory(folder: ModelFolder) -> None:
    """Weights are held in float32, whatever the files have. Raises `UserError` model.too_large."""
    needed, available = folder.parameters * 4, psutil.virtual_memory().available
    if needed > available:
        raise UserError(
            "model.too_large",
            path=folder.path,
            needed=f"{needed / 2**30:.1f} GiB",
            available=f"{available / 2**30:.1f} GiB",
        )


def _config(runtime: Runtime, folder: ModelFolder) -> Any:
    try:
        config = runtime.transformers.AutoConfig.from_pretrained(
            str(folder.path), local_files_only=True, trust_remote_code=False
        )
    except Exception as error:
        raise _class_unknown(runtime, folder) from error
    # Only the plain implementation gives its weights away.
    config._attn_implementation = "eager"
    return config


def open_tokenizer(runtime: Runtime, folder: ModelFolder) -> Any:
    """Raises `UserError` model.no_tokenizer."""
    try:
        tokenizer = runtime.transformers.AutoTokenizer.from_pretrained(
            str(folder.path), local_files_only=True, trust_remote_code=False
        )
        if not tokenizer.is_fast:
            raise ValueError("its kind needs a library of its own; a file tokenizer.json would do")
    except Exception as error:
        reason = " ".join(str(error).split())[:160].rstrip(".") or type(error).__name__
        raise UserError("model.no_tokenizer", path=folder.path, reason=reason) from error
    return tokenizer


def _weights(runtime: Runtime, folder: ModelFolder, config: Any) -> tuple[Any, set[str]]:
    """The model, and the names of tensors that its files lack."""
    chosen = _class(runtime, folder, config)
    try:
        model, info = chosen.from_pretrained(
            str(folder.path),
            config=config,
            local_files_only=True,
            use_safetensors=True,
            trust_remote_code=False,
            attn_implementation="eager",
            output_loading_info=True,
        )
    except (UserError, MemoryError):
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200].rstrip(".")
        raise UserError("model.load_failed", path=folder.path, reason=reason) from error
    missing = {str(name) for name in info["missing_keys"]}
    base = {name for name in missing if not _belongs_to_head(name)}
    if base:
        some = ", ".join(sorted(base)[:3])
        raise UserError("model.corrupt", path=folder.path, what=f"the tensors {some} are missing")
    return model, missing


def _class(runtime: Runtime, folder: ModelFolder, config: Any) -> Any:
    """The class that was saved, where Lathe can ask it something; else the bare model."""
    auto = runtime.transformers.models.auto.modeling_auto
    known: set[str] = set()
    for mapping in (
        auto.MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES
        if folder.kind == "encoder_decoder"
        else auto.MODEL_FOR_MASKED_LM_MAPPING_NAMES,
        {} if folder.kind == "encoder_decoder" else auto.MODEL_FOR_NEXT_SENTENCE_PREDICTION_MAPPING_NAMES,
        {} if folder.kind == "encoder_decoder" else auto.MODEL_FOR_PRETRAINING_MAPPING_NAMES,
    ):
        known.update(str(name) for name in mapping.values())
    if folder.head in known or folder.head.endswith("EncoderModel"):
        chosen = getattr(runtime.transformers, folder.head, None)
        if chosen is not None:
            return chosen
    if folder.kind == "encoder_decoder":
        return runtime.transformers.AutoModelForSeq2SeqLM
    if type(config) in auto.MODEL_MAPPING:
        return auto.MODEL_MAPPING[type(config)]
    raise _class_unknown(runtime, folder)


def _class_unknown(runtime: Runtime, folder: ModelFolder) -> UserError:
    return UserError(
        "model.class_unknown",
        path=folder.path,
        architecture=folder.architecture or folder.head or "?",
        library=f"transformers {runtime.transformers.__version__}",
    )


def _belongs_to_head(name: str) -> bool:
    """Tensors that a bare model lacks by right: heads and the pooler. Position ids are made, not stored."""
    first = name.split(".", maxsplit=1)[0]
    heads = ("cls", "lm_head", "pooler", "predictions", "vocab_", "generator_", "decoder_head", "sop_")
    return first.startswith(heads) or ".pooler." in name or name.endswith("position_ids")


def _abilities(
    runtime: Runtime, folder: ModelFolder, model: Any, tokenizer: Any, missing: set[str]
) -> tuple[Ability, ...]:
    """What the class has a head for, as far as the files really hold that head."""
    if folder.kind == "encoder_decoder":
        return ("chat",)
    auto = runtime.transformers.models.auto.modeling_auto
    name = type(model).__name__
    both = name in auto.MODEL_FOR_PRETRAINING_MAPPING_NAMES.values() and name.endswith("ForPreTraining")
    masked = name in auto.MODEL_FOR_MASKED_LM_MAPPING_NAMES.values() or both
    follows = name in auto.MODEL_FOR_NEXT_SENTENCE_PREDICTION_MAPPING_NAMES.values() or both
    found: list[Ability] = []
    lost_follows = any("seq_relationship" in key for key in missing)
    lost_masked = any(_belongs_to_head(key) and "seq_relationship" not in key for key in missing)
    if masked and not lost_masked and tokenizer.mask_token_id is not None:
        found.append("fill_mask")
    if follows and not lost_follows:
        found.append("next_sentence")
    return (*found, "embed")


def _facts(
    runtime: Runtime,
    spec: ModelSpec,
    context: ContextParams,
    folder: ModelFolder,
    model: Any,
    tokenizer: Any,
    device: Any,
    abilities: tuple[Ability, ...],
    started: float,
) -> LoadedModel:
    config = model.config
    layers = _first(config, ("num_hidden_layers",), 0)
    decoder_layers = _first(config, ("num_decoder_layers", "decoder_layers"), layers)
    encoder_layers = _first(config, ("encoder_layers",), layers)
    both = folder.kind == "encoder_decoder"
    heads = _first(config, ("num_attention_heads",), 0)
    limit = _longest(model, config, tokenizer)
    return LoadedModel(
        name=spec.name or folder.path.name,
        path=str(folder.path),
        backend="torch",
        model_hash=_hash(folder),
        architecture=folder.architecture,
        quantization=folder.quantization,
        parameters=sum(int(weights.numel()) for weights in model.parameters()),
        size_bytes=folder.size_bytes,
        n_ctx=min(context.n_ctx or limit, limit),
        n_ctx_train=limit,
        n_layer=decoder_layers if both else layers,
        n_head=heads,
        n_head_kv=heads,
        n_embd=_first(config, ("hidden_size",), 0),
        n_vocab=len(tokenizer),
        kv_bytes_per_token=0.0,
        flash_attention=False,
        n_threads=int(runtime.torch.get_num_threads()),
        n_gpu_layers=0 if device.type == "cpu" else layers,
        device=runtime.device_name(device),
        has_template=False,
        template_hash="",
        engine_build=runtime.build,
        load_ms=(time.perf_counter() - started) * 1000,
        context=context,
        kind=folder.kind,
        abilities=abilities,
        n_layer_encoder=encoder_layers if both else 0,
        mask_token=str(tokenizer.mask_token) if "fill_mask" in abilities else "",
        understands=UNDERSTOOD,
    )


def _first(config: Any, names: tuple[str, ...], otherwise: int) -> int:
    """The first of these entries that is a positive number."""
    values = [getattr(config, name, None) for name in names]
    return next((value for value in values if type(value) is int and value > 0), otherwise)


def _longest(model: Any, config: Any, tokenizer: Any) -> int:
    """Tokens that one text may have: positions that were learned, and what the tokenizer says."""
    limit = _first(config, ("max_position_embeddings", "n_positions"), _LONGEST)
    for name, module in model.named_modules():
        # RoBERTa and its kin count positions from after the padding.
        if name.endswith("position_embeddings") and getattr(module, "padding_idx", None) is not None:
            limit = min(limit, module.num_embeddings - module.padding_idx - 1)
    return int(min(limit, tokenizer.model_max_length, _LONGEST))


def _hash(folder: ModelFolder) -> str:
    """Identity of the weights; of several files, of all of them."""
    hashes = [model_hash(path) for path in folder.files]
    if len(hashes) == 1:
        return hashes[0]
    return FAST_PREFIX + hashlib.sha256("".join(hashes).encode()).hexdigest()[:32]
