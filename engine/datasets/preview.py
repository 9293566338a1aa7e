"""A row in a line: what is asked, and what is to be learned."""

from typing import Any, NamedTuple

from engine.datasets.examples import Conversation, Judged, PlainText, Preference
from engine.datasets.mapping import ColumnMapping
from engine.datasets.reading import read_example
from engine.messages import Message
from engine.store.transfer.rows import RowError

_MOST_CHARS = 300


class RowPreview(NamedTuple):
    """Shortened texts. `other`: the rejected answer, or the label. `problem`: why there is nothing else."""

    prompt: str = ""
    answer: str = ""
    other: str = ""
    messages: int = 0
    problem: str = ""


def preview(row: dict[str, Any], mapping: ColumnMapping) -> RowPreview:
    """Never raises: a row that does not fit says so."""
    try:
        example = read_example(row, mapping)
    except RowError as error:
        return RowPreview(problem=str(error))
    match example:
        case PlainText(text=text):
            return RowPreview("", _short(text), "", 1)
        case Conversation(messages=messages):
            asked = next((one for one in messages if one.role == "user"), None)
            said = [one for one in messages if one.role == "assistant"]
            return RowPreview(_text(asked), _text(said[-1] if said else None), "", len(messages))
        case Preference(prompt=prompt, chosen=chosen, rejected=rejected):
            count = len(prompt) + len(chosen)
            return RowPreview(_last(prompt), _last(chosen), _last(rejected), count)
        case Judged(prompt=prompt, completion=completion, label=label):
            count = len(prompt) + len(completion)
            return RowPreview(_last(prompt), _last(completion), "+" if label else "−", count)


def _last(messages: tuple[Message, ...]) -> str:
    return _text(messages[-1] if messages else None)


def _text(message: Message | None) -> str:
    return _short(message.prompt_text()) if message is not None else ""


def _short(text: str) -> str:
    return " ".join(text[: 2 * _MOST_CHARS].split())[:_MOST_CHARS]
