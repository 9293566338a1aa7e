"""A decoder in a safetensors folder that reads a text in chunks, as `llama_cpp.text_chunks` does with GGUF.

It gives scores to compare, for what has no GGUF yet: fine-tunes, prunes, merges.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from engine.backends.torch.folder import ModelFolder, examine
from engine.backends.torch.loading import open_tokenizer
from engine.backends.torch.pieces import Pieces
from engine.backends.torch.runtime import Runtime
from engine.errors import UserError

_SPEED_PROMPT, _SPEED_TOKENS = 32, 8


class FolderReader:
    """Weights in single precision, whatever the files have. Close it. One thread at a time.

    Every chunk has `n_ctx` tokens; where the tokenizer puts a special token first, that one takes the place
    of each chunk's first token.

    Raises `UserError` model.*, engine.backend_missing.
    """

    def __init__(self, path: Path, n_ctx: int, *, n_threads: int = 0) -> None:
        folder = examine(path, decoders=True)
        if folder.kind != "decoder":
            raise UserError("compare.no_decoder", path=path)
        _check_memory(folder)
        self.n_ctx = n_ctx
        self._runtime = Runtime()
        torch = self._runtime.torch
        if n_threads > 0:
            torch.set_num_threads(n_threads)
        self._tokenizer = open_tokenizer(self._runtime, folder)
        self._pieces = Pieces(self._tokenizer)
        self._device = self._runtime.device()
        self._model: Any = self._load(folder)
        empty: list[int] = list(self._tokenizer("")["input_ids"])
        self._bos = empty[0] if empty else None

    @property
    def vocab_size(self) -> int:
        return int(self._model.config.vocab_size)

    def piece(self, token: int) -> bytes:
        """The text of a token."""
        return self._pieces.piece(token)

    def tokenize(self, text: str, limit: int = 0) -> list[int]:
        """As `ChunkReader.tokenize`. Raises `UserError` text.too_short."""
        tokens = [int(token) for token in self._tokenizer(text, verbose=False)["input_ids"]]
        found = len(tokens)
        if limit:
            tokens = tokens[:limit]
        whole = len(tokens) // self.n_ctx * self.n_ctx
        if not whole:
            raise UserError("text.too_short", found=min(found, len(tokens)), needed=self.n_ctx)
        return tokens[:whole]

    def read(self, chunk: Sequence[int], first_output: int) -> NDArray[np.float32]:
        """Scores [len(chunk) - first_output, vocabulary] from that position on."""
        torch = self._runtime.torch
        ids = list(chunk)
        if self._bos is not None:
            ids[0] = self._bos
        with torch.inference_mode():
            output = self._model(
                input_ids=torch.tensor([ids], device=self._device),
                logits_to_keep=len(ids) - first_output,
                use_cache=False,
            )
            scores: NDArray[np.float32] = output.logits[0].float().cpu().numpy()
        return scores[-(len(ids) - first_output) :]

    def output_tps(self, tokens: Sequence[int]) -> float:
        """Tokens a second when they are written one by one, after a short prompt."""
        torch = self._runtime.torch
        with torch.inference_mode():
            prompt = torch.tensor([list(tokens[:_SPEED_PROMPT])], device=self._device)
            cache = self._model(input_ids=prompt, use_cache=True).past_key_values
            started = time.perf_counter()
            for place in range(_SPEED_TOKENS):
                step = torch.tensor([[tokens[place % len(tokens)]]], device=self._device)
                cache = self._model(input_ids=step, past_key_values=cache, use_cache=True).past_key_values
            return _SPEED_TOKENS / (time.perf_counter() - started)

    def close(self) -> None:
        self._model = None

    def _load(self, folder: ModelFolder) -> Any:
        torch = self._runtime.torch
        try:
            model = self._runtime.transformers.AutoModelForCausalLM.from_pretrained(
                str(folder.path),
                dtype=torch.float32,
                local_files_only=True,
                use_safetensors=True,
                trust_remote_code=False,
            )
        except MemoryError:
            raise
        except Exception as error:
            reason = " ".join(str(error).split())[:200].rstrip(".")
            raise UserError("model.load_failed", path=folder.path, reason=reason) from error
        return model.to(self._device).eval()


def _check_memory(folder: ModelFolder) -> None:
    needed, available = folder.parameters * 4, psutil.virtual_memory().available
    if needed > available:
        raise UserError(
            "model.too_large",
            path=folder.path,
            needed=f"{needed / 2**30:.1f} GiB",
            available=f"{available / 2**30:.1f} GiB",
        )
