"""Tokens of a loaded model: text to ids, ids to bytes, which ids are control tokens."""

import ctypes
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from engine.backends.llama_cpp.native import library

_PIECE_BYTES = 1024


class Vocab:
    """A view of `llama_vocab`; valid as long as the model lives."""

    def __init__(self, handle: Any) -> None:
        self._lib = library()
        self.handle = handle
        self.size = int(self._lib.llama_vocab_n_tokens(handle))
        self.bos = int(self._lib.llama_vocab_bos(handle))
        self.eos = int(self._lib.llama_vocab_eos(handle))
        self.adds_bos = bool(self._lib.llama_vocab_get_add_bos(handle))
        self._buffer = ctypes.create_string_buffer(_PIECE_BYTES)
        self._pieces: dict[int, bytes] = {}

    def tokenize(self, text: str, *, add_special: bool, parse_special: bool) -> list[int]:
        """Token ids of `text`. `add_special` adds BOS and the like where the model wants it."""
        data = text.encode("utf-8", "surrogatepass")
        capacity = len(data) + 8
        buffer = (self._lib.llama_token * capacity)()
        count = self._lib.llama_tokenize(
            self.handle, data, len(data), buffer, capacity, add_special, parse_special
        )
        if count < 0:
            buffer = (self._lib.llama_token * -count)()
            count = self._lib.llama_tokenize(
                self.handle, data, len(data), buffer, -count, add_special, parse_special
            )
        tokens: list[int] = buffer[:count]
        return tokens

    def piece(self, token: int) -> bytes:
        """The bytes of one token, control tokens by their text."""
        known = self._pieces.get(token)
        if known is not None:
            return known
        length = self._lib.llama_token_to_piece(self.handle, token, self._buffer, _PIECE_BYTES, 0, True)
        if length < 0:
            large = ctypes.create_string_buffer(-length)
            length = self._lib.llama_token_to_piece(self.handle, token, large, -length, 0, True)
            piece = large.raw[:length]
        else:
            piece = self._buffer.raw[:length]
        self._pieces[token] = piece
        return piece

    def text(self, token: int) -> str:
        """One token for display; bytes that are no text become U+FFFD."""
        return self.piece(token).decode("utf-8", "replace")

    def join(self, tokens: Sequence[int]) -> bytes:
        """The bytes of a sequence."""
        return b"".join(self.piece(token) for token in tokens)

    def is_end(self, token: int) -> bool:
        """Whether the model ends its turn with this token."""
        return bool(self._lib.llama_vocab_is_eog(self.handle, token))

    def is_control(self, token: int) -> bool:
        return bool(self._lib.llama_vocab_is_control(self.handle, token))

    @cached_property
    def special_tokens(self) -> dict[str, int]:
        """Text of every control or user-defined token to its id: what `parse_special` recognises."""
        user_defined = 16  # LLAMA_TOKEN_ATTR_USER_DEFINED
        special: dict[str, int] = {}
        for token in range(self.size):
            attributes = self._lib.llama_vocab_get_attr(self.handle, token)
            if attributes & user_defined or self.is_control(token):
                text = self.piece(token).decode("utf-8", "replace")
                # Runs of blanks are user-defined tokens of some models; they are ordinary text.
                if text.strip():
                    special[text] = token
        return special
