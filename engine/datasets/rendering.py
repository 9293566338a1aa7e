"""A row exactly as a trainer reads it: token ids, and which of them the loss counts.

Needs no model and no library of one: whoever calls gives a function that cuts text into tokens.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from engine.datasets.answers import Span, answer_spans
from engine.datasets.examples import Conversation, Example, Judged, PlainText, Preference
from engine.datasets.joining import TokenJoiner
from engine.messages import Message
from engine.protocol.values import PromptOptions
from engine.text.prompt import RenderedPrompt, render_prompt
from engine.text.special_tokens import SpecialTokens
from engine.text.template import ChatTemplate

Objective = Literal["sft", "pretrain", "dpo", "orpo", "reward", "kto", "grpo", "rloo"]

Tokenize = Callable[[str, bool], Sequence[int]]
"""`tokenize(text, special)`: ids of `text` without any BOS or EOS added. `special`: the texts of control
tokens become those tokens; else they stay plain text (llama.cpp: `parse_special`; transformers:
`tokenizer(text, add_special_tokens=False, split_special_tokens=not special)`)."""

_OPTIONS = PromptOptions()
_FROM_THE_PROMPT: frozenset[str] = frozenset(("grpo", "rloo"))


class RowTemplate(NamedTuple):
    """How one model writes conversations.

    `chat`: its chat template; None joins the texts as they are and ends the last answer with `eos_id`.
    `bos_id`, `eos_id`: -1 where the model does not begin a text with one, or has none.
    """

    chat: ChatTemplate | None
    special: SpecialTokens
    bos: str = ""
    bos_id: int = -1
    eos: str = ""
    eos_id: int = -1


class TextPiece(NamedTuple):
    """A stretch of the rendered row; `tokens` of the row's ids are its own.

    `trained`: the loss counts these tokens.
    """

    text: str
    trained: bool
    tokens: int


class TrainingRow(NamedTuple):
    """One sequence. `token_ids` and `mask` are parallel, after truncation; `mask` says which *targets* count.

    A trainer's labels are `token_ids` where the mask is true and its ignore index elsewhere; shifting by one
    is the trainer's. `pieces` are the whole row, before truncation: their tokens add up to
    `len(token_ids) + truncated`. `truncated`: tokens that did not fit into `max_length`. For a preference
    the row is prompt and chosen answer, `rejected` the prompt with the other one; both begin with
    `prompt_tokens` equal ids. `label` is that of a judged answer.
    """

    token_ids: tuple[int, ...]
    mask: tuple[bool, ...]
    pieces: tuple[TextPiece, ...]
    truncated: int = 0
    prompt_tokens: int = 0
    rejected: "TrainingRow | None" = None
    label: bool | None = None

    @property
    def trained_tokens(self) -> int:
        """How many tokens the loss counts. None: the row teaches nothing and must not be trained on."""
        return sum(self.mask)


def render_row(
    example: Example,
    template: RowTemplate,
    tokenize: Tokenize,
    *,
    objective: Objective = "sft",
    max_length: int = 0,
    answer_only: bool = True,
) -> TrainingRow:
    """The row that `example` becomes.

    `max_length` in tokens, 0 for no limit; what is beyond is cut off at the end (for objectives that only
    read the prompt, at the beginning). `answer_only`: the loss counts the assistant's text and the token
    that ends its turn, in every turn; else, and for plain text, everything. Preferences and judged answers
    are always answer-only. Which stretch is an answer is found by rendering beginnings of the conversation,
    see `engine.datasets.answers`. Where an answer begins the tokens are cut, as they are when the model is
    asked. Raises `UserError` template.broken, template.limit; `ValueError` for an objective that does not
    fit.
    """
    writer = _RowWriter(template, TokenJoiner(tokenize), max_length)
    if objective in _FROM_THE_PROMPT:
        return writer.prompt(_prompt_of(example))
    match example:
        case PlainText(text=text):
            return writer.plain(text)
        case Conversation(messages=messages):
            everything = not answer_only or objective == "pretrain"
            return writer.conversation(messages, everything=everything)
        case Judged(prompt=prompt, completion=completion, label=label):
            return writer.answer(prompt, completion)._replace(label=label)
        case Preference(prompt=prompt, chosen=chosen, rejected=rejected):
            better = writer.answer(prompt, chosen)
            return better._replace(rejected=writer.answer(prompt, rejected))


def _prompt_of(example: Example) -> tuple[Message, ...]:
    match example:
        case Preference(prompt=prompt) | Judged(prompt=prompt):
            return prompt
        case Conversation(messages=messages):
            end = len(messages)
            while end > 0 and messages[end - 1].role == "assistant":
                end -= 1
            return messages[:end]
        case PlainText(text=text):
            return (Message.of("user", text),)


class _RowWriter:
    """Renders for one template and length."""

    def __init__(self, template: RowTemplate, join: TokenJoiner, max_length: int) -> None:
        self._template = template
        self._join = join
        self._max_length = max_length

    def plain(self, text: str) -> TrainingRow:
        ids = self._join(text, True, first=True)
        pieces = [TextPiece(text, True, len(ids))] if text else []
        return self._finished(ids, [True] * len(ids), pieces, text, limit=self._max_length)

    def conversation(self, messages: Sequence[Message], *, everything: bool) -> TrainingRow:
        full = self._render(messages, False)
        if everything:
            spans = [Span(0, len(full.text))]
        else:
            spans = answer_spans(messages, full, self._render, self._template.special)
        return self._row(full, spans)

    def answer(self, prompt: Sequence[Message], answer: Sequence[Message]) -> TrainingRow:
        """Only what comes after the prompt counts."""
        messages = (*prompt, *answer)
        full = self._render(messages, False)
        spans = answer_spans(messages, full, self._render, self._template.special, after=len(prompt))
        return self._row(full, spans)

    def prompt(self, messages: Sequence[Message]) -> TrainingRow:
        """What the model is asked with; nothing of it is trained."""
        full = self._render(messages, True)
        ids, _, pieces = self._join_all(full, [])
        row = self._finished(ids, [False] * len(ids), pieces, full.text, limit=0)
        kept = row.token_ids[-self._max_length :] if self._max_length else row.token_ids
        dropped = len(row.token_ids) - len(kept)
        return row._replace(
            token_ids=kept, mask=(False,) * len(kept), truncated=dropped, prompt_tokens=len(kept)
        )

    def _render(self, messages: Sequence[Message], generation_prompt: bool) -> RenderedPrompt:
        return render_prompt(
            self._template.chat,
            messages,
            _OPTIONS,
            self._template.special,
            continue_final=False,
            add_generation_prompt=generation_prompt,
        )

    def _row(self, full: RenderedPrompt, spans: Sequence[Span]) -> TrainingRow:
        ids, mask, pieces = self._join_all(full, spans)
        return self._finished(ids, mask, pieces, full.text, limit=self._max_length)

    def _join_all(
        self, full: RenderedPrompt, spans: Sequence[Span]
    ) -> tuple[list[int], list[bool], list[TextPiece]]:
        ids: list[int] = []
        mask: list[bool] = []
        pieces: list[TextPiece] = []
        for text, special, trained in _stretches(full, spans):
            tokens = self._join(text, special, first=not ids)
            ids += tokens
            mask += [trained] * len(tokens)
            pieces.append(TextPiece(text, trained, len(tokens)))
        return ids, mask, pieces

    def _finished(
        self, ids: list[int], mask: list[bool], pieces: list[TextPiece], text: str, *, limit: int
    ) -> TrainingRow:
        """With the tokens that stand around a text, and cut to the length."""
        template = self._template
        if template.bos_id >= 0 and not (template.bos and text.startswith(template.bos)):
            ids.insert(0, template.bos_id)
            mask.insert(0, False)
            pieces.insert(0, TextPiece(template.bos, False, 1))
        if template.eos_id >= 0 and self._needs_end(text, mask):
            ids.append(template.eos_id)
            mask.append(True)
            pieces.append(TextPiece(template.eos, True, 1))
        prompt = mask.index(True) if True in mask else len(mask)
        kept = limit or len(ids)
        return TrainingRow(
            token_ids=tuple(ids[:kept]),
            mask=tuple(mask[:kept]),
            pieces=tuple(pieces),
            truncated=max(0, len(ids) - kept),
            prompt_tokens=min(prompt, kept),
        )

    def _needs_end(self, text: str, mask: Sequence[bool]) -> bool:
        """Whether the model would not learn to stop: no control token ends what is trained."""
        if not mask or not mask[-1]:
            return False
        core = text.rstrip()
        return not any(end == len(core) for _, end in self._template.special.find(core))


def _stretches(full: RenderedPrompt, spans: Sequence[Span]) -> list[tuple[str, bool, bool]]:
    """(text, control tokens count as such, trained): the prompt cut where either changes."""
    edges = sorted({edge for span in spans for edge in span})
    stretches: list[tuple[str, bool, bool]] = []
    position = 0
    for piece in full.pieces:
        end = position + len(piece.text)
        cuts = [position, *(edge for edge in edges if position < edge < end), end]
        for start, stop in pairwise(cuts):
            trained = any(span.start <= start and stop <= span.end for span in spans)
            stretches.append((full.text[start:stop], piece.parse_special, trained))
        position = end
    return stretches
