"""Grammars: GBNF text or a JSON schema, as a native sampler that never aborts the process."""

import ctypes
import json
from typing import Any

from engine.backends.llama_cpp.native import clear_log, library, logged_errors
from engine.backends.llama_cpp.vocab import Vocab
from engine.errors import UserError
from engine.sampling.params import SamplingParams

MAX_GRAMMAR_CHARS = 1 << 20


def grammar_source(params: SamplingParams) -> str:
    """The GBNF that the parameters ask for, empty for none. A grammar wins over a schema.

    Raises `UserError` schema.invalid.
    """
    if params.grammar.strip():
        return params.grammar
    if not params.json_schema.strip():
        return ""
    try:
        schema = json.loads(params.json_schema)
    except ValueError as error:
        raise UserError("schema.invalid", reason=f"it is not JSON ({error})") from error
    if not isinstance(schema, dict | bool):
        raise UserError("schema.invalid", reason="a schema is a JSON object")
    # The converter comes with the library; importing it is as heavy as importing all of it.
    from llama_cpp.llama_grammar import json_schema_to_gbnf  # noqa: PLC0415

    try:
        return str(json_schema_to_gbnf(json.dumps(schema)))
    except (RecursionError, LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
        raise UserError("schema.invalid", reason=str(error) or type(error).__name__) from error


class Grammar:
    """A compiled grammar with the state of the text so far. Raises `UserError` grammar.invalid."""

    def __init__(self, vocab: Vocab, source: str) -> None:
        if len(source) > MAX_GRAMMAR_CHARS:
            raise UserError("grammar.invalid", reason=f"it is longer than {MAX_GRAMMAR_CHARS} characters")
        self._lib = library()
        clear_log()
        self.handle = self._lib.llama_sampler_init_grammar(vocab.handle, source.encode(), b"root")
        if not self.handle:
            reason = "; ".join(logged_errors()[:2]) or "it cannot be parsed, or has no rule “root”"
            raise UserError("grammar.invalid", reason=reason)
        self._one = (self._lib.llama_token_data * 1)()
        self._array = self._lib.llama_token_data_array()
        self._array.data = ctypes.cast(self._one, ctypes.POINTER(self._lib.llama_token_data))

    def allows(self, token: int) -> bool:
        """Whether the text may go on with this token."""
        self._one[0].id, self._one[0].logit, self._one[0].p = token, 1.0, 0.0
        self._array.size, self._array.selected, self._array.sorted = 1, -1, False
        self._lib.llama_sampler_apply(self.handle, ctypes.byref(self._array))
        return bool(self._array.data[0].logit != float("-inf"))

    def restrict(self, array: Any) -> None:
        """Set the score of every forbidden candidate to minus infinity."""
        self._lib.llama_sampler_apply(self.handle, ctypes.byref(array))

    def accept(self, token: int) -> None:
        """Go on; the token must be allowed (llama.cpp aborts otherwise)."""
        self._lib.llama_sampler_accept(self.handle, token)

    def close(self) -> None:
        if self.handle:
            self._lib.llama_sampler_free(self.handle)
            self.handle = None
