"""The local server on the starter model, asked by the official client."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import openai
import pytest

from engine.client.server_process import ServerProcess
from engine.protocol.serving import (
    ServerActivity,
    ServerEvent,
    ServerFailed,
    ServerListening,
    ServeSpec,
)
from engine.protocol.values import ContextParams

TOKEN = "a token for tests"
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "The weather of a town.",
        "parameters": {
            "type": "object",
            "properties": {"town": {"type": "string", "maxLength": 20}},
            "required": ["town"],
        },
    },
}


class Running:
    """A server process and what it said."""

    def __init__(self, home: Path, spec: ServeSpec) -> None:
        self.events: list[ServerEvent] = []
        self.ready = threading.Event()
        self.ended = threading.Event()
        self.process = ServerProcess(home, spec, self._take, self.ended.set)

    def _take(self, event: ServerEvent) -> None:
        self.events.append(event)
        if isinstance(event, ServerListening | ServerFailed):
            self.ready.set()

    def port(self) -> int:
        assert self.ready.wait(120)
        listening = next(event for event in self.events if not hasattr(event, "fraction"))
        assert isinstance(listening, ServerListening), listening
        return listening.port

    def close(self) -> None:
        self.process.stop()
        assert self.process.wait(30)
        assert self.ended.wait(5)


def spec(path: Path, **changes: Any) -> ServeSpec:
    values: dict[str, Any] = {
        "path": str(path),
        "name": "starter",
        "token": TOKEN,
        "slots": 4,
        "context": ContextParams(n_ctx=2048, n_threads=2, flash_attention="off"),
    }
    return ServeSpec(**{**values, **changes})


@pytest.fixture(scope="module")
def port(starter_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    running = Running(tmp_path_factory.mktemp("home"), spec(starter_path))
    try:
        yield running.port()
        activity = [event for event in running.events if isinstance(event, ServerActivity)]
        assert any(event.requests for event in activity)
    finally:
        running.close()


@pytest.fixture
def client(port: int) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key=TOKEN, max_retries=0) as made:
        yield made


def question(text: str) -> list[Any]:
    return [{"role": "user", "content": text}]


def test_chat(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(
        model="starter",
        messages=[{"role": "system", "content": "Answer in one word."}, *question("What is 2 + 2?")],
        max_tokens=16,
        seed=1,
        temperature=0,
    )
    assert reply.choices[0].message.content
    assert reply.choices[0].finish_reason in ("stop", "length")
    assert reply.usage is not None
    assert reply.usage.prompt_tokens > 10
    assert 0 < reply.usage.completion_tokens <= 16


def test_a_stream_gives_the_text_of_the_whole_reply(client: openai.OpenAI) -> None:
    asked: dict[str, Any] = {"model": "starter", "messages": question("Name a colour."), "seed": 7}
    whole = client.chat.completions.create(**asked, max_tokens=12)
    chunks = list(
        client.chat.completions.create(
            **asked, max_tokens=12, stream=True, stream_options={"include_usage": True}
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == whole.choices[0].message.content
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] is not None
    assert chunks[-1].usage is not None
    assert whole.usage is not None
    assert chunks[-1].usage.completion_tokens == whole.usage.completion_tokens


def test_log_probabilities(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(
        model="starter",
        messages=question("Say hello."),
        max_tokens=5,
        temperature=0,
        logprobs=True,
        top_logprobs=3,
    )
    logprobs = reply.choices[0].logprobs
    assert logprobs is not None
    assert logprobs.content
    for token in logprobs.content:
        assert token.logprob <= 0
        assert len(token.top_logprobs) == 3
        assert token.token == token.top_logprobs[0].token  # greedy
        assert bytes(token.bytes or []).decode() == token.token


def test_a_json_schema_holds(client: openai.OpenAI) -> None:
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string", "maxLength": 12},
            "age": {"type": "integer", "maximum": 99},
        },
        "required": ["name", "age"],
        "additionalProperties": False,
    }
    reply = client.chat.completions.create(
        model="starter",
        messages=question("Describe a person as JSON."),
        max_tokens=120,
        seed=3,
        response_format={"type": "json_schema", "json_schema": {"name": "person", "schema": schema}},
    )
    found = json.loads(reply.choices[0].message.content or "")
    assert set(found) == {"name", "age"}
    assert isinstance(found["age"], int)


def test_a_required_tool_is_called(client: openai.OpenAI) -> None:
    asked: dict[str, Any] = {
        "model": "starter",
        "messages": question("What is the weather in Oslo?"),
        "tools": [WEATHER],
        "tool_choice": "required",
        "max_tokens": 80,
        "seed": 2,
    }
    reply = client.chat.completions.create(**asked)
    calls = reply.choices[0].message.tool_calls
    assert reply.choices[0].finish_reason == "tool_calls"
    assert calls
    assert calls[0].type == "function"
    assert calls[0].function.name == "weather"
    assert isinstance(json.loads(calls[0].function.arguments)["town"], str)
    chunks = list(client.chat.completions.create(**asked, stream=True))
    streamed = [call for chunk in chunks for call in chunk.choices[0].delta.tool_calls or []]
    assert streamed[0].function is not None
    assert streamed[0].function.arguments == calls[0].function.arguments
    answer = client.chat.completions.create(
        model="starter",
        messages=[
            *asked["messages"],
            {"role": "assistant", "tool_calls": [calls[0].model_dump()]},
            {"role": "tool", "tool_call_id": calls[0].id, "content": "rain, 4 degrees"},
        ],
        tools=[WEATHER],  # type: ignore[list-item]
        max_tokens=20,
        seed=2,
    )
    assert answer.choices[0].message.content is not None


def test_completions_with_several_choices_and_stop(client: openai.OpenAI) -> None:
    reply = client.completions.create(
        model="starter",
        prompt="One, two, three, four,",
        n=3,
        max_tokens=12,
        seed=5,
        stop=["eight"],
        logprobs=2,
    )
    assert len(reply.choices) == 3
    assert all("eight" not in choice.text for choice in reply.choices)
    assert reply.choices[0].logprobs is not None
    assert len(reply.choices[0].logprobs.tokens or []) == len(reply.choices[0].logprobs.token_logprobs or [])
    echoed = client.completions.create(model="starter", prompt="Once upon", echo=True, max_tokens=3, seed=1)
    assert echoed.choices[0].text.startswith("Once upon")


def test_embeddings(client: openai.OpenAI) -> None:
    texts = ["A cat sits on the mat.", "A kitten lies on the rug.", "Interest rates rose by a quarter point."]
    made = client.embeddings.create(model="starter", input=texts)
    vectors = [one.embedding for one in made.data]

    def cosine(first: list[float], second: list[float]) -> float:
        return sum(a * b for a, b in zip(first, second, strict=True))

    assert all(abs(cosine(one, one) - 1) < 1e-4 for one in vectors)
    assert cosine(vectors[0], vectors[1]) > cosine(vectors[0], vectors[2])
    plain = client.embeddings.create(model="starter", input=texts[0], encoding_format="float")
    assert plain.data[0].embedding == pytest.approx(vectors[0], abs=1e-5)


def test_models(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["starter"]
    assert client.models.retrieve("starter").id == "starter"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("another")


def test_clients_at_once(client: openai.OpenAI) -> None:
    texts: dict[int, str] = {}

    def ask(number: int) -> None:
        reply = client.chat.completions.create(
            model="starter", messages=question(f"Count from {number}."), max_tokens=20, seed=number
        )
        texts[number] = reply.choices[0].message.content or ""

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(texts) == 6
    assert all(texts.values())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
    ],
)
def test_without_the_token_nothing_is_answered(port: int, headers: dict[str, str]) -> None:
    answer = httpx.get(f"http://127.0.0.1:{port}/v1/models", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "invalid_api_key"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Host", "evil.example"),
        ("Host", "127.0.0.1.evil.example:80"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
    ],
)
def test_other_names_and_pages_are_refused(port: int, name: str, value: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", name: value}
    answer = httpx.get(f"http://127.0.0.1:{port}/v1/models", headers=headers)
    assert answer.status_code == 403


def test_a_local_page_may_ask_and_gets_its_permission_first(port: int) -> None:
    origin = "http://localhost:5173"
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    answer = httpx.options(f"http://127.0.0.1:{port}/v1/chat/completions", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"messages": "no list"}',
        b'{"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}',
        b'{"messages": [{"role": "user", "content": "x"}], "n": 99}',
        b'{"messages": [{"role": "user", "content": "x"}], "logit_bias": {"a": 1}}',
        b'{"messages": [{"role": "user", "content": "x"}], "temperature": 1e9}',
        b'{"messages": [{"role": "user", "content": "x"}], "grammar": "root ::= ("}',
        b'{"messages": [{"role": "user", "content": "x"}], "stream": true, "grammar": "root ::= ("}',
    ],
)
def test_what_cannot_be_answered_is_said(port: int, body: bytes) -> None:
    answer = httpx.post(
        f"http://127.0.0.1:{port}/v1/chat/completions",
        content=body,
        headers={"Authorization": f"Bearer {TOKEN}"},
        timeout=60,
    )
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["message"]


def test_a_client_that_hangs_up_is_not_served_on(port: int, client: openai.OpenAI) -> None:
    stream = client.chat.completions.create(
        model="starter", messages=question("Tell a very long story."), max_tokens=1500, stream=True, seed=1
    )
    next(iter(stream))
    stream.close()
    # With all slots free again, as many short requests as there are slots are answered soon.
    reply = client.chat.completions.create(model="starter", messages=question("Hi"), max_tokens=4, timeout=60)
    assert reply.usage is not None


def test_a_port_in_use_is_said(port: int, home: Path, starter_path: Path) -> None:
    running = Running(home, spec(starter_path, port=port))
    assert running.ended.wait(60)
    (failed,) = [event for event in running.events if isinstance(event, ServerFailed)]
    assert failed.code == "server.port"
    running.process.wait(5)


def test_a_killed_server_is_said(home: Path, starter_path: Path) -> None:
    running = Running(home, spec(starter_path))
    running.port()
    running.process._process.kill()
    assert running.ended.wait(30)
    assert isinstance(running.events[-1], ServerFailed)
    assert running.events[-1].code == "job.died"
