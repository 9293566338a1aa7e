"""Calling tools: how tools are told to a model, and how its calls are read from the text.

The form is that of the Hermes function-calling models, which many others took over (Qwen, SmolLM3): JSON
schemas between `<tools>` tags in the system message, calls as JSON between `<tool_call>` tags. Where a call
is required, a schema holds the reply to it, so that any model can.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

OPENING, CLOSING = "<tool_call>", "</tool_call>"


class Function(Struct):
    """`parameters`: a JSON schema of the arguments."""

    name: str
    description: str = ""
    parameters: dict[str, Any] = {}


class Tool(Struct):
    """A tool that the client offers and runs itself; nothing is ever run here."""

    function: Function
    type: str = "function"


class ChosenFunction(Struct):
    """By name."""

    name: str


class ToolChoice(Struct):
    """This tool and no other."""

    function: ChosenFunction
    type: str = "function"


class Call(NamedTuple):
    """`arguments` is JSON as text, as OpenAI's clients expect it."""

    name: str
    arguments: str


def tools_as_system(tools: Sequence[Tool]) -> str:
    """What the model is told."""
    described = "\n".join(
        json.dumps(
            {
                "type": "function",
                "function": {
                    "name": tool.function.name,
                    "description": tool.function.description,
                    "parameters": tool.function.parameters,
                },
            },
            ensure_ascii=False,
        )
        for tool in tools
    )
    return (
        f"You can call these functions:\n<tools>\n{described}\n</tools>\n"
        f"To call one, answer with its name and arguments as JSON, between tags:\n"
        f'{OPENING}\n{{"name": "function name", "arguments": {{}}}}\n{CLOSING}'
    )


def calls_as_text(calls: Iterable[tuple[str, str]]) -> str:
    """Earlier calls, as the model wrote them: (name, arguments as JSON)."""
    return "\n".join(
        f'{OPENING}\n{{"name": {json.dumps(name)}, "arguments": {arguments or "{}"}}}\n{CLOSING}'
        for name, arguments in calls
    )


def required_schema(tools: Sequence[Tool], choice: str | ToolChoice | None) -> dict[str, Any]:
    """A schema that only a call fulfils; of the chosen tool where one is."""
    wanted = choice.function.name if isinstance(choice, ToolChoice) else None
    forms = [
        {
            "type": "object",
            "properties": {
                "name": {"const": tool.function.name},
                "arguments": tool.function.parameters or {"type": "object"},
            },
            "required": ["name", "arguments"],
        }
        for tool in tools
        if wanted in (None, tool.function.name)
    ]
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


def read_call(text: str) -> Call | None:
    """A call from its JSON, None when it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("name"), str):
        return None
    arguments = found.get("arguments", found.get("parameters", {}))
    if not isinstance(arguments, str):
        arguments = json.dumps(arguments, ensure_ascii=False)
    return Call(found["name"], arguments)


class CallReader:
    """Splits a reply into text and calls while it is written.

    What may be the beginning of a tag is held back. What stands between tags and is no call stays text.
    """

    def __init__(self, *, only_calls: bool = False) -> None:
        self._only_calls = only_calls
        self._held = ""
        self.calls: list[Call] = []

    def feed(self, text: str) -> str:
        """The text that is certainly no part of a call."""
        self._held += text
        if self._only_calls:
            return ""
        shown = ""
        while True:
            start = self._held.find(OPENING)
            if start < 0:
                keep = _beginning(self._held)
                cut = len(self._held) - keep
                shown, self._held = shown + self._held[:cut], self._held[cut:]
                return shown
            shown, self._held = shown + self._held[:start], self._held[start:]
            end = self._held.find(CLOSING)
            if end < 0:
                return shown
            shown += self._take(self._held[: end + len(CLOSING)])
            self._held = self._held[end + len(CLOSING) :]

    def finish(self) -> str:
        """What is left, now that nothing follows: a model may end with its call, without the closing tag."""
        rest, self._held = self._held, ""
        if self._only_calls or rest.startswith(OPENING):
            return self._take(rest)
        return rest

    def _take(self, block: str) -> str:
        call = read_call(block.removeprefix(OPENING).removesuffix(CLOSING).strip())
        if call is None:
            return block
        self.calls.append(call)
        return ""


def _beginning(text: str) -> int:
    """Length of the longest end of `text` that begins the opening tag."""
    return next(
        (size for size in range(min(len(OPENING) - 1, len(text)), 0, -1) if OPENING.startswith(text[-size:])),
        0,
    )
