"""Which stretches of a rendered conversation the model would have written itself.

A template is a program and does not say. So beginnings of the conversation are rendered: with the messages
before a reply and the generation prompt, the text ends where the model would start to write; with the reply,
it ends after the turn. The difference is the answer, the token that ends the turn included. Templates that
write earlier turns differently once more turns follow (some drop old reasoning) have no such beginnings;
for them the reply's own text is searched, as the prompt's segments say.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from engine.messages import Message
from engine.text.prompt import RenderedPrompt
from engine.text.special_tokens import SpecialTokens

Render = Callable[[Sequence[Message], bool], RenderedPrompt]
"""`render(messages, add_generation_prompt)`."""


class Span(NamedTuple):
    """Characters of the rendered text."""

    start: int
    end: int


def answer_spans(
    messages: Sequence[Message],
    full: RenderedPrompt,
    render: Render,
    special: SpecialTokens,
    *,
    after: int = 0,
) -> list[Span]:
    """One span for each reply from message `after` on that is in the text, from left to right.

    `full` is the whole conversation, rendered without a generation prompt.
    """
    spans: list[Span] = []
    for index in range(after, len(messages)):
        if messages[index].role != "assistant" or not messages[index].prompt_text().strip():
            continue
        span = _by_beginnings(messages, index, full, render) or _by_segments(full, index)
        if span is None:
            continue
        span = Span(span.start, _end_of_turn(full.text, span, special))
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return spans


def _by_beginnings(
    messages: Sequence[Message], index: int, full: RenderedPrompt, render: Render
) -> Span | None:
    before = render(messages[:index], True).text
    last = index == len(messages) - 1
    upto = full.text if last else render(messages[: index + 1], False).text
    if len(upto) > len(before) and full.text.startswith(upto) and upto.startswith(before):
        return Span(len(before), len(upto))
    return None


def _by_segments(full: RenderedPrompt, index: int) -> Span | None:
    """The reply's text and the control token after it, with the blank space between them."""
    start = stop = -1
    position = 0
    for segment in full.segments:
        end = position + len(segment.text)
        if segment.message == index:
            start = position if start < 0 else start
            stop = end
        elif start >= 0 and segment.kind == "special":
            stop = end
            break
        elif start >= 0 and segment.text.strip():
            break
        position = end
    return Span(start, stop) if start >= 0 else None


def _end_of_turn(text: str, span: Span, special: SpecialTokens) -> int:
    """The end of the control token that closes the turn; blank space after it is the template's."""
    stretch = text[span.start : span.end]
    closing = [end for _, end in special.find(stretch) if not stretch[end:].strip()]
    return span.start + closing[0] if closing else span.end
