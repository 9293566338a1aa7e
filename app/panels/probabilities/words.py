"""What is said of a token, in words."""

import math

from PySide6.QtCore import QCoreApplication

from app.models.reply_tokens import ReplyToken
from app.widgets.numbers import decimal


def share(p: float) -> str:
    """A probability as a percentage, with as many digits as it needs: 41.2 %, 0.03 %."""
    if math.isnan(p):
        return "–"
    percent = p * 100
    if percent >= 99.95:
        return "100 %"
    digits = 1 if percent >= 1 else 2 if percent >= 0.01 else 4
    return f"{decimal(percent, digits)} %"


def token_sentence(token: ReplyToken, index: int, count: int) -> str:
    """For tooltips and screen readers."""
    translate = QCoreApplication.translate
    text = translate("Tokens", "Token {number} of {count}: “{text}”").format(
        number=index + 1, count=count, text=token.label
    )
    if math.isnan(token.logprob):
        return text
    facts = translate("Tokens", "probability {p}, rank {rank}, surprise {nats} nats").format(
        p=share(token.p), rank=token.rank + 1, nats=decimal(token.surprise, 2)
    )
    return f"{text}\n{facts}"
