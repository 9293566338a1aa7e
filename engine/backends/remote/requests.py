"""One request to a server: built, sent, and sent again without what the server does not know."""

from collections.abc import Sequence
from typing import Any

import openai

from engine.backends.remote import parameters
from engine.backends.remote.server import ServerModel
from engine.backends.remote.stream import Answer
from engine.messages import Message
from engine.protocol.values import ChatRequest


class Requester:
    """Remembers what a server refused, so that it is asked only once."""

    def __init__(self, client: openai.OpenAI, model: ServerModel) -> None:
        self._client = client
        self._model = model
        self._probabilities = True
        self._extra = True

    def stream(self, request: ChatRequest, messages: Sequence[Message], seed: int) -> Answer:
        """Chunks of the answer to these messages. Raises what the client raises, and `UserError`."""
        while True:
            arguments = self._arguments(request, messages, seed)
            try:
                return self._send(request, messages, arguments)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not self._learn(error):
                    raise

    def _send(self, request: ChatRequest, messages: Sequence[Message], arguments: dict[str, Any]) -> Answer:
        chunks: Answer
        if request.prompt.raw:
            chunks = self._client.completions.create(prompt=_raw(request, messages), **arguments)
        else:
            chunks = self._client.chat.completions.create(messages=_chat(request, messages), **arguments)
        return chunks

    def _arguments(self, request: ChatRequest, messages: Sequence[Message], seed: int) -> dict[str, Any]:
        arguments = parameters.standard(request.sampling, seed)
        arguments |= {
            "model": self._model.name,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if self._probabilities and request.prompt.raw:
            arguments["logprobs"] = request.n_probs
        elif self._probabilities:
            arguments["logprobs"] = True
            if request.n_probs:
                arguments["top_logprobs"] = min(request.n_probs, 20)
        if self._extra:
            continued = bool(messages) and messages[-1].role == "assistant" and not request.prompt.raw
            arguments["extra_body"] = parameters.beyond_protocol(
                request.sampling,
                self._model.kind,
                continued=continued,
                thinking=request.prompt.enable_thinking,
            )
        return arguments

    def _learn(self, error: openai.APIStatusError) -> bool:
        """Whether leaving something out may help: probabilities when they are named, else extra fields."""
        if self._probabilities and "logprob" in error.message.lower():
            self._probabilities = False
            return True
        if self._extra and self._model.kind == "other":
            self._extra = False
            return True
        return False


def _chat(request: ChatRequest, messages: Sequence[Message]) -> Any:
    system = [{"role": "system", "content": request.prompt.system}] if request.prompt.system else []
    return system + [{"role": message.role, "content": message.prompt_text()} for message in messages]


def _raw(request: ChatRequest, messages: Sequence[Message]) -> str:
    return request.prompt.system + "".join(message.prompt_text() for message in messages)
