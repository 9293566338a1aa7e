"""Counts tokens for a server that does not count them for us.

An estimate: characters divided by a rate. The rate starts at four characters a token and is corrected by the
server's own count after each answer.
"""

from collections.abc import Sequence

from engine.messages import Message
from engine.protocol.values import PromptOptions, PromptReport, Segment
from engine.text.overflow import Kept, choose_messages, reply_room

_FIRST_RATE = 4.0
_TOKENS_AROUND_MESSAGE = 4
_SLOWEST_RATE, _FASTEST_RATE = 0.5, 12.0


class TokenEstimate:
    """Learns how many characters of these conversations make a token on this server."""

    def __init__(self) -> None:
        self._rate = _FIRST_RATE

    def learn(self, texts: Sequence[str], tokens: int) -> None:
        """The server counted `tokens` for a prompt of these texts."""
        characters = sum(map(len, texts))
        inside = tokens - _TOKENS_AROUND_MESSAGE * len(texts)
        if characters >= 200 and inside > 0:
            self._rate = min(max(characters / inside, _SLOWEST_RATE), _FASTEST_RATE)

    def tokens(self, text: str) -> int:
        return round(len(text) / self._rate) + _TOKENS_AROUND_MESSAGE

    def choose(
        self, messages: Sequence[Message], options: PromptOptions, n_ctx: int, max_tokens: int
    ) -> tuple[PromptReport, Kept]:
        """What the prompt is about, and which messages stay. `n_ctx` 0: unknown, everything stays.

        Raises `UserError` context.no_room, context.message_too_long.
        """
        counts = [self.tokens(message.prompt_text()) for message in messages]
        system = self.tokens(options.system) if options.system else 0
        room = reply_room(n_ctx, options.reply_room, max_tokens) if n_ctx else 0
        everything = tuple(range(len(messages)))
        kept = Kept(everything, (), system + sum(counts))
        if n_ctx:
            kept = choose_messages(
                [message.role for message in messages],
                counts,
                n_ctx=n_ctx,
                reply_room=room,
                policy=options.overflow,
                keep_first=options.keep_first,
                fixed=system,
            )
        history = sum(counts[index] for index in kept.kept)
        segments = [Segment("system", options.system, -1, system)] if options.system else []
        segments += [
            Segment(messages[index].role, messages[index].prompt_text(), index, counts[index])
            for index in kept.kept
        ]
        report = PromptReport(
            n_ctx=n_ctx,
            total=kept.tokens,
            system=system,
            history=history,
            reply_room=room,
            reused=0,
            dropped=kept.dropped,
            per_message=tuple(counts),
            segments=tuple(segments),
        )
        return report, kept
