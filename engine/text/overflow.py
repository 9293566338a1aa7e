"""What to leave out when a conversation is longer than the context: a pure decision on token counts."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.errors import UserError
from engine.messages import Role
from engine.protocol.values import OverflowPolicy

_MAX_SHARE_FOR_REPLY = 4


class Kept(NamedTuple):
    """Message indexes that stay and that go, each ascending, and the tokens of the prompt that remains."""

    kept: tuple[int, ...]
    dropped: tuple[int, ...]
    tokens: int


def reply_room(n_ctx: int, wanted: int, max_tokens: int) -> int:
    """Tokens kept free for the reply.

    `wanted` (`PromptOptions.reply_room`) where it is set, else `max_tokens`; in both cases, and where neither
    says anything, at most a quarter of the context, at least one token.
    """
    quarter = max(1, n_ctx // _MAX_SHARE_FOR_REPLY)
    asked = wanted if wanted > 0 else max_tokens
    return min(asked, quarter) if asked > 0 else quarter


def choose_messages(
    roles: Sequence[Role],
    tokens: Sequence[int],
    *,
    n_ctx: int,
    reply_room: int,
    policy: OverflowPolicy,
    keep_first: int = 2,
    fixed: int = 0,
) -> Kept:
    """Which messages fit into `n_ctx` beside `reply_room`.

    `tokens`: of each message with its share of the template. `fixed`: what is always there (the system
    prompt of the panel, the generation prompt). System messages, the last user message and what follows
    it always stay. Whole turns go: a user message with everything up to the next one. `drop_oldest` drops
    from the beginning; `keep_ends` spares the first `keep_first` messages (system messages not counted)
    and drops after them. Raises `UserError` context.message_too_long (what must stay does not fit) and
    context.no_room (policy "stop", or what must stay does not fit together).
    """
    needed = fixed + sum(tokens)
    room = n_ctx - reply_room
    everything = tuple(range(len(roles)))
    if needed <= room:
        return Kept(everything, (), needed)
    if policy == "stop":
        raise UserError("context.no_room", prompt=needed, reply=reply_room, n_ctx=n_ctx)
    dropped: set[int] = set()
    for turn in _droppable(roles, keep_first if policy == "keep_ends" else 0):
        dropped.update(turn)
        needed -= sum(tokens[index] for index in turn)
        if needed <= room:
            kept = tuple(index for index in everything if index not in dropped)
            return Kept(kept, tuple(sorted(dropped)), needed)
    raise _cannot_fit(roles, tokens, needed, reply_room, n_ctx)


def _droppable(roles: Sequence[Role], keep_first: int) -> list[list[int]]:
    """Turns that may go, oldest first; a turn of which a part must stay stays whole."""
    turns = _turns(roles)
    kept_to = 0
    seen = 0
    for index, role in enumerate(roles):
        if role != "system" and seen < keep_first:
            seen += 1
            kept_to = index + 1
    return [turn for turn in turns[:-1] if turn[0] >= kept_to]


def _turns(roles: Sequence[Role]) -> list[list[int]]:
    """Indexes of the messages of each turn, without system messages; the last one is the current turn."""
    turns: list[list[int]] = []
    for index, role in enumerate(roles):
        if role == "system":
            continue
        if role == "user" or not turns:
            turns.append([])
        turns[-1].append(index)
    return turns


def _cannot_fit(
    roles: Sequence[Role], tokens: Sequence[int], needed: int, reply_room: int, n_ctx: int
) -> UserError:
    """Says that the last message is too long where that alone is the reason."""
    turns = _turns(roles)
    last = sum(tokens[index] for index in turns[-1]) if turns else 0
    if last + reply_room > n_ctx:
        return UserError("context.message_too_long", needed=last, reply=reply_room, n_ctx=n_ctx)
    return UserError("context.no_room", prompt=needed, reply=reply_room, n_ctx=n_ctx)
