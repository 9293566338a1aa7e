"""The decode loop of an encoder-decoder: the source is read once, the reply is written token by token."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.torch.loading import Loaded

Logits = NDArray[np.float32]


class Writer:
    """The state of one reply: what the encoder said, and the decoder's cache."""

    def __init__(self, loaded: Loaded, source: Sequence[int]) -> None:
        self._torch = loaded.runtime.torch
        self._model = loaded.model
        self._device = loaded.device
        generation = loaded.model.generation_config
        self.start = start_token(loaded)
        self.ends = _ids(generation.eos_token_id) or _ids(loaded.model.config.eos_token_id)
        self._first = _ids(getattr(generation, "forced_bos_token_id", None))
        self._never = _never(generation)
        self._fed = 0
        self._cache: Any = None
        ids = self._tensor(source)
        self._mask = self._torch.ones_like(ids)
        with self._torch.inference_mode():
            self._encoded = self._model.get_encoder()(
                input_ids=ids, attention_mask=self._mask, return_dict=True
            )

    def feed(self, tokens: Sequence[int]) -> Logits:
        """Give the decoder these tokens; the scores of what follows the last of them, [vocab]."""
        with self._torch.inference_mode():
            output = self._model(
                encoder_outputs=self._encoded,
                attention_mask=self._mask,
                decoder_input_ids=self._tensor(tokens),
                past_key_values=self._cache,
                use_cache=True,
                return_dict=True,
            )
        self._cache = output.past_key_values
        self._fed += len(tokens)
        logits: Logits = output.logits[0, -1].float().cpu().numpy().copy()
        if self._fed == 1 and self._first:
            only = logits[self._first].copy()
            logits[:] = -np.inf
            logits[self._first] = only
        logits[self._never] = -np.inf
        return logits

    def _tensor(self, tokens: Sequence[int]) -> Any:
        return self._torch.tensor([list(tokens)], dtype=self._torch.long, device=self._device)


def write_greedily(loaded: Loaded, source: Sequence[int], most: int) -> list[int]:
    """The most probable token each time, at most `most`; without the start and the end."""
    writer = Writer(loaded, source)
    logits = writer.feed([writer.start])
    written: list[int] = []
    while len(written) < most:
        token = int(logits.argmax())
        if token in writer.ends:
            break
        written.append(token)
        logits = writer.feed([token])
    return written


def start_token(loaded: Loaded) -> int:
    """What the decoder is given before its first word."""
    for holder in (loaded.model.generation_config, loaded.model.config):
        token = getattr(holder, "decoder_start_token_id", None)
        if token is not None:
            return int(token)
    token = loaded.tokenizer.bos_token_id
    return int(token if token is not None else loaded.tokenizer.pad_token_id or 0)


def _ids(value: object) -> list[int]:
    if isinstance(value, int):
        return [value]
    return [int(each) for each in value] if isinstance(value, (list, tuple)) else []


def _never(generation: Any) -> list[int]:
    """Tokens that the model's own files forbid in every place."""
    words = getattr(generation, "bad_words_ids", None) or ()
    single = [int(word[0]) for word in words if len(word) == 1]
    return single + _ids(getattr(generation, "suppress_tokens", None))
