"""Puts a rendered prompt, the messages of the chat and their attention together. Pure."""

from collections.abc import Mapping, Sequence

from app.panels.context_xray.values import ContextRow, ContextSheet
from engine.inspection.context_xray import MessageShare, attention_by_message, context_xray, message_spans
from engine.protocol.values import PromptReport
from engine.store.records import MessageRecord

EXCERPT = 160
DRIFT = 8
"""Tokens by which a reply may have moved and still be at its place: what templates put around turns."""


def make_sheet(
    report: PromptReport,
    path: Sequence[MessageRecord],
    places: Sequence[int],
    kv_bytes_per_token: float,
    attention: Mapping[int, float] | None = None,
) -> ContextSheet:
    """`places`: which message of the path each message of the request is.

    Messages after them are the draft; those of the path that were not sent are left out, too.
    """
    shares = {share.message: share for share in context_xray(report, kv_bytes_per_token, attention)}
    template = shares.pop(-1, None)
    place_of = {place: index for index, place in enumerate(places)}
    rows = []
    for place, record in enumerate(path):
        share = shares.pop(place_of.get(place, -2), None) or left_out(place)
        rows.append(ContextRow(record.id, record.message.role, excerpt(record.message.text()), share))
    by_number = sorted(shares.items())
    texts = _texts(report)
    rows += [ContextRow("", "user", excerpt(texts.get(number, "")), share) for number, share in by_number]
    if template is not None:
        rows.append(ContextRow("", None, "", template))
    return ContextSheet(tuple(rows), report.n_ctx, report.reply_room, kv_bytes_per_token)


def attention_of(
    report: PromptReport, keys: Sequence[float], reply_start: int, reply: int, *, without_first: bool
) -> dict[int, float] | None:
    """What each message of the request receives of the weights by key.

    `reply` is the number of the reply in the request, `reply_start` the position at which it began when the
    weights were read. None where it is not there or begins somewhere else now: then the keys are other
    tokens.
    """
    spans = message_spans(report.segments)
    starts = [span.start for span in spans if span.message == reply]
    if reply < 0 or not starts or abs(starts[0] - reply_start) > DRIFT:
        return None
    sums = attention_by_message(keys, spans, without_first=without_first)
    # Behind the spans lies the end of the reply itself.
    sums[reply] = sums.get(reply, 0.0) + sums.pop(-2, 0.0)
    return sums


def left_out(place: int) -> MessageShare:
    """A message that was not even sent, because it could not have fitted."""
    return MessageShare(place, "user", 0, 0, 0, 0, float("nan"), 0.0, dropped=True)


def excerpt(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text[: 4 * EXCERPT].split())
    return line if len(line) <= EXCERPT else line[:EXCERPT] + "…"


def _texts(report: PromptReport) -> dict[int, str]:
    texts: dict[int, str] = {}
    for segment in report.segments:
        if segment.message >= 0:
            texts[segment.message] = texts.get(segment.message, "") + segment.text
    return texts
