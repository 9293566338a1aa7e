"""What a row of a data set teaches, whatever file and columns it came from."""

from msgspec import Struct

from engine.messages import Message


class Conversation(Struct, frozen=True, tag="conversation"):
    """Messages whose replies are to be learned (Alpaca, ShareGPT, messages, chats)."""

    messages: tuple[Message, ...]


class PlainText(Struct, frozen=True, tag="text"):
    """Text to be continued, without roles. Control tokens written in it count as such."""

    text: str


class Preference(Struct, frozen=True, tag="preference"):
    """Two answers to the same prompt, of which one is better (DPO, ORPO, reward models)."""

    prompt: tuple[Message, ...]
    chosen: tuple[Message, ...]
    rejected: tuple[Message, ...]


class Judged(Struct, frozen=True, tag="judged"):
    """One answer and whether it is wanted (KTO). Ethayarajh et al. 2024."""

    prompt: tuple[Message, ...]
    completion: tuple[Message, ...]
    label: bool


Example = Conversation | PlainText | Preference | Judged
