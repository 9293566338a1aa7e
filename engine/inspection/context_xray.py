"""What the context is made of: KV bytes of each message, the attention it receives, what was dropped."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from engine.protocol.values import PromptReport, Segment, SegmentKind


class MessageShare(NamedTuple):
    """One message, or the template's own tokens (`message` -1).

    `kind`: of its first segment. `start` and `end`: its tokens in the prompt; several stretches of template
    are added up, so their `start` and `end` only enclose them. `kv_bytes`: what it takes in the KV cache.
    `attention`: the share of the reply's attention that it received, NaN while unknown; `per_token` the same
    divided by its length. `dropped`: left out by the overflow policy, so it takes and receives nothing.
    """

    message: int
    kind: SegmentKind
    start: int
    end: int
    tokens: int
    kv_bytes: int
    attention: float
    per_token: float
    dropped: bool


class TokenSpan(NamedTuple):
    """Tokens `start` up to `end` that belong to `message`."""

    message: int
    kind: SegmentKind
    start: int
    end: int


def message_spans(segments: Sequence[Segment]) -> list[TokenSpan]:
    """Where the segments of a rendered prompt are, in tokens; neighbours of one message joined."""
    spans: list[TokenSpan] = []
    at = 0
    for segment in segments:
        end = at + segment.tokens
        if spans and spans[-1].message == segment.message and segment.message >= 0:
            spans[-1] = spans[-1]._replace(end=end)
        elif segment.tokens:
            spans.append(TokenSpan(segment.message, segment.kind, at, end))
        at = end
    return spans


def attention_by_message(
    attention: Sequence[float], spans: Sequence[TokenSpan], *, without_first: bool = False
) -> dict[int, float]:
    """Sums of the weights over the keys `[key]` of each message; the template under -1.

    The rest, what lies behind the spans (the reply itself), is under -2. `without_first` leaves the first
    token out: it collects attention that nothing else got (the sink), and says little about its message.
    """
    sums: dict[int, float] = {}
    covered = 0.0
    begin = 1 if without_first else 0
    for span in spans:
        mass = float(sum(attention[max(span.start, begin) : span.end]))
        sums[span.message] = sums.get(span.message, 0.0) + mass
        covered += mass
    whole = float(sum(attention[begin:]))
    sums[-2] = max(0.0, whole - covered)
    return sums


def context_xray(
    report: PromptReport, kv_bytes_per_token: float, attention: Mapping[int, float] | None = None
) -> list[MessageShare]:
    """Every message of the request in its order, then the template (-1).

    `report` must have its segments (`MeasurePrompt` with `segments`). `attention`: sums by message, as
    `attention_by_message` gives them; shares are taken of their total.
    """
    by_message: dict[int, list[TokenSpan]] = {}
    for span in message_spans(report.segments):
        by_message.setdefault(span.message, []).append(span)
    dropped = set(report.dropped)
    total = sum(attention.values()) if attention else 0.0
    order = [*sorted({*dropped, *(number for number in by_message if number >= 0)}), -1]
    return [
        _share(number, by_message.get(number, []), kv_bytes_per_token, attention, total, dropped)
        for number in order
        if number >= 0 or by_message.get(-1)
    ]


def _share(
    number: int,
    spans: Sequence[TokenSpan],
    kv_bytes_per_token: float,
    attention: Mapping[int, float] | None,
    total: float,
    dropped: Collection[int],
) -> MessageShare:
    tokens = sum(span.end - span.start for span in spans)
    received = attention.get(number, 0.0) / total if attention and total > 0 else float("nan")
    return MessageShare(
        message=number,
        kind=spans[0].kind if spans else "user",
        start=spans[0].start if spans else 0,
        end=spans[-1].end if spans else 0,
        tokens=tokens,
        kv_bytes=round(tokens * kv_bytes_per_token),
        attention=received,
        per_token=received / tokens if tokens else 0.0,
        dropped=number in dropped,
    )
