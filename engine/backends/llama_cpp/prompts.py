"""Messages to prompt tokens: template, overflow policy, and earlier replies repeated as they were sampled."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from engine.backends.llama_cpp.vocab import Vocab
from engine.messages import Message
from engine.protocol.values import PromptOptions, PromptReport, Segment
from engine.text.builtin_templates import choose_template
from engine.text.overflow import Kept, choose_messages, reply_room
from engine.text.prompt import RenderedPrompt, render_prompt
from engine.text.special_tokens import SpecialTokens

_MOST_BYTES_PER_TOKEN = 12
"""More than texts have on average; single tokens can be longer."""
History = Mapping[int, Sequence[int]]
"""Message index to the token ids that were sampled for it."""


class BuiltPrompt(NamedTuple):
    """Tokens to read and what there is to say about them."""

    tokens: list[int]
    report: PromptReport


class _Tokenized(NamedTuple):
    """A rendered prompt in tokens; `counts` parallel to its segments."""

    rendered: RenderedPrompt
    tokens: list[int]
    counts: list[int]


class _Splice(NamedTuple):
    """Characters of the prompt that are known tokens."""

    start: int
    end: int
    tokens: Sequence[int]


class PromptBuilder:
    """Builds prompts for one loaded model. Errors: `UserError` template.*, context.*."""

    def __init__(self, vocab: Vocab, template: str, n_ctx: int) -> None:
        self._vocab = vocab
        self._template = template
        self._n_ctx = n_ctx
        self._special = SpecialTokens(vocab.special_tokens)

    def build(
        self,
        messages: Sequence[Message],
        options: PromptOptions,
        max_tokens: int,
        history: History,
        *,
        segments: bool,
    ) -> BuiltPrompt:
        """The prompt after the overflow policy. `max_tokens` as in `SamplingParams`."""
        near = _within_reach(messages, options, self._n_ctx)
        whole = self._tokenize_some(messages, near, options, history)
        counts = dict(zip(near, _per_message(whole, len(near)), strict=True))
        per_message = [
            counts[index] if index in counts else _guess(message) for index, message in enumerate(messages)
        ]
        room = reply_room(self._n_ctx, options.reply_room, max_tokens)
        kept = self._choose([messages[index] for index in near], list(counts.values()), whole, room, options)
        stay = [near[index] for index in kept.kept]
        used = whole if not kept.dropped else self._tokenize_some(messages, stay, options, history)
        return BuiltPrompt(used.tokens, self._report(used, stay, per_message, room, segments))

    def _tokenize_some(
        self, messages: Sequence[Message], chosen: list[int], options: PromptOptions, history: History
    ) -> _Tokenized:
        """The prompt of these messages alone."""
        places = {index: place for place, index in enumerate(chosen)}
        known = {places[index]: ids for index, ids in history.items() if index in places}
        return self._tokenize([messages[index] for index in chosen], options, known)

    def _choose(
        self,
        messages: Sequence[Message],
        per_message: list[int],
        whole: _Tokenized,
        room: int,
        options: PromptOptions,
    ) -> Kept:
        # The share of the template that belongs to no message is charged to them evenly, to the last token,
        # so that dropping a message frees what it really frees.
        shared, places = len(whole.tokens) - sum(per_message), len(messages) + 1
        ends = [shared * place // places for place in range(places + 1)]
        charged = [count + ends[place + 1] - ends[place] for place, count in enumerate(per_message)]
        return choose_messages(
            [message.role for message in messages],
            charged,
            n_ctx=self._n_ctx,
            reply_room=room,
            policy=options.overflow,
            keep_first=options.keep_first,
            fixed=ends[-1] - ends[-2],
        )

    def _report(
        self, used: _Tokenized, stay: list[int], per_message: list[int], room: int, segments: bool
    ) -> PromptReport:
        system = sum(
            count
            for segment, count in zip(used.rendered.segments, used.counts, strict=True)
            if segment.kind == "system"
        )
        thinking = used.rendered.thinking
        return PromptReport(
            n_ctx=self._n_ctx,
            total=len(used.tokens),
            system=system,
            history=len(used.tokens) - system,
            reply_room=room,
            reused=0,
            dropped=tuple(sorted({*range(len(per_message))} - {*stay})),
            per_message=tuple(per_message),
            thinking=(thinking.opening, thinking.closing) if thinking else None,
            segments=_segments(used, stay) if segments else (),
            pieces=tuple(map(self._vocab.piece, used.tokens)) if segments else (),
        )

    def _tokenize(self, messages: Sequence[Message], options: PromptOptions, history: History) -> _Tokenized:
        vocab = self._vocab
        bos, eos = (vocab.text(token) if token >= 0 else "" for token in (vocab.bos, vocab.eos))
        template = None
        if not options.raw:
            template = choose_template(self._template, options.template, vocab.special_tokens, bos, eos)
        rendered = render_prompt(template, messages, options, self._special)
        tokens: list[int] = []
        position = 0
        splices = iter(self._splices(rendered, history))
        splice = next(splices, None)
        for piece in rendered.pieces:
            end = position + len(piece.text)
            while splice is not None and splice.start >= position and splice.end <= end:
                self._add(tokens, rendered.text[position : splice.start], piece.parse_special, bos)
                tokens += splice.tokens
                position = splice.end
                splice = next(splices, None)
            self._add(tokens, rendered.text[position:end], piece.parse_special, bos)
            position = end
        if not tokens and vocab.bos >= 0:
            tokens = [vocab.bos]  # there is always something to go on from
        return _Tokenized(rendered, tokens, self._count(rendered, tokens))

    def _add(self, tokens: list[int], text: str, parse_special: bool, bos: str) -> None:
        if text:
            # A template that writes the beginning-of-text token itself must not get a second one.
            first = not tokens and not (bos and text.startswith(bos))
            tokens += self._vocab.tokenize(text, add_special=first, parse_special=parse_special)

    def _splices(self, rendered: RenderedPrompt, history: History) -> list[_Splice]:
        """Where an earlier reply stands in the prompt letter by letter, its own tokens are used."""
        splices: list[_Splice] = []
        position = 0
        seen: set[int] = set()
        for segment in rendered.segments:
            index = segment.message
            if segment.kind in ("assistant", "prefill") and index in history and index not in seen:
                seen.add(index)
                splices += self._splice_at(position, rendered.text, history[index])
            position += len(segment.text)
        return splices

    def _splice_at(self, position: int, prompt: str, ids: Sequence[int]) -> list[_Splice]:
        # Another model wrote it: the ids mean nothing here, and llama.cpp aborts on those it does not have.
        if not all(0 <= token < self._vocab.size for token in ids):
            return []
        text = self._vocab.join(ids).decode("utf-8", "replace")
        # A template may have trimmed blank space, which then lies before the segment.
        blanks = len(text) - len(text.lstrip())
        for start in (position, position - blanks):
            if text and start >= 0 and prompt.startswith(text, start):
                return [_Splice(start, start + len(text), ids)]
        return []

    def _count(self, rendered: RenderedPrompt, tokens: list[int]) -> list[int]:
        """Tokens by segment: each belongs to the segment in which its first byte lies."""
        lengths = [len(self._vocab.piece(token)) for token in tokens]
        added = sum(lengths) - len(rendered.text.encode("utf-8", "replace"))
        if tokens and tokens[0] == self._vocab.bos and added >= lengths[0] > 0:
            lengths[0] = 0  # the tokenizer's own beginning-of-text is not in the text
        ends = list(accumulate(len(segment.text.encode("utf-8", "replace")) for segment in rendered.segments))
        counts = [0] * len(ends)
        segment = start = 0
        for length in lengths:
            while segment < len(ends) - 1 and start >= ends[segment]:
                segment += 1
            if counts:
                counts[segment] += 1
            start += length
        return counts


def _within_reach(messages: Sequence[Message], options: PromptOptions, n_ctx: int) -> list[int]:
    """Indexes of the messages that could be in the prompt; the others are not even rendered.

    A chat of ten thousand messages would take seconds to cut into tokens of which nearly all are dropped.
    What the policy "stop" refuses has to be counted, so there everything is.
    """
    everything = list(range(len(messages)))
    if options.overflow == "stop":
        return everything
    first = options.keep_first if options.overflow == "keep_ends" else 0
    budget = n_ctx * _MOST_BYTES_PER_TOKEN
    start = len(messages)
    while start > 0 and (budget > 0 or start == len(messages)):
        start -= 1
        budget -= len(messages[start].prompt_text().encode("utf-8", "replace"))
    while start > 0 and messages[start].role != "user":
        start -= 1  # whole turns
    fixed = [index for index in everything[:start] if index < first or messages[index].role == "system"]
    return fixed + everything[start:]


def _guess(message: Message) -> int:
    """Tokens of a message that was not counted."""
    return len(message.prompt_text().encode("utf-8", "replace")) // 4


def _per_message(tokenized: _Tokenized, count: int) -> list[int]:
    totals = [0] * count
    for segment, tokens in zip(tokenized.rendered.segments, tokenized.counts, strict=True):
        if segment.message >= 0:
            totals[segment.message] += tokens
    return totals


def _segments(used: _Tokenized, stay: list[int]) -> tuple[Segment, ...]:
    return tuple(
        Segment(segment.kind, segment.text, stay[segment.message] if segment.message >= 0 else -1, tokens)
        for segment, tokens in zip(used.rendered.segments, used.counts, strict=True)
    )
