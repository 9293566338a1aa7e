import math
import socket
import threading
from collections.abc import Iterator

import openai
import pytest

from engine.backends.backend import Control
from engine.backends.remote.backend import RemoteBackend
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.events import AnyEvent, GenerationDone, PromptReady, Token
from engine.protocol.values import ChatRequest, ContextParams, LoadedModel, ModelSpec, PromptOptions
from engine.sampling.params import DEFAULT_ORDER, LogitBias, SamplingParams
from tests.engine.remote.fake_server import FakeServer, running_server


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with running_server() as running:
        yield running


@pytest.fixture
def backend() -> Iterator[RemoteBackend]:
    made = RemoteBackend()
    yield made
    made.unload()


def no_report(fraction: float, stage: str) -> None:
    """Loading an endpoint has no stages worth a test."""
    del fraction, stage


def load(backend: RemoteBackend, server: FakeServer, model: str = "tiny", key: str = "") -> LoadedModel:
    spec = ModelSpec("remote", "Far", base_url=server.url, remote_model=model, api_key=key)
    return backend.load(spec, ContextParams(), no_report, Control())


def ask(text: str = "Hi", **changes: object) -> ChatRequest:
    values: dict[str, object] = {"sampling": SamplingParams(seed=7, max_tokens=9), **changes}
    return ChatRequest(messages=(Message.of("user", text),), **values)  # type: ignore[arg-type]


def run(backend: RemoteBackend, request: ChatRequest, control: Control | None = None) -> list[AnyEvent]:
    return list(backend.generate(5, request, control or Control()))


def failure(backend: RemoteBackend, request: ChatRequest) -> UserError:
    with pytest.raises(UserError) as caught:
        run(backend, request)
    return caught.value


def test_a_reply_streams_with_probabilities_and_the_servers_own_counts(
    backend: RemoteBackend, server: FakeServer
) -> None:
    facts = load(backend, server)
    events = run(backend, ask(n_probs=2))
    assert isinstance(events[0], PromptReady)
    tokens = [event for event in events if isinstance(event, Token)]
    assert [token.text for token in tokens] == ["Hel", "lo", " world"]
    assert [token.seq for token in tokens] == [0, 1, 2]
    assert tokens[0].logprob == -1.5
    assert tokens[0].rank == 1
    assert [candidate.text for candidate in tokens[0].candidates] == ["X", "Hel"]
    assert [candidate.id == tokens[0].id for candidate in tokens[0].candidates] == [False, True]
    done = events[-1]
    assert isinstance(done, GenerationDone)
    assert (done.text, done.finish_reason) == ("Hello world", "length")
    assert (done.metrics.prompt_tokens, done.metrics.reused_tokens, done.metrics.output_tokens) == (
        100,
        40,
        3,
    )
    assert done.provenance.seed == 7
    assert done.provenance.model_hash == facts.model_hash
    assert done.provenance.model_hash.startswith("remote:")


def test_parameters_go_out_under_the_names_of_each_server(backend: RemoteBackend, server: FakeServer) -> None:
    sampling = SamplingParams(
        temperature=0.3, top_k=12, min_p=0.1, repeat_penalty=1.2, stop=("END",), seed=3, grammar="root ::= x"
    )
    load(backend, server)
    run(backend, ask(sampling=sampling))
    body = server.last_body()
    assert (body["temperature"], body["stop"], body["seed"]) == (0.3, ["END"], 3)
    assert (body["top_k"], body["min_p"], body["repetition_penalty"]) == (12, 0.1, 1.2)
    assert body["guided_grammar"] == "root ::= x"
    assert "repeat_penalty" not in body

    server.models = [{"id": "tiny", "object": "model", "owned_by": "llamacpp", "meta": {"n_ctx_train": 8192}}]
    assert load(backend, server).n_ctx == 8192
    run(backend, ask(sampling=sampling))
    body = server.last_body()
    assert (body["repeat_penalty"], body["grammar"], body["mirostat"]) == (1.2, "root ::= x", 0)
    assert body["samplers"][4] == "typ_p"


@pytest.mark.parametrize("owner", ["llamacpp", "lathe", "vllm", "sglang", "someone"])
def test_what_a_server_understands_is_what_it_is_sent(
    backend: RemoteBackend, server: FakeServer, owner: str
) -> None:
    server.models = [{"id": "tiny", "object": "model", "owned_by": owner}]
    understood = load(backend, server).understands
    assert understood is not None
    odd: dict[str, object] = {"temperature": 0.31, "top_k": 13, "typical_p": 0.77, "mirostat": 2, "seed": 5}
    run(backend, ask(sampling=SamplingParams(**odd)))  # type: ignore[arg-type]
    sent = server.last_body()
    for name, value in odd.items():
        assert (sent.get(name) == value) == (name in understood), name


def test_lathes_own_server_gets_everything_by_its_own_names(
    backend: RemoteBackend, server: FakeServer
) -> None:
    server.models = [{"id": "tiny", "object": "model", "owned_by": "lathe", "meta": {"n_ctx": 4096}}]
    assert load(backend, server).n_ctx == 4096
    order = tuple(stage for stage in DEFAULT_ORDER if stage != "min_p")
    sampling = SamplingParams(
        repeat_penalty=1.2, min_p=0.2, mirostat_tau=3.0, grammar="root ::= x", order=order
    )
    run(backend, ask(sampling=sampling))
    body = server.last_body()
    assert (body["repeat_penalty"], body["mirostat_tau"], body["grammar"]) == (1.2, 3.0, "root ::= x")
    assert body["min_p"] == 0.0, "a stage that was taken out does nothing there either"


def test_a_fresh_seed_is_drawn_sent_and_recorded(backend: RemoteBackend, server: FakeServer) -> None:
    load(backend, server)
    done = run(backend, ask(sampling=SamplingParams()))[-1]
    assert isinstance(done, GenerationDone)
    assert done.provenance.seed == server.last_body()["seed"] >= 0


def test_an_unfinished_reply_is_continued(backend: RemoteBackend, server: FakeServer) -> None:
    load(backend, server)
    messages = (Message.of("user", "Sing"), Message.of("assistant", "La la"))
    run(
        backend,
        ChatRequest(messages=messages, sampling=SamplingParams(), prompt=PromptOptions(system="Be loud")),
    )
    body = server.last_body()
    assert [message["role"] for message in body["messages"]] == ["system", "user", "assistant"]
    assert body["continue_final_message"] is True
    assert body["add_generation_prompt"] is False


def test_raw_prompts_use_plain_completion(backend: RemoteBackend, server: FakeServer) -> None:
    load(backend, server)
    events = run(backend, ask("Once upon", prompt=PromptOptions(raw=True, system="S: ")))
    path, _, body = server.requests[-1]
    assert path == "/v1/completions"
    assert body["prompt"] == "S: Once upon"
    assert isinstance(events[-1], GenerationDone)
    assert events[-1].text == "Hello world"


def test_reasoning_that_comes_apart_gets_its_tags(backend: RemoteBackend, server: FakeServer) -> None:
    server.reasoning = ["Let me", " think"]
    load(backend, server)
    done = run(backend, ask())[-1]
    assert isinstance(done, GenerationDone)
    assert done.text == "<think>\nLet me think\n</think>\n\nHello world"


@pytest.mark.parametrize("word", ["logprobs", "top_k"])
def test_what_an_unknown_server_refuses_is_left_out(
    backend: RemoteBackend, server: FakeServer, word: str
) -> None:
    server.models[0]["owned_by"] = "someone"
    server.refuse_words = (word,)
    load(backend, server)
    events: list[AnyEvent] = []
    for _ in range(2):
        events = run(backend, ask())
        assert isinstance(events[-1], GenerationDone)
        assert events[-1].text == "Hello world"
    posts = [body for path, _, body in server.requests if path != "/v1/models"]
    assert len(posts) == 3
    token = next(event for event in events if isinstance(event, Token))
    assert math.isnan(token.logprob) == (word == "logprobs")


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "refused"), (404, "refused"), (429, "busy"), (503, "busy"), (500, "failed"), (307, "refused")],
)
def test_every_status_says_what_to_do(
    backend: RemoteBackend, server: FakeServer, status: int, code: str
) -> None:
    load(backend, server, key="secret-key")
    server.behaviour, server.status = "status", status
    error = failure(backend, ask())
    assert error.code == f"endpoint.{code}"
    assert str(status) in error.message
    assert "secret-key" not in error.one_line()


def test_a_wrong_key_is_told_when_the_endpoint_is_loaded(backend: RemoteBackend, server: FakeServer) -> None:
    server.behaviour, server.status = "status", 401
    with pytest.raises(UserError) as caught:
        load(backend, server)
    assert caught.value.code == "endpoint.refused"


def test_a_server_without_a_list_needs_a_name(backend: RemoteBackend, server: FakeServer) -> None:
    server.behaviour, server.status = "status", 404
    assert load(backend, server, "mine").name == "Far"
    with pytest.raises(UserError) as caught:
        load(backend, server, "")
    assert caught.value.code == "endpoint.refused"


def test_an_unknown_model_lists_the_known_ones(backend: RemoteBackend, server: FakeServer) -> None:
    with pytest.raises(UserError) as caught:
        load(backend, server, "huge")
    assert "tiny" in caught.value.message
    assert load(backend, server, "").name == "Far"


def test_a_dead_port_is_unreachable(backend: RemoteBackend) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    spec = ModelSpec("remote", "Far", base_url=f"http://127.0.0.1:{port}", remote_model="x")
    with pytest.raises(UserError) as caught:
        backend.load(spec, ContextParams(), no_report, Control())
    assert caught.value.code == "endpoint.unreachable"
    assert "does not answer: nothing listens at this address and port." in caught.value.message


def test_a_broken_stream_keeps_what_came(backend: RemoteBackend, server: FakeServer) -> None:
    load(backend, server)
    server.behaviour = "break"
    texts: list[str] = []
    with pytest.raises(UserError) as caught:
        texts.extend(
            event.text for event in backend.generate(1, ask(), Control()) if isinstance(event, Token)
        )
    assert caught.value.code == "endpoint.interrupted"
    assert texts == ["Hel", "lo"]
    server.behaviour = "answer"
    assert isinstance(run(backend, ask())[-1], GenerationDone)


def test_an_answer_of_another_protocol_is_named(backend: RemoteBackend, server: FakeServer) -> None:
    load(backend, server)
    server.behaviour = "garbage"
    assert failure(backend, ask()).code == "endpoint.failed"


def test_cancelling_between_chunks_ends_the_reply(backend: RemoteBackend, server: FakeServer) -> None:
    load(backend, server)
    server.behaviour = "slow"
    control = Control()
    events: list[AnyEvent] = []
    for event in backend.generate(1, ask(), control):
        events.append(event)
        if isinstance(event, Token):
            control.cancel()
    done = events[-1]
    assert isinstance(done, GenerationDone)
    assert (done.finish_reason, done.text) == ("cancelled", "Hel")


def test_cancelling_before_the_first_byte_does_not_wait(backend: RemoteBackend, server: FakeServer) -> None:
    load(backend, server)
    server.behaviour = "silent"
    control = Control()
    timer = threading.Timer(0.1, control.cancel)
    timer.start()
    done = run(backend, ask(), control)[-1]
    timer.join()
    assert isinstance(done, GenerationDone)
    assert done.finish_reason == "cancelled"
    assert not server.released.is_set()


def test_nothing_private_is_sent_and_no_proxy_is_used(
    backend: RemoteBackend, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_API_KEY", "from-the-environment")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-the-user")
    load(backend, server, key="mine")
    run(backend, ask())
    for _, headers, _ in server.requests:
        assert headers.get("Authorization", headers.get("authorization")) == "Bearer mine"
        sent = " ".join(f"{name} {value}" for name, value in headers.items()).lower()
        assert "stainless" not in sent
        assert "org-of-the-user" not in sent
        assert "from-the-environment" not in sent


def test_no_other_server_can_be_reached(backend: RemoteBackend, server: FakeServer) -> None:
    load(backend, server)
    client = backend._require().connection.client
    with running_server() as other:
        elsewhere = client.with_options(base_url=other.url)
        with pytest.raises(openai.APIConnectionError):
            elsewhere.models.list()
        assert other.requests == []


def test_the_estimate_learns_from_the_servers_count(backend: RemoteBackend, server: FakeServer) -> None:
    load(backend, server)
    text = "word " * 100
    before = backend.measure_prompt((Message.of("user", text),), PromptOptions(), -1, False).total
    run(backend, ask(text))
    after = backend.measure_prompt((Message.of("user", text),), PromptOptions(), -1, True)
    assert before == 129
    assert after.total == 100
    assert after.segments[0].tokens == 100


def test_a_known_context_length_drops_old_turns(backend: RemoteBackend, server: FakeServer) -> None:
    server.models[0]["max_model_len"] = 200
    load(backend, server)
    messages = tuple(Message.of("user" if index % 2 == 0 else "assistant", "x" * 160) for index in range(7))
    run(backend, ChatRequest(messages=messages, sampling=SamplingParams()))
    assert len(server.last_body()["messages"]) == 3


@pytest.mark.parametrize(
    "sampling",
    [
        SamplingParams(decoding="beam"),
        SamplingParams(decoding="contrastive"),
        SamplingParams(logit_bias=(LogitBias(bias=1.0, text="x"),)),
    ],
)
def test_what_servers_cannot_do_is_said(
    backend: RemoteBackend, server: FakeServer, sampling: SamplingParams
) -> None:
    load(backend, server)
    assert failure(backend, ask(sampling=sampling)).code == "endpoint.unsupported"
    with pytest.raises(UserError):
        backend.tokenize("x", False)
    with pytest.raises(UserError):
        backend.save_state("x")


def test_nothing_works_before_an_endpoint_is_loaded(backend: RemoteBackend) -> None:
    assert failure(backend, ask()).code == "model.none_loaded"


def test_an_endpoint_without_a_model_name_takes_the_first_that_is_offered(
    backend: RemoteBackend, server: FakeServer
) -> None:
    server.models = [
        {"id": "first", "object": "model", "owned_by": "vllm"},
        {"id": "second", "object": "model", "owned_by": "vllm"},
    ]
    load(backend, server, model="")
    run(backend, ask())
    assert server.last_body()["model"] == "first"
