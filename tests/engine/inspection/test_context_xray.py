"""Shares of messages in a context."""

import math

import pytest

from engine.inspection.context_xray import attention_by_message, context_xray, message_spans
from engine.protocol.values import PromptReport, Segment

SEGMENTS = (
    Segment("special", "<s>", -1, 1),
    Segment("system", "Be brief.", 0, 3),
    Segment("template", "\n", -1, 1),
    Segment("user", "Hi", 2, 2),
    Segment("user", " there", 2, 2),
    Segment("template", "assistant\n", -1, 1),
)
REPORT = PromptReport(
    n_ctx=64,
    total=10,
    system=3,
    history=4,
    reply_room=16,
    reused=0,
    dropped=(1,),
    per_message=(3, 0, 4),
    segments=SEGMENTS,
)
ROW = [0.4, 0.1, 0.1, 0.05, 0.05, 0.1, 0.0, 0.05, 0.0, 0.05, 0.06, 0.04]
"""Attention of a reply's second token: ten of the prompt, two of the reply."""


def test_spans() -> None:
    assert [tuple(span) for span in message_spans(SEGMENTS)] == [
        (-1, "special", 0, 1),
        (0, "system", 1, 4),
        (-1, "template", 4, 5),
        (2, "user", 5, 9),
        (-1, "template", 9, 10),
    ]


def test_attention() -> None:
    sums = attention_by_message(ROW, message_spans(SEGMENTS))
    assert sums == pytest.approx({-1: 0.5, 0: 0.25, 2: 0.15, -2: 0.1})
    without = attention_by_message(ROW, message_spans(SEGMENTS), without_first=True)
    assert without == pytest.approx({-1: 0.1, 0: 0.25, 2: 0.15, -2: 0.1})


def test_shares() -> None:
    attention = attention_by_message(ROW, message_spans(SEGMENTS))
    system, dropped, user, template = context_xray(REPORT, 100.5, attention)
    assert (system.message, system.tokens, system.kv_bytes) == (0, 3, 302)
    assert (dropped.message, dropped.dropped, dropped.tokens, dropped.kv_bytes) == (1, True, 0, 0)
    assert (user.message, user.start, user.end, user.tokens) == (2, 5, 9, 4)
    assert user.attention == pytest.approx(0.15)
    assert user.per_token == pytest.approx(0.15 / 4)
    assert (template.message, template.tokens) == (-1, 3)
    assert sum(one.tokens for one in (system, user, template)) == REPORT.total


def test_before_any_reply_attention_is_unknown() -> None:
    assert all(math.isnan(one.attention) for one in context_xray(REPORT, 1.0))
