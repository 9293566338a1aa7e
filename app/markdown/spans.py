"""Inline tokens to spans."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from markdown_it.token import Token

from app.markdown.blocks import Mark, Span, SpanKind

_SCHEMES = {"http", "https", "mailto"}
_MARKS = {"strong": Mark.BOLD, "em": Mark.ITALIC, "s": Mark.STRIKE}
_URL = re.compile(r"https?://[^\s<>\"'`|\\^{}\u3000-\u303f\uff00-\uffef]+")
_TRAILING = ".,;:!?)]*_~'\""


def safe_href(href: str) -> str:
    """The address if it is one that may be offered to open, else an empty text."""
    try:
        return href if urlsplit(href).scheme.lower() in _SCHEMES else ""
    except ValueError:
        return ""


def build_spans(tokens: Iterable[Token], *, keep_breaks: bool = False) -> tuple[Span, ...]:
    """Spans of one inline run; neighbours with the same look are joined.

    `keep_breaks`: a line feed in the source stays one (typed text), else it becomes a space.
    """
    spans: list[Span] = []
    marks, hrefs = Mark.NONE, [""]
    for token in tokens:
        if token.type == "text":
            _add_text(spans, token.content, marks, hrefs[-1])
        elif token.type == "code_inline":
            _add(spans, Span(token.content, marks | Mark.CODE, hrefs[-1]))
        elif token.type in ("softbreak", "hardbreak"):
            line_break = keep_breaks or token.type == "hardbreak"
            _add(spans, Span("\n" if line_break else " ", marks, hrefs[-1]))
        elif token.type == "math_inline":
            kind: SpanKind = "display_math" if token.markup in ("$$", "\\[") else "math"
            spans.append(Span(token.content, marks, hrefs[-1], kind, token.info))
        elif token.type == "image":
            href = safe_href(str(token.attrGet("src") or ""))
            spans.append(Span(token.content or href, marks, href, "image", token.content or href))
        elif token.type == "link_open":
            hrefs.append(safe_href(str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            hrefs.pop()
        elif token.tag in _MARKS:
            mark = _MARKS[token.tag]
            marks = marks | mark if token.nesting > 0 else marks & ~mark
    return tuple(spans)


def _add_text(spans: list[Span], text: str, marks: Mark, href: str) -> None:
    if href or "://" not in text:
        _add(spans, Span(text, marks, href))
        return
    at = 0
    for match in _URL.finditer(text):
        url = match.group().rstrip(_TRAILING)
        _add(spans, Span(text[at : match.start()], marks))
        _add(spans, Span(url, marks, safe_href(url)))
        at = match.start() + len(url)
    _add(spans, Span(text[at:], marks))


def _add(spans: list[Span], span: Span) -> None:
    if not span.text:
        return
    last = spans[-1] if spans else None
    if last and (last.kind, last.marks, last.href) == ("text", span.marks, span.href):
        spans[-1] = Span(last.text + span.text, span.marks, span.href)
    else:
        spans.append(span)
