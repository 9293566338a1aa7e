"""Incremental parsing of a reply that is being written.

Only the text after the last final block is parsed again. A block is final when the complete lines
after it start another block: CommonMark then never goes back. An unfinished last line is shown but
decides nothing ("2." may become "2.5"). Whatever the chunks, the result equals `parse` of the whole.
"""

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

from app.markdown.blocks import Block, CodeBlock
from app.markdown.grammar import OPEN_END, block_tokens
from app.markdown.parse import grammar, normalise, parse_normalised

_FENCE = re.compile(r"(`{3,})[^`\n]*$|(~{3,})[^\n]*$")
# A last line that consists of markers only could turn the paragraph above into a heading and back.
_UNDECIDED = re.compile(r"[ \t]*(?:[-*+=#>`~_|$\\:. \t]+|\d{1,9}[.)]?[ \t]*|[-*+][ \t]+\[[ xX]?\]?)$")


@dataclass
class _OpenFence:
    """A code fence at the left margin that has not been closed: lines are only appended."""

    header: str
    language: str
    closer: re.Pattern[str]
    lines: list[str] = field(default_factory=list)

    def block(self, partial: str = "") -> CodeBlock:
        lines = [*self.lines, partial] if partial.strip(" \t") else self.lines
        return CodeBlock("\n".join(lines), self.language)


class StreamParser:
    """Feed chunks; read `closed` (only ever appended to) and `open` (may change with each chunk)."""

    def __init__(self, *, literal: bool = False) -> None:
        self.closed: list[Block] = []
        self.open: list[Block] = []
        self._literal = literal
        self._tail = ""
        self._held = ""  # a carriage return whose line feed may be in the next chunk
        self._fence: _OpenFence | None = None
        self._number: int | None = None  # of the first item in the tail, when its list began earlier

    def feed(self, chunk: str) -> None:
        """Take the next characters and bring `closed` and `open` up to date."""
        chunk = self._held + chunk
        self._held = "\r" if chunk.endswith("\r") else ""
        self._append(chunk.removesuffix("\r"))
        self._refresh()

    def finish(self) -> list[Block]:
        """The text is complete: all blocks, final."""
        self._append(self._held)
        self._held = ""
        if self._fence:
            is_closer = self._fence.closer.match(self._tail)
            self.closed.append(self._fence.block("" if is_closer else self._tail))
        else:
            self.closed += self._parse(self._tail)
        self._fence, self._tail, self._number, self.open = None, "", None, []
        return self.closed

    def _append(self, raw: str) -> None:
        text = normalise(raw)
        self._tail += text
        if "\n" in text:
            self._freeze()

    def _parse(self, text: str) -> list[Block]:
        return parse_normalised(text, literal=self._literal, first_number=self._number)

    def _refresh(self) -> None:
        if self._fence:
            partial = "" if re.match(r" {0,3}[`~]", self._tail) else self._tail
            self.open = [self._fence.block(partial)]
        else:
            self.open = self._parse(_decided(self._tail))

    def _freeze(self) -> None:
        """Move everything final from the tail to `closed`."""
        while True:
            if self._fence and not self._read_fence(self._fence):
                return
            complete = self._tail[: self._tail.rfind("\n") + 1]
            if not complete.strip() or self._is_one_quote(complete):
                return
            tokens = block_tokens(grammar(self._literal), complete)
            groups = [t for t in tokens if t.level == 0 and t.nesting >= 0 and t.map]
            if groups and groups[-1].meta.get(OPEN_END):
                groups.pop()  # may turn out to be text of the paragraph above
            if not groups:
                return
            lines = complete.split("\n")
            self._cut_before_last(tokens, groups, lines)
            if not self._enter_fence(groups[-1], lines):
                return

    def _is_one_quote(self, complete: str) -> bool:
        """Spares reading a long quote twice a frame: nothing in it can be final."""
        if self._literal or complete[0] != ">":
            return False
        return complete.count("\n>") + 1 == complete.count("\n")

    def _cut_before_last(self, tokens: list[Token], groups: list[Token], lines: list[str]) -> None:
        last = groups[-1]
        start, number = _line(last), None
        if last.type in ("bullet_list_open", "ordered_list_open"):
            items = [t for t in tokens if t.level == 1 and t.type == "list_item_open" and _line(t) >= start]
            first = last.attrGet("start")
            number = int(first) if first is not None else 1
            if len(groups) == 1 and self._number is not None:
                number = self._number
            number += len(items) - 1
            start = _line(items[-1])
        if start == 0:
            return
        head = "\n".join(lines[:start]) + "\n"
        self.closed += self._parse(head)
        self._tail = self._tail[len(head) :]
        self._number = number

    def _enter_fence(self, last: Token, lines: list[str]) -> bool:
        header = lines[_line(last)]
        match = _FENCE.match(header) if last.type == "fence" else None
        if not match:
            return False
        mark = match.group(1) or match.group(2)
        closer = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
        empty = self._parse(header)[0]
        language = empty.language if isinstance(empty, CodeBlock) else ""
        self._fence = _OpenFence(header, language, closer)
        self._tail = self._tail[len(header) + 1 :]
        self._number = None
        return True

    def _read_fence(self, fence: _OpenFence) -> bool:
        """Take complete lines into the fence; True when it was closed."""
        *complete, partial = self._tail.split("\n")
        for at, line in enumerate(complete):
            if fence.closer.match(line):
                self.closed.append(fence.block())
                self._fence = None
                self._tail = "\n".join([*complete[at + 1 :], partial])
                return True
            fence.lines.append(line)
        self._tail = partial
        return False


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _decided(tail: str) -> str:
    """The tail without a last line, or the start of a table, that would flicker if shown now."""
    head, line_feed, last = tail.rpartition("\n")
    if _UNDECIDED.match(last):
        tail = head + line_feed
        last = ""
    lines = tail.rstrip("\n").split("\n")
    if not last and lines and _is_lone_row(lines) and not tail.endswith("\n\n"):
        return "\n".join(lines[:-1])
    if last.lstrip().startswith("|") and _is_lone_row(lines):
        return head + line_feed
    return tail


def _is_lone_row(lines: list[str]) -> bool:
    """The last line looks like the header of a table whose delimiter row has not come."""
    row = lines[-1].lstrip()
    before = lines[-2].lstrip() if len(lines) > 1 else ""
    return row.startswith("|") and not before.startswith("|")
