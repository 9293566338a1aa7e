"""What candidates and traces cost: tokens per second of the last replies with them and without."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication

from app.models.reply_tokens import ReplyToken
from app.widgets.numbers import rate

Extra = Literal["plain", "candidates", "trace"]
ENOUGH_TOKENS = 12
"""Shorter replies say nothing about speed."""


class TokenCosts:
    """The newest rates; `forget` when another model is loaded."""

    def __init__(self) -> None:
        self._rates: dict[Extra, float] = {}

    def forget(self) -> None:
        self._rates.clear()

    def note(self, tokens: Sequence[ReplyToken], tokens_per_s: float) -> None:
        """A reply is complete."""
        if len(tokens) < ENOUGH_TOKENS or tokens_per_s <= 0:
            return
        traced, listed = any(each.stages for each in tokens), any(each.candidates for each in tokens)
        self._rates["trace" if traced else "candidates" if listed else "plain"] = tokens_per_s

    def sentence(self, extra: Extra) -> str:
        """Both rates where both were measured, else what is missing."""
        translate = QCoreApplication.translate
        some, none = self._rates.get(extra), self._rates.get("plain")
        if some is not None and none is not None:
            text = translate("TokenCosts", "{some} tok/s with, {none} without")
            return text.format(some=rate(some), none=rate(none))
        if some is not None:
            return translate("TokenCosts", "{some} tok/s with").format(some=rate(some))
        if extra == "trace":
            return translate("TokenCosts", "Tracing makes replies slower.")
        return translate("TokenCosts", "Costs a little speed while a reply is written.")
