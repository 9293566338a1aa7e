"""Values of a conversation: roles, parts, messages. No identity, no storage, no Qt."""

from typing import Literal

from msgspec import Struct

Role = Literal["system", "user", "assistant", "tool"]


class TextPart(Struct, frozen=True, tag="text"):
    """Text as the author wrote it (Markdown for replies)."""

    text: str


class ThinkingPart(Struct, frozen=True, tag="thinking"):
    """Reasoning the model wrote before its answer, without the delimiters."""

    text: str


class AttachmentPart(Struct, frozen=True, tag="attachment"):
    """A text file added to a message; its content goes into the prompt."""

    name: str
    text: str
    media_type: str = "text/plain"


Part = TextPart | ThinkingPart | AttachmentPart


class Message(Struct, frozen=True):
    """One turn. `parts` in reading order."""

    role: Role
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, role: Role, text: str) -> "Message":
        return cls(role=role, parts=(TextPart(text),))

    def text(self) -> str:
        """What the reader sees: text parts joined, without thinking and attachments."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    def prompt_text(self) -> str:
        """What the model reads: attachments first, each fenced under its name, then the text."""
        blocks = [
            f"{part.name}:\n```\n{part.text}\n```" for part in self.parts if isinstance(part, AttachmentPart)
        ]
        blocks.append(self.text())
        return "\n\n".join(block for block in blocks if block)
