"""Stored messages as the transcript shows them."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QObject

from app.widgets.transcript.message import TranscriptMessage
from engine.messages import AttachmentPart, Message, Role, ThinkingPart
from engine.protocol.values import GenerationMetrics
from engine.store.records import MessageRecord

Footer = tuple[tuple[str, str], ...]


class TranscriptCounts(QObject):
    """Counted texts: lupdate finds their plural forms in `tr` only."""

    def tokens(self, count: int) -> str:
        return self.tr("%Ln token(s)", "", count)


def rows_of(path: Sequence[MessageRecord], dropped: Collection[str] = ()) -> list[TranscriptMessage]:
    """The active path of a chat; `dropped` are ids that the overflow policy leaves out of the prompt."""
    return [row_of(record, dropped=record.id in dropped) for record in path]


def row_of(
    record: MessageRecord, *, text: str | None = None, thinking: str | None = None, dropped: bool = False
) -> TranscriptMessage:
    """One message; `text` and `thinking` replace what is stored while a reply streams."""
    message = record.message
    return TranscriptMessage(
        id=record.id,
        role=message.role,
        text=message.text() if text is None else text,
        thinking=thinking_of(message) if thinking is None else thinking,
        attachments=tuple(part.name for part in message.parts if isinstance(part, AttachmentPart)),
        author=author_of(message.role, record.model_name),
        badge=badge_of(record.model_name),
        footer=footer_of(record),
        version=record.version,
        versions=len(record.version_ids),
        streaming=record.status == "streaming",
        error=error_of(record),
        dropped=dropped,
    )


def thinking_of(message: Message) -> str:
    """The reasoning before the answer."""
    return "\n\n".join(part.text for part in message.parts if isinstance(part, ThinkingPart))


def author_of(role: Role, model_name: str) -> str:
    """Who wrote it, for people."""
    translate = QCoreApplication.translate
    match role:
        case "user":
            return translate("Transcript", "You")
        case "assistant":
            return short_model_name(model_name) or translate("Transcript", "Assistant")
        case "system":
            return translate("Transcript", "System")
        case "tool":
            return translate("Transcript", "Tool")


_QUANTIZATIONS = ("Q2_", "Q3_", "Q4_", "Q5_", "Q6_", "Q8_", "IQ1_", "IQ2_", "IQ3_", "IQ4_", "TQ1_", "TQ2_")
_PLAIN_TYPES = ("F16", "BF16", "F32")


@lru_cache(maxsize=256)
def badge_of(model_name: str) -> str:
    """The quantization that a file name ends with: “…-Q4_K_M” gives “Q4_K_M”, else ""."""
    for separator in ("-", ".", " "):
        _, found, tail = model_name.rpartition(separator)
        upper = tail.upper()
        if found and (upper.startswith(_QUANTIZATIONS) or upper in _PLAIN_TYPES):
            return upper
    return ""


@lru_cache(maxsize=256)
def short_model_name(model_name: str) -> str:
    """The name without its quantization and file ending."""
    name = model_name.removesuffix(".gguf")
    badge = badge_of(name)
    return name[: -len(badge)].rstrip("-. ") if badge else name


def footer_of(record: MessageRecord) -> Footer:
    """The figures under a reply."""
    if record.status == "streaming":
        return ()
    translate = QCoreApplication.translate
    rows = (*thumb_of(record), *(metrics_footer(record.metrics) if record.metrics else ()))
    if record.status == "cancelled":
        return (*rows, ("circle-stop", translate("Transcript", "stopped")))
    if record.finish_reason == "length":
        return (*rows, ("scissors", translate("Transcript", "length limit")))
    if record.finish_reason == "context":
        return (*rows, ("scissors", translate("Transcript", "context full")))
    return rows


def thumb_of(record: MessageRecord) -> Footer:
    """What the user thinks of a reply."""
    translate = QCoreApplication.translate
    if record.rating > 0:
        return (("thumbs-up", translate("Transcript", "good")),)
    return (("thumbs-down", translate("Transcript", "bad")),) if record.rating < 0 else ()


def metrics_footer(metrics: GenerationMetrics) -> Footer:
    """Speed, time to the first token and length, each with its icon."""
    translate = QCoreApplication.translate
    rows = []
    if metrics.output_tps > 0:
        rate = translate("Transcript", "{rate} tok/s").format(rate=f"{metrics.output_tps:.1f}")
        rows.append(("gauge", rate))
    if metrics.ttft_ms > 0:
        wait = translate("Transcript", "{time} to first token").format(time=duration(metrics.ttft_ms))
        rows.append(("timer", wait))
    rows.append(("hash", TranscriptCounts().tokens(metrics.output_tokens)))
    return tuple(rows)


def duration(milliseconds: float) -> str:
    """“184 ms”, “2.3 s”."""
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def error_of(record: MessageRecord) -> str:
    """Why a reply is not whole."""
    translate = QCoreApplication.translate
    if record.status == "failed":
        return record.error or translate("Transcript", "This reply failed.")
    if record.status == "interrupted":
        return translate("Transcript", "This reply was cut off when the program ended. Continue picks it up.")
    return ""
