"""The active path as Markdown for people to read."""

import re
from collections.abc import Iterator
from datetime import datetime

from engine.messages import AttachmentPart, Message, Role, TextPart, ThinkingPart
from engine.store.records import MessageRecord, SessionRecord

_NAMES: dict[Role, str] = {
    "system": "System",
    "user": "User",
    "assistant": "Assistant",
    "tool": "Tool",
}


def markdown_pieces(session: SessionRecord, path: list[MessageRecord]) -> Iterator[str]:
    """A heading for the chat and one for each message, texts as they were written."""
    yield f"# {session.title or 'Chat'}\n"
    if session.settings.prompt.system:
        yield f"\n## System prompt\n\n{session.settings.prompt.system}\n"
    for record in path:
        # Without a zone of its own the reader wants local time.
        written = datetime.fromtimestamp(record.created_ms / 1000).astimezone().strftime("%Y-%m-%d %H:%M")
        author = record.model_name if record.message.role == "assistant" else ""
        heading = " · ".join(each for each in (_NAMES[record.message.role], author, written) if each)
        yield f"\n## {heading}\n\n{_body(record.message)}\n"


def _body(message: Message) -> str:
    blocks = []
    for part in message.parts:
        match part:
            case TextPart(text):
                blocks.append(text.strip("\n"))
            case ThinkingPart(text):
                quoted = "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())
                blocks.append(f"> *Thinking*\n>\n{quoted}")
            case AttachmentPart(name, text):
                fence = _fence(text)
                blocks.append(f"`{name}`:\n\n{fence}\n{text.rstrip()}\n{fence}")
    return "\n\n".join(block for block in blocks if block)


def _fence(text: str) -> str:
    """A code fence longer than any in the text."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    return "`" * (longest + 1)
