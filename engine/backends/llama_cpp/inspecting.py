"""`Inspect`: read a text once more in a context of its own, with taps on every token."""

import time
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.backends.backend import Control
from engine.backends.llama_cpp.inspection_output import Arrays, Output, open_output
from engine.backends.llama_cpp.loading import Loaded
from engine.backends.llama_cpp.tap_frames import check_spec
from engine.backends.llama_cpp.taps import plan_of
from engine.backends.llama_cpp.text_pass import TextPass
from engine.errors import Cancelled, UserError
from engine.protocol.events import AnyEvent, Inspected, JobProgress
from engine.protocol.inspection import InspectRequest, TapKind


class Inspection:
    """One run over one text. The conversation of the loaded context is not touched."""

    def __init__(
        self, loaded: Loaded, request: InspectRequest, tokens: Sequence[int], control: Control
    ) -> None:
        self._loaded, self._request, self._tokens, self._control = loaded, request, tokens, control
        model = loaded.model
        wanted = request.taps
        if wanted is not None:
            check_spec(wanted, model.n_layer, model.n_head)
        self._lens_layers = _lens_layers(request, model.n_layer)
        self._heads = list(wanted.heads) if wanted else []
        self._plan: dict[TapKind, tuple[int, ...]] = {
            kind: tuple(layers) for kind, layers in plan_of(wanted, model.n_layer).items()
        }
        if self._lens_layers:
            residual = {*self._plan.get("residual", ()), *self._lens_layers}
            self._plan["residual"] = tuple(sorted(residual))
        self._check_size()
        self._arrays: dict[TapKind, NDArray[np.float32]] = {}

    def run(self, job: int, prompt_length: int) -> Iterator[AnyEvent]:
        """Yields `JobProgress`… and `Inspected`. Raises `Cancelled`, `UserError` inspect.*."""
        started = time.perf_counter()
        tokens = self._tokens
        share = self._reading_share()
        pieces = tuple(self._loaded.model.vocab.piece(token) for token in tokens)
        dtype = np.float16 if self._request.half else np.float32
        with open_output(self._request.out_path, dtype) as output:
            for done in self._read(output):
                yield _progress(job, share * done / len(tokens), started)
            arrays = self._results()
            for fraction in self._read_lens(arrays):
                yield _progress(job, share + (1 - share) * fraction, started)
            sent = output.finish(arrays, tokens, pieces)
        yield Inspected(
            job=job,
            token_ids=tuple(tokens),
            pieces=pieces,
            prompt_length=prompt_length,
            layers=self._reported_layers(),
            heads=tuple(self._heads) or tuple(range(self._loaded.model.n_head)),
            arrays=sent,
            lens_positions=self._lens_positions() if self._request.lens else (),
            path=self._request.out_path,
            seconds=time.perf_counter() - started,
        )

    def _read(self, output: Output) -> Iterator[int]:
        """Read the text in the way that is there; yields how many tokens are done."""
        pass_ = TextPass(
            self._loaded, self._plan, self._heads, self._tokens, output, lambda: self._control.cancelled
        )
        for done in pass_.run():
            if self._control.cancelled:
                raise Cancelled
            yield done
        self._arrays = pass_.arrays
        for kind in self._plan:
            if kind not in pass_.caught:
                raise UserError("inspect.missing", what=_WORDS[kind])

    def _results(self) -> Arrays:
        wanted = self._request.taps.kinds if self._request.taps else ()
        arrays: Arrays = {}
        for kind in wanted:
            if kind not in self._arrays:
                continue  # attention went to the output at once
            asked = plan_of(self._request.taps, self._loaded.model.n_layer)[kind]
            rows = [self._plan[kind].index(layer) for layer in asked]
            every = rows == list(range(len(self._arrays[kind])))
            arrays[kind] = self._arrays[kind] if every else self._arrays[kind][rows]
        return arrays

    def _reading_share(self) -> float:
        """Of the work, by products: each token meets every weight, and for the lens the head, once a
        layer.
        """
        if self._request.lens is None:
            return 1.0
        facts = self._loaded.facts
        reading = len(self._tokens) * max(1, facts.parameters)
        heads = len(self._lens_positions()) * (len(self._lens_layers) + 1) * facts.n_vocab * facts.n_embd
        return reading / (reading + heads)

    def _read_lens(self, arrays: Arrays) -> Iterator[float]:
        """Adds what each layer would say to `arrays`; yields how much of that is done."""
        lens = self._request.lens
        if lens is None:
            return
        n_layer = self._loaded.model.n_layer
        picked = [self._plan["residual"].index(layer) for layer in self._lens_layers]
        hidden = self._arrays["residual"][picked][:, list(self._lens_positions())]
        # Dequantizing the output head needs the gguf library, which takes a moment to import.
        from engine.inspection.lens import empty_result, read_lens  # noqa: PLC0415
        from engine.inspection.lens_head import LensHead  # noqa: PLC0415

        head = LensHead.from_gguf(self._loaded.model.path)
        result = empty_result(head, hidden, lens.top)
        for done in read_lens(head, hidden, result):
            if self._control.cancelled:
                raise Cancelled
            yield done / hidden.shape[1]
        keep = [self._lens_layers.index(layer) for layer in (lens.layers or tuple(range(n_layer)))]
        arrays["lens_ids"] = result.ids[keep]
        arrays["lens_logprobs"] = result.logprobs[keep]
        arrays["lens_kl"] = result.kl[keep]
        arrays["lens_entropy"] = result.entropy[keep]

    def _lens_positions(self) -> tuple[int, ...]:
        lens = self._request.lens
        length = len(self._tokens)
        positions = lens.positions if lens and lens.positions else (length - 1,)
        for position in positions:
            if not -length <= position < length:
                raise UserError("inspect.no_position", position=position, last=length - 1)
        return tuple(position % length for position in positions)

    def _reported_layers(self) -> tuple[int, ...]:
        n_layer = self._loaded.model.n_layer
        request = self._request
        chosen = request.taps.layers if request.taps else request.lens.layers if request.lens else ()
        return chosen or tuple(range(n_layer))

    def _check_size(self) -> None:
        """Refuse what would not fit, and name a request that would."""
        length, model = len(self._tokens), self._loaded.model
        n_heads = len(self._heads) or model.n_head
        layer_bytes: dict[TapKind, int] = {
            "attention": n_heads * length * length * (2 if self._request.half else 4),
            "residual": length * model.n_embd * 4,
            "routing": 0,
        }
        needed = sum(layer_bytes[kind] * len(layers) for kind, layers in self._plan.items())
        limit = self._request.limit_bytes
        if needed > limit:
            one_layer = sum(layer_bytes[kind] for kind in self._plan)
            fitting = limit // max(one_layer, 1)
            smaller = f"{fitting} layers" if fitting else "one head of one layer"
            raise UserError("inspect.too_large", needed=_size(needed), limit=_size(limit), smaller=smaller)


_WORDS: dict[TapKind, str] = {
    "attention": "attention weights",
    "residual": "hidden states",
    "routing": "experts",
}


def _progress(job: int, fraction: float, started: float) -> JobProgress:
    spent = time.perf_counter() - started
    left = spent / fraction * (1 - fraction) if fraction else 0.0
    return JobProgress(job=job, fraction=fraction, seconds_left=left)


def _lens_layers(request: InspectRequest, n_layer: int) -> tuple[int, ...]:
    """Layers that the lens needs: the asked ones, and the last, against which it compares."""
    if request.lens is None:
        return ()
    for layer in request.lens.layers:
        if not 0 <= layer < n_layer:
            raise UserError("inspect.no_layer", layer=layer, last=n_layer - 1)
    return tuple(sorted({*(request.lens.layers or range(n_layer)), n_layer - 1}))


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.0f} MiB"
