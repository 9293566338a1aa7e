"""What an encoder can be asked: missing words, sentence vectors, whether a sentence follows another."""

import json
from typing import Any

import numpy as np

from engine.backends.backend import Control
from engine.backends.torch.loading import Loaded
from engine.errors import Cancelled, UserError
from engine.protocol.events import Embedded, MaskFilled, NextSentenceScored
from engine.protocol.inspection import FilledMask, MaskCandidate
from engine.taps.arrays import pack

_MOST_CANDIDATES = 200
_BATCH = 16


def fill_mask(loaded: Loaded, job: int, text: str, top: int) -> MaskFilled:
    """Raises `UserError` encoder.no_head, encoder.no_mask, inspect.too_long."""
    if not loaded.can("fill_mask"):
        raise _no_head(loaded, "fill masks", "head for masked words", "BertForMaskedLM")
    tokenizer, torch = loaded.tokenizer, loaded.runtime.torch
    encoded = tokenizer(text, return_offsets_mapping=True)
    ids = [int(token) for token in encoded["input_ids"]]
    check_length(loaded, len(ids))
    places = [place for place, token in enumerate(ids) if token == tokenizer.mask_token_id]
    if not places:
        raise UserError("encoder.no_mask", mask=tokenizer.mask_token)
    with torch.inference_mode():
        output = loaded.model(**_inputs(loaded, encoded), return_dict=True)
        # Models that were saved from pre-training have a head for each of their two tasks.
        scores = output.prediction_logits if "prediction_logits" in output else output.logits
        logprobs = torch.log_softmax(scores[0, places].float(), dim=-1)
        entropies = -(logprobs.exp() * logprobs).nansum(dim=-1) / np.log(2)
        best = logprobs.topk(min(max(top, 1), _MOST_CANDIDATES, logprobs.shape[-1]), dim=-1)
    tokens, values = best.indices.tolist(), best.values.exp().tolist()
    masks = []
    for row, place in enumerate(places):
        start, end = encoded["offset_mapping"][place]
        pairs = zip(tokens[row], values[row], strict=True)
        candidates = tuple(MaskCandidate(token, _word(loaded, token), p) for token, p in pairs)
        masks.append(FilledMask(place, int(start), int(end), candidates, float(entropies[row])))
    return MaskFilled(job=job, masks=tuple(masks))


def embed(loaded: Loaded, job: int, texts: tuple[str, ...], control: Control) -> Embedded:
    """Pooled as the folder's `1_Pooling/config.json` says (Reimers and Gurevych 2019), else by the mean.

    Raises `UserError` encoder.no_encoder, `Cancelled`.
    """
    if not loaded.can("embed"):
        raise UserError("encoder.no_encoder")
    torch = loaded.runtime.torch
    pooling = _pooling(loaded)
    rows = []
    for first in range(0, len(texts), _BATCH):
        encoded = loaded.tokenizer(
            list(texts[first : first + _BATCH]),
            padding=True,
            truncation=True,
            max_length=loaded.facts.n_ctx,
            return_tensors="pt",
        ).to(loaded.device)
        with torch.inference_mode():
            hidden = loaded.model.base_model(**encoded, return_dict=True).last_hidden_state.float()
        vectors = _pooled(torch, hidden, encoded["attention_mask"], pooling)
        rows.append(torch.nn.functional.normalize(vectors, dim=-1).cpu().numpy())
        if control.cancelled:
            raise Cancelled
    width = loaded.facts.n_embd
    stacked = np.concatenate(rows) if rows else np.zeros((0, width), np.float32)
    return Embedded(job=job, vectors=pack(stacked, "f4"), pooling=pooling)


def next_sentence(loaded: Loaded, job: int, first: str, second: str) -> NextSentenceScored:
    """BERT's second task (Devlin et al. 2019). Raises `UserError` encoder.no_head, inspect.too_long."""
    if not loaded.can("next_sentence"):
        example = "BertForNextSentencePrediction"
        raise _no_head(loaded, "tell whether sentences follow each other", "head for it", example)
    torch = loaded.runtime.torch
    encoded = loaded.tokenizer(first, second)
    check_length(loaded, len(encoded["input_ids"]))
    with torch.inference_mode():
        output = loaded.model(**_inputs(loaded, encoded), return_dict=True)
        scores = output.seq_relationship_logits if "seq_relationship_logits" in output else output.logits
    # Class 0 of this head means “follows”.
    return NextSentenceScored(job=job, p=float(torch.softmax(scores[0].float(), dim=-1)[0]))


def check_length(loaded: Loaded, needed: int) -> None:
    """Raises `UserError` inspect.too_long."""
    if needed > loaded.facts.n_ctx:
        raise UserError("inspect.too_long", needed=needed, limit=loaded.facts.n_ctx)


def _inputs(loaded: Loaded, encoded: Any) -> dict[str, Any]:
    torch = loaded.runtime.torch
    names = [name for name in loaded.tokenizer.model_input_names if name in encoded]
    return {name: torch.tensor([encoded[name]], device=loaded.device) for name in names}


def _word(loaded: Loaded, token: int) -> str:
    """As it would be written: “##” stays, for it says that the token continues a word."""
    text = str(loaded.tokenizer.convert_ids_to_tokens(token))
    return text if text.startswith("##") else loaded.pieces.text(token).strip() or text


def _pooling(loaded: Loaded) -> str:
    try:
        said = json.loads((loaded.folder.path / "1_Pooling" / "config.json").read_bytes())
    except (OSError, ValueError):
        return "mean"
    if isinstance(said, dict) and said.get("pooling_mode_cls_token"):
        return "cls"
    return "max" if isinstance(said, dict) and said.get("pooling_mode_max_tokens") else "mean"


def _pooled(torch: Any, hidden: Any, mask: Any, pooling: str) -> Any:
    if pooling == "cls":
        return hidden[:, 0]
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    if pooling == "max":
        return hidden.masked_fill(weights == 0, -torch.inf).amax(dim=1)
    return (hidden * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1)


def _no_head(loaded: Loaded, what: str, head: str, example: str) -> UserError:
    return UserError("encoder.no_head", name=loaded.facts.name, what=what, head=head, example=example)
