"""What the transcript shows: values from the page, no identity with the store."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["system", "user", "assistant", "tool", "document"]
"""A “document” is a text without a speaker: no avatar, no name, no actions."""


@dataclass(frozen=True, slots=True)
class TranscriptMessage:
    """One message.

    `footer`: pairs of icon name and text. `error`: what went wrong and what to do, shown in a strip.
    `dropped`: older than what the context sent to the model holds. `attachments`: file names.
    """

    id: str
    role: Role
    text: str
    thinking: str = ""
    attachments: tuple[str, ...] = ()
    author: str = ""
    badge: str = ""
    footer: tuple[tuple[str, str], ...] = ()
    version: int = 1
    versions: int = 1
    streaming: bool = False
    error: str = ""
    dropped: bool = False
    thinking_seconds: float | None = None
    thinking_open: bool = False
