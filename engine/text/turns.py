"""Messages as turns of a template, and the repairs for templates that do not take every conversation."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.messages import Message, ThinkingPart
from engine.protocol.values import SegmentKind

_GLUE = "\n\n"


class TurnPart(NamedTuple):
    """A stretch of a turn's content. `message` is the index in the request, -1 for text that is in none."""

    kind: SegmentKind
    text: str
    message: int


class Turn(NamedTuple):
    """What the template gets as one message; its content is its parts, joined."""

    role: str
    parts: tuple[TurnPart, ...]
    reasoning: str = ""


def thinking_of(message: Message) -> str:
    """The reasoning of a reply, without delimiters."""
    return "".join(part.text for part in message.parts if isinstance(part, ThinkingPart))


def make_turns(messages: Sequence[Message], system: str) -> list[Turn]:
    """One turn for each message; `system` (the panel's) comes before a system message of the conversation."""
    turns = [
        Turn(message.role, (TurnPart(message.role, message.prompt_text(), index),), thinking_of(message))
        for index, message in enumerate(messages)
    ]
    if not system:
        return turns
    own = TurnPart("system", system, -1)
    if turns and turns[0].role == "system":
        return [Turn("system", _glued((own,), turns[0].parts)), *turns[1:]]
    return [Turn("system", (own,)), *turns]


def fold_system(turns: Sequence[Turn]) -> list[Turn]:
    """System text at the beginning of the first user turn, for templates that know no system role."""
    system: tuple[TurnPart, ...] = ()
    rest: list[Turn] = []
    for turn in turns:
        if turn.role == "system":
            system = _glued(system, turn.parts)
        else:
            rest.append(turn)
    if not system:
        return rest
    if rest and rest[0].role == "user":
        return [rest[0]._replace(parts=_glued(system, rest[0].parts)), *rest[1:]]
    return [Turn("user", system), *rest]


def merge_same_roles(turns: Sequence[Turn]) -> list[Turn]:
    """Neighbours of one role as one turn, for templates that want roles to alternate."""
    merged: list[Turn] = []
    for turn in turns:
        if merged and merged[-1].role == turn.role:
            merged[-1] = merged[-1]._replace(parts=_glued(merged[-1].parts, turn.parts))
        else:
            merged.append(turn)
    return merged


def repairs(turns: list[Turn]) -> list[list[Turn]]:
    """The conversation as it is, then ever more adapted; each different from the one before."""
    folded = fold_system(turns)
    different: list[list[Turn]] = []
    for candidate in (turns, folded, merge_same_roles(turns), merge_same_roles(folded)):
        if candidate not in different:
            different.append(candidate)
    return different


def _glued(first: tuple[TurnPart, ...], second: tuple[TurnPart, ...]) -> tuple[TurnPart, ...]:
    if not any(part.text for part in first):
        return second
    return (*first, TurnPart("template", _GLUE, -1), *second)
