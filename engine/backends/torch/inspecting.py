"""`Inspect` for encoders and encoder-decoders: attention and hidden states, by the plain (eager) kernel."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.backends.backend import Control
from engine.backends.torch.generating import source_of
from engine.backends.torch.loading import Loaded
from engine.backends.torch.reading import check_length
from engine.backends.torch.writing import start_token, write_greedily
from engine.errors import Cancelled, UserError
from engine.messages import Message
from engine.protocol.events import AnyEvent, Inspected, JobProgress
from engine.protocol.inspection import InspectRequest, TapSpec
from engine.protocol.values import PromptOptions
from engine.taps.arrays import pack
from engine.taps.npz import write_npz

WRITTEN_AT_MOST = 64
"""Tokens that the decoder writes where it is given none."""
Arrays = dict[str, NDArray[np.float32]]


class _Texts(NamedTuple):
    """`tokens` are what `attention` is about; `source` is the encoder's text where that is another one."""

    tokens: list[int]
    source: list[int]
    segments: list[int]
    prompt_length: int


def inspect(loaded: Loaded, job: int, request: InspectRequest, control: Control) -> Iterator[AnyEvent]:
    """Yields `JobProgress`… and `Inspected`. Raises `Cancelled`, `UserError` inspect.*."""
    started = time.perf_counter()
    # Without taps only the tokens are told.
    spec = request.taps or TapSpec(kinds=())
    _check(loaded, spec, request)
    texts = _texts(loaded, request)
    check_length(loaded, max(len(texts.tokens), len(texts.source)))
    _check_size(loaded, spec, texts, request.limit_bytes)
    yield JobProgress(job=job, fraction=0.5)
    if control.cancelled:
        raise Cancelled
    arrays = _run(loaded, spec, texts)
    if control.cancelled:
        raise Cancelled
    pieces = loaded.pieces.sequence(texts.tokens)
    source_pieces = loaded.pieces.sequence(texts.source)
    if request.out_path:
        write_npz(Path(request.out_path), arrays, texts.tokens, pieces, texts.source, source_pieces)
    facts = loaded.facts
    yield Inspected(
        job=job,
        token_ids=tuple(texts.tokens),
        pieces=pieces,
        prompt_length=texts.prompt_length,
        layers=_layers(spec, facts.n_layer),
        heads=spec.heads or tuple(range(facts.n_head)),
        arrays={} if request.out_path else {name: pack(array, "f4") for name, array in arrays.items()},
        path=request.out_path,
        seconds=time.perf_counter() - started,
        encoder_ids=tuple(texts.source),
        encoder_pieces=source_pieces,
        encoder_layers=_layers(spec, facts.n_layer_encoder),
        causal=loaded.writes,
    )


def _check(loaded: Loaded, spec: TapSpec, request: InspectRequest) -> None:
    most = max(loaded.facts.n_layer, loaded.facts.n_layer_encoder)
    for layer in spec.layers:
        if not 0 <= layer < most:
            raise UserError("inspect.no_layer", layer=layer, last=most - 1)
    for head in spec.heads:
        if not 0 <= head < loaded.facts.n_head:
            raise UserError("inspect.no_head", head=head, last=loaded.facts.n_head - 1)
    if "routing" in spec.kinds:
        raise UserError("inspect.missing", what="experts")
    if request.lens is not None:
        raise UserError("inspect.missing", what="logit lens")


def _texts(loaded: Loaded, request: InspectRequest) -> _Texts:
    tokenizer = loaded.tokenizer
    if not loaded.writes:
        text = request.text or (request.messages[-1].prompt_text() if request.messages else "")
        encoded = tokenizer(text, request.target or None)
        ids = [int(token) for token in encoded["input_ids"]]
        return _Texts(ids, [], list(encoded.get("token_type_ids", ())), len(ids))
    messages = (Message.of("user", request.text),) if request.text else request.messages
    read = source_of(loaded, messages, PromptOptions(system=request.system))
    check_length(loaded, len(read.ids))
    if request.reply:
        written = [*read.begun, *request.reply]
    elif request.target:
        written = [int(token) for token in tokenizer(text_target=request.target)["input_ids"]]
    else:
        written = read.begun or write_greedily(loaded, read.ids, min(WRITTEN_AT_MOST, loaded.facts.n_ctx - 1))
    return _Texts([start_token(loaded), *written], read.ids, [], 1)


def _run(loaded: Loaded, spec: TapSpec, texts: _Texts) -> Arrays:
    torch = loaded.runtime.torch
    wanted = {
        "output_attentions": "attention" in spec.kinds,
        "output_hidden_states": "residual" in spec.kinds,
        "return_dict": True,
    }

    def tensor(ids: Sequence[int]) -> Any:
        return torch.tensor([list(ids)], dtype=torch.long, device=loaded.device)

    with torch.inference_mode():
        if loaded.writes:
            source = tensor(texts.source)
            output = loaded.model(
                input_ids=source,
                attention_mask=torch.ones_like(source),
                decoder_input_ids=tensor(texts.tokens),
                use_cache=False,
                **wanted,
            )
            names = {
                "attention": ("decoder_attentions", loaded.facts.n_layer),
                "encoder_attention": ("encoder_attentions", loaded.facts.n_layer_encoder),
                "cross_attention": ("cross_attentions", loaded.facts.n_layer),
                "residual": ("decoder_hidden_states", loaded.facts.n_layer),
                "encoder_residual": ("encoder_hidden_states", loaded.facts.n_layer_encoder),
            }
        else:
            ids = tensor(texts.tokens)
            more = {"token_type_ids": tensor(texts.segments)} if texts.segments else {}
            output = loaded.model.base_model(
                input_ids=ids, attention_mask=torch.ones_like(ids), **more, **wanted
            )
            names = {
                "attention": ("attentions", loaded.facts.n_layer),
                "residual": ("hidden_states", loaded.facts.n_layer),
            }
        arrays: Arrays = {}
        for name, (field, count) in names.items():
            kind = "residual" if name.endswith("residual") else "attention"
            layers = _layers(spec, count)
            if kind in spec.kinds and layers:
                arrays[name] = _picked(name, output.get(field), layers, spec.heads)
    return arrays


def _picked(name: str, values: Any, layers: Sequence[int], heads: Sequence[int]) -> NDArray[np.float32]:
    """`[layer, head, query, key]`, or `[layer, position, embedding]`."""
    if not values or any(each is None for each in values):
        raise UserError("inspect.missing", what=name.replace("_", " "))
    if name.endswith("residual"):
        # The first entry is the embedding, before any layer.
        return np.stack([values[layer + 1][0].float().cpu().numpy() for layer in layers])
    rows = [values[layer][0] for layer in layers]
    if heads:
        rows = [row[list(heads)] for row in rows]
    return np.stack([row.float().cpu().numpy() for row in rows])


def _layers(spec: TapSpec, count: int) -> tuple[int, ...]:
    """The asked layers that this half of the model has."""
    return tuple(layer for layer in spec.layers if layer < count) if spec.layers else tuple(range(count))


def _check_size(loaded: Loaded, spec: TapSpec, texts: _Texts, limit: int) -> None:
    facts = loaded.facts
    heads = len(spec.heads) or facts.n_head
    length, source = len(texts.tokens), len(texts.source)
    layers, below = len(_layers(spec, facts.n_layer)), len(_layers(spec, facts.n_layer_encoder))
    needed = 0
    if "attention" in spec.kinds:
        needed += heads * (layers * length * (length + source) + below * source * source) * 4
    if "residual" in spec.kinds:
        needed += (layers * length + below * source) * facts.n_embd * 4
    if needed > limit:
        raise UserError(
            "inspect.too_large",
            needed=_size(needed),
            limit=_size(limit),
            smaller=f"{max(1, layers * limit // needed)} layers",
        )


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.0f} MiB"
