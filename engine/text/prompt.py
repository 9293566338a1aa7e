"""Messages become the prompt a model reads, cut into pieces to tokenize and into segments to show."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from engine.errors import BugError, UserError
from engine.messages import AttachmentPart, Message, TextPart
from engine.protocol.values import PromptOptions, SegmentKind
from engine.text.segments import (
    PromptSegment,
    Signs,
    Span,
    make_segments,
    spans_by_prefixes,
    spans_by_signs,
)
from engine.text.special_tokens import PromptPiece, SpecialTokens, unused_characters
from engine.text.template import ChatTemplate, TemplateMessage, TemplateRefused
from engine.text.thinking import KNOWN_TAGS, ThinkingTags, opened_by
from engine.text.turns import Turn, TurnPart, make_turns, repairs, thinking_of


class RenderedPrompt(NamedTuple):
    """The prompt: `text` equals all `pieces` joined and all `segments` joined.

    `thinking`: the tags of the reasoning in which the reply begins, because the prompt ends inside it.
    """

    text: str
    pieces: tuple[PromptPiece, ...]
    segments: tuple[PromptSegment, ...]
    thinking: ThinkingTags | None = None


class _Rendering(NamedTuple):
    """Output of the template (markers inside) and the places of the contents in it without markers."""

    marked: str
    spans: list[Span]


def render_prompt(
    template: ChatTemplate | None,
    messages: Sequence[Message],
    options: PromptOptions,
    special_tokens: Mapping[str, int] | SpecialTokens,
    *,
    continue_final: bool | None = None,
    add_generation_prompt: bool = True,
    now: datetime | None = None,
) -> RenderedPrompt:
    """Render a conversation.

    `special_tokens`: the texts of the vocabulary's control tokens (pass a `SpecialTokens` to build it once).
    Inside messages they stay plain text. `continue_final`: the last message is an unfinished reply; by
    default it is when it is the assistant's. Raw (`options.raw`, or no template): system text and
    messages joined as they are; control tokens that the user typed count as such there, in attachments
    they do not. Raises `UserError` template.broken, template.limit.
    """
    special = special_tokens if isinstance(special_tokens, SpecialTokens) else SpecialTokens(special_tokens)
    if template is None or options.raw:
        return _render_raw(messages, options, special)
    continued = messages[-1] if messages and messages[-1].role == "assistant" else None
    if continue_final is False:
        continued = None
    head = list(messages[:-1]) if continued is not None else list(messages)
    worker = _TemplateRun(template, messages, options, special, now)
    generation_prompt = add_generation_prompt or continued is not None
    rendering = worker.render(make_turns(head, options.system), generation_prompt)
    thinking = opened_by(rendering.marked)
    if continued is not None:
        rendering, thinking = worker.append_reply(rendering, continued, len(messages) - 1)
    return _finished(rendering, worker.marker, special, thinking)


def _finished(
    rendering: _Rendering, marker: str, special: SpecialTokens, thinking: ThinkingTags | None
) -> RenderedPrompt:
    pieces = special.cut(rendering.marked, marker)
    text = "".join(piece.text for piece in pieces)
    return RenderedPrompt(text, pieces, make_segments(text, rendering.spans, special), thinking)


class _TemplateRun:
    """One template on one conversation, with characters for markers and signs that occur in neither."""

    def __init__(
        self,
        template: ChatTemplate,
        messages: Sequence[Message],
        options: PromptOptions,
        special: SpecialTokens,
        now: datetime | None,
    ) -> None:
        self._template = template
        self._options = options
        self._special = special
        self._now = now or datetime.now().astimezone()
        texts = [message.prompt_text() + thinking_of(message) for message in messages]
        free = unused_characters(4, [*texts, options.system, template.source])
        self.marker = free[0]
        self._signs = Signs(*free[1:])

    def render(self, turns: list[Turn], generation_prompt: bool) -> _Rendering:
        """Tries the conversation as it is, then adapted to what the template takes."""
        if not turns:
            return _Rendering(self._render_empty(generation_prompt), [])
        refused: UserError | None = None
        kept: _Rendering | None = None
        for candidate in repairs(turns):
            try:
                rendering = self._attempt(candidate, generation_prompt)
            except TemplateRefused as error:
                refused = refused or error
                continue
            if _system_kept(candidate, rendering.spans):
                return rendering
            kept = kept or rendering
        if kept is not None:
            return kept
        raise refused or BugError("no way of rendering was tried")

    def append_reply(
        self, head: _Rendering, reply: Message, index: int
    ) -> tuple[_Rendering, ThinkingTags | None]:
        """The text of an unfinished reply where the model would go on, without an end of turn.

        The tags say whether the reply goes on inside its reasoning.
        """
        thinking, answer = thinking_of(reply), reply.prompt_text()
        opened = opened_by(head.marked)
        tags = opened or self._tags()
        parts: list[TurnPart] = []
        if thinking:
            before = "" if opened else f"{tags.opening}\n"
            parts += [TurnPart("template", before, -1), TurnPart("prefill", thinking, index)]
        if answer:
            between = f"\n{tags.closing}\n\n" if thinking or opened else ""
            parts += [TurnPart("template", between, -1), TurnPart("prefill", answer, index)]
        marked = head.marked
        spans = list(head.spans)
        position = len(marked.replace(self.marker, ""))
        for part in parts:
            spans.append(Span(position, position + len(part.text), part))
            position += len(part.text)
            marked += part.text if part.kind == "template" else self._special.mark(part.text, self.marker)
        inside = tags if not answer and (thinking or opened) else None
        return _Rendering(marked, spans), inside

    def _tags(self) -> ThinkingTags:
        known = (tags for tags in KNOWN_TAGS if tags.opening in self._template.source)
        return next(known, KNOWN_TAGS[0])

    def _attempt(self, turns: list[Turn], generation_prompt: bool) -> _Rendering:
        marked = self._run(turns, generation_prompt)
        plain = marked.replace(self.marker, "")
        parts = [part for turn in turns for part in turn.parts]
        try:
            signed = self._run(turns, generation_prompt, signed=True).replace(self.marker, "")
        except UserError:
            signed = ""
        spans = spans_by_signs(signed, plain, self._signs, parts)
        if spans is None:
            spans = spans_by_prefixes(plain, turns, self._plain_prefix)
        return _Rendering(marked, spans)

    def _plain_prefix(self, turns: Sequence[Turn]) -> str:
        return self._run(turns, False).replace(self.marker, "")

    def _run(self, turns: Sequence[Turn], generation_prompt: bool, *, signed: bool = False) -> str:
        messages: list[TemplateMessage] = []
        number = 0
        for turn in turns:
            content: list[str] = []
            for part in turn.parts:
                text = self._special.mark(part.text, self.marker)
                content.append(self._signs.wrap(number, text) if signed else text)
                number += 1
            reasoning = self._special.mark(turn.reasoning, self.marker)
            messages.append(TemplateMessage(turn.role, "".join(content), reasoning))
        return self._template.render(
            messages,
            add_generation_prompt=generation_prompt,
            enable_thinking=self._options.enable_thinking,
            now=self._now,
        )

    def _render_empty(self, generation_prompt: bool) -> str:
        """Many templates look at the first message; without one there is only what the model starts with."""
        try:
            return self._run([], generation_prompt)
        except UserError:
            return self._template.bos


def _system_kept(turns: Sequence[Turn], spans: Sequence[Span]) -> bool:
    """Whether all system text is in the prompt; some templates leave it out without a word."""
    wanted = {part for turn in turns for part in turn.parts if part.kind == "system" and part.text.strip()}
    return wanted <= {span.part for span in spans}


def _render_raw(
    messages: Sequence[Message], options: PromptOptions, special: SpecialTokens
) -> RenderedPrompt:
    marker = unused_characters(
        1, [options.system, *(message.prompt_text() + thinking_of(message) for message in messages)]
    )[0]
    marked = options.system
    spans = [Span(0, len(options.system), TurnPart("system", options.system, -1))]
    position = len(options.system)
    for index, message in enumerate(messages):
        text = message.prompt_text()
        last = index == len(messages) - 1
        kind: SegmentKind = "prefill" if last and message.role == "assistant" else message.role
        spans.append(Span(position, position + len(text), TurnPart(kind, text, index)))
        position += len(text)
        marked += _raw_text(message, special, marker)
    return _finished(_Rendering(marked, spans), marker, special, opened_by(marked))


def _raw_text(message: Message, special: SpecialTokens, marker: str) -> str:
    """As `Message.prompt_text`, with control tokens marked in attachments only."""
    parts = tuple(
        AttachmentPart(special.mark(part.name, marker), special.mark(part.text, marker), part.media_type)
        if isinstance(part, AttachmentPart)
        else part
        for part in message.parts
        if isinstance(part, (AttachmentPart, TextPart))
    )
    return Message(message.role, parts).prompt_text()
