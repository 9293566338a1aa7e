"""Separates what a model reasons from what it answers while the reply streams."""

from typing import Literal, NamedTuple

Kind = Literal["thinking", "text"]
Piece = tuple[Kind, str]


class ThinkingTags(NamedTuple):
    """What opens and closes a stretch of reasoning."""

    opening: str
    closing: str


KNOWN_TAGS: tuple[ThinkingTags, ...] = (
    ThinkingTags("<think>", "</think>"),
    ThinkingTags("<thinking>", "</thinking>"),
    ThinkingTags("<thought>", "</thought>"),
    ThinkingTags("<seed:think>", "</seed:think>"),
    ThinkingTags("[THINK]", "[/THINK]"),
)


def opened_by(prompt: str) -> ThinkingTags | None:
    """The tags whose opening one ends the prompt: the reply then begins inside the reasoning."""
    end = prompt.rstrip()
    return next((tags for tags in KNOWN_TAGS if end.endswith(tags.opening)), None)


class ThinkingSplitter:
    """Splits streamed text into ("thinking" | "text", stretch) pieces; tags may be cut anywhere.

    Reasoning is recognised only at the beginning of a reply, as models write it: a reply that *talks about*
    `<think>` keeps its words. Blank space next to the tags belongs to the tags and is dropped; a reply
    without reasoning passes unchanged. `inside`: the prompt already opened the reasoning.
    """

    def __init__(self, inside: ThinkingTags | None = None) -> None:
        self._tags = inside or KNOWN_TAGS[0]
        self._state: Literal["start", "inside", "after", "text"] = "inside" if inside else "start"
        self._held = ""
        self._emitted = False

    def feed(self, text: str) -> list[Piece]:
        """The pieces that are certain now, in order; none of them empty."""
        self._held += text
        pieces: list[Piece] = []
        while self._step(pieces):
            pass
        return pieces

    def finish(self) -> list[Piece]:
        """The rest: nothing follows."""
        rest, self._held = self._held, ""
        if self._state == "inside":
            rest = rest.strip() if not self._emitted else rest.rstrip()
            return [("thinking", rest)] if rest else []
        if self._state == "after":
            rest = rest.lstrip()
        return [("text", rest)] if rest else []

    def _step(self, pieces: list[Piece]) -> bool:
        """One change of state; False when more text is needed."""
        if self._state == "start":
            return self._open()
        if self._state == "inside":
            return self._inside(pieces)
        if self._state == "after":
            self._held = self._held.lstrip()
            if self._held:
                self._state = "text"
            return bool(self._held)
        if self._held:
            pieces.append(("text", self._held))
            self._held = ""
        return False

    def _open(self) -> bool:
        start = self._held.lstrip()
        for tags in KNOWN_TAGS:
            if start.startswith(tags.opening):
                self._tags, self._state = tags, "inside"
                self._held = start[len(tags.opening) :]
                return True
        if any(tags.opening.startswith(start) for tags in KNOWN_TAGS):
            return False
        self._state = "text"
        return True

    def _inside(self, pieces: list[Piece]) -> bool:
        if not self._emitted:
            self._held = self._held.lstrip()
        before, closing, after = self._held.partition(self._tags.closing)
        shown = before.rstrip()
        if not closing:
            shown = before[: len(before) - _held_back(before, self._tags.closing)]
        if shown:
            pieces.append(("thinking", shown))
            self._emitted = True
        if closing:
            self._held, self._state = after, "after"
        else:
            self._held = before[len(shown) :]
        return bool(closing)


def _held_back(text: str, closing: str) -> int:
    """How many characters at the end may belong to the closing tag or to the blank space before it."""
    longest = min(len(closing) - 1, len(text))
    tag = next((size for size in range(longest, 0, -1) if text.endswith(closing[:size])), 0)
    body = text[: len(text) - tag]
    return tag + len(body) - len(body.rstrip())


def join_thinking(thinking: str, answer: str, tags: ThinkingTags, *, opened: bool, closed: bool) -> str:
    """The text a model would have written: the inverse of the splitter.

    `opened`: the prompt already holds the opening tag. `closed`: False for reasoning that was interrupted.
    """
    text = thinking if opened else f"{tags.opening}\n{thinking}"
    return f"{text}\n{tags.closing}\n\n{answer}" if closed else text
