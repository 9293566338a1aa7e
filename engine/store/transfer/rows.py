"""Conversations as training data writes them: OpenAI's `messages` and ShareGPT's `conversations`."""

import re
from typing import Any

import msgspec

from engine.messages import Message, Part, Role, TextPart, ThinkingPart
from engine.protocol.values import PromptOptions
from engine.store.intake import IncomingChat, IncomingMessage
from engine.store.records import MessageRecord, SessionRecord, SessionSettings

_TITLE_LENGTH = 60
_MESSAGE_ROLES: dict[str, Role] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "assistant": "assistant",
    "tool": "tool",
    "function": "tool",
}
_SHAREGPT_ROLES: dict[str, Role] = {
    **_MESSAGE_ROLES,
    "human": "user",
    "gpt": "assistant",
    "chatgpt": "assistant",
    "bard": "assistant",
    "bing": "assistant",
    "model": "assistant",
    "function_call": "assistant",
    "observation": "tool",
    "function_response": "tool",
}
_SHAREGPT_NAMES: dict[Role, str] = {
    "system": "system",
    "user": "human",
    "assistant": "gpt",
    "tool": "tool",
}
_THINK = re.compile(r"\s*<think>\n?(.*?)\n?</think>\s*(.*)", re.DOTALL)


class RowError(ValueError):
    """A row is no conversation; the text says why."""


def messages_row(session: SessionRecord, path: list[MessageRecord]) -> str:
    """One line of messages JSONL: what the model read and wrote, thinking as `reasoning_content`."""
    messages: list[dict[str, str]] = []
    if session.settings.prompt.system:
        messages.append({"role": "system", "content": session.settings.prompt.system})
    messages += [message_entry(record.message) for record in _with_content(path)]
    return msgspec.json.encode({"title": session.title, "messages": messages}).decode() + "\n"


def message_entry(message: Message) -> dict[str, str]:
    """One entry of `messages`: what the model reads, thinking as `reasoning_content`."""
    entry: dict[str, str] = {"role": message.role, "content": message.prompt_text()}
    thinking = _thinking(message)
    if thinking:
        entry["reasoning_content"] = thinking
    return entry


def sharegpt_row(session: SessionRecord, path: list[MessageRecord]) -> str:
    """One line of ShareGPT JSONL; thinking in `<think>` before the reply, as reasoning data sets do."""
    turns: list[dict[str, str]] = []
    if session.settings.prompt.system:
        turns.append({"from": "system", "value": session.settings.prompt.system})
    for record in _with_content(path):
        value = record.message.prompt_text()
        thinking = _thinking(record.message)
        if thinking:
            value = f"<think>\n{thinking}\n</think>\n\n{value}"
        turns.append({"from": _SHAREGPT_NAMES[record.message.role], "value": value})
    return msgspec.json.encode({"title": session.title, "conversations": turns}).decode() + "\n"


def read_row(row: Any, fallback_title: str) -> IncomingChat:
    """A chat from one row of either kind. Raises `RowError`."""
    if not isinstance(row, dict):
        raise RowError("it is no object")
    if isinstance(row.get("messages"), list):
        messages = [
            _thought_apart(read_message(each, index)) for index, each in enumerate(row["messages"], 1)
        ]
    elif isinstance(row.get("conversations"), list):
        messages = [read_turn(each, index) for index, each in enumerate(row["conversations"], 1)]
    else:
        raise RowError("it has neither “messages” nor “conversations”")
    system = row["system"] if isinstance(row.get("system"), str) else ""
    if messages and messages[0].role == "system":
        # Lathe keeps the system prompt with the settings, where it can be edited.
        system = messages.pop(0).text()
    if not messages and not system:
        raise RowError("the conversation is empty")
    title = row.get("title")
    named = isinstance(title, str) and bool(title.strip())
    return IncomingChat(
        title=str(title).strip() if named else _title(messages, fallback_title),
        title_is_auto=not named,
        settings=SessionSettings(prompt=PromptOptions(system=system)),
        messages=_chain(messages),
    )


def _thought_apart(message: Message) -> Message:
    """Reasoning that stands in a reply as `<think>`, as many collections of replies have it, as such."""
    thought = _THINK.fullmatch(message.text()) if message.role == "assistant" else None
    if thought is None or _thinking(message):
        return message
    return Message(message.role, (ThinkingPart(thought[1]), TextPart(thought[2])))


def _with_content(path: list[MessageRecord]) -> list[MessageRecord]:
    """Without replies that failed before their first word."""
    return [
        each
        for each in path
        if each.message.parts and (each.message.prompt_text() or _thinking(each.message))
    ]


def _thinking(message: Message) -> str:
    return "\n".join(part.text for part in message.parts if isinstance(part, ThinkingPart))


def read_message(entry: Any, index: int) -> Message:
    """One entry of `messages`; `index` is for the error. Raises `RowError`."""
    if not isinstance(entry, dict):
        raise RowError(f"message {index} is no object")
    role = _role(_MESSAGE_ROLES, entry.get("role"), index)
    parts: list[Part] = []
    reasoning = entry.get("reasoning_content")
    if isinstance(reasoning, str) and reasoning:
        parts.append(ThinkingPart(reasoning))
    parts.append(TextPart(_content(entry.get("content"), index)))
    return Message(role, tuple(parts))


def _content(content: Any, index: int) -> str:
    """Text as a string, or as OpenAI's list of parts; null where only a tool is called."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        shown = [each for each in content if isinstance(each, dict) and each.get("type") == "text"]
        if all(isinstance(each.get("text"), str) for each in shown):
            return "".join(each["text"] for each in shown)
    raise RowError(f"message {index} has no text")


def read_turn(entry: Any, index: int) -> Message:
    """One entry of ShareGPT's `conversations`; `index` is for the error. Raises `RowError`."""
    if not isinstance(entry, dict):
        raise RowError(f"turn {index} is no object")
    role = _role(_SHAREGPT_ROLES, entry.get("from", entry.get("role")), index)
    value = entry.get("value", entry.get("content"))
    if not isinstance(value, str):
        raise RowError(f"turn {index} has no text")
    return _thought_apart(Message.of(role, value))


def _role(roles: dict[str, Role], name: Any, index: int) -> Role:
    role = roles.get(name) if isinstance(name, str) else None
    if role is None:
        raise RowError(f"message {index} has the unknown role {name!r}")
    return role


def _title(messages: list[Message], fallback: str) -> str:
    first = next((each.text().strip() for each in messages if each.role == "user"), "")
    line = first.splitlines()[0] if first else fallback
    return line if len(line) <= _TITLE_LENGTH else line[: _TITLE_LENGTH - 1].rstrip() + "…"


def _chain(messages: list[Message]) -> tuple[IncomingMessage, ...]:
    return tuple(
        IncomingMessage(key=str(index), parent_key=str(index - 1) if index else None, message=message)
        for index, message in enumerate(messages)
    )
