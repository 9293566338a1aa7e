"""A small OpenAI-compatible server on loopback that answers as a script says."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Behaviour = Literal["answer", "status", "break", "silent", "garbage", "slow"]


class FakeServer:
    """What it was asked is in `requests` (path, headers, body)."""

    def __init__(self) -> None:
        self.behaviour: Behaviour = "answer"
        self.status = 500
        self.refuse_words: tuple[str, ...] = ()
        self.words = ["Hel", "lo", " world"]
        self.reasoning: list[str] = []
        self.logprobs = True
        self.models: list[dict[str, Any]] = [{"id": "tiny", "object": "model", "owned_by": "vllm"}]
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.released = threading.Event()
        handler = type("Handler", (_Handler,), {"fake": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = False
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def last_body(self) -> dict[str, Any]:
        return self.requests[-1][2]

    def close(self) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@contextmanager
def running_server() -> Iterator[FakeServer]:
    server = FakeServer()
    try:
        yield server
    finally:
        server.close()


class _Handler(BaseHTTPRequestHandler):
    fake: FakeServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Tests read what they need from `requests`."""

    def do_GET(self) -> None:
        self.fake.requests.append((self.path, dict(self.headers), {}))
        if self.fake.behaviour == "status":
            self._error(self.fake.status)
        else:
            self._json({"object": "list", "data": self.fake.models})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.fake.requests.append((self.path, dict(self.headers), body))
        refused = [word for word in self.fake.refuse_words if word in body]
        if refused:
            self._error(400, f"Unrecognized request argument: {refused[0]}")
        elif self.fake.behaviour == "status":
            self._error(self.fake.status, "The model is on holiday; Authorization: Bearer secret-key")
        elif self.fake.behaviour == "silent":
            self.fake.released.wait(20)
            self.close_connection = True
        else:
            self._stream(body)

    def _json(self, value: object, status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _error(self, status: int, text: str = "no") -> None:
        self._json({"error": {"message": text, "type": "x"}}, status)

    def _stream(self, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if self.fake.behaviour == "garbage":
            self._event('{"choices": "none"}')
            self._end()
            return
        chat = self.path.endswith("/chat/completions")
        for word in self.fake.reasoning:
            self._event({"choices": [{"index": 0, "delta": {"reasoning_content": word}}]})
        for number, word in enumerate(self.fake.words):
            if self.fake.behaviour == "break" and number == 2:
                self.close_connection = True
                return
            if self.fake.behaviour == "slow" and number == 1:
                self.fake.released.wait(20)
            if not self._event({"choices": [self._choice(body, word, chat)]}):
                self.close_connection = True
                return
        last: dict[str, Any] = {
            "index": 0,
            "finish_reason": "length",
            **({"delta": {}} if chat else {"text": ""}),
        }
        self._event({"choices": [last]})
        usage = {"prompt_tokens": 100, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 40}}
        self._event({"choices": [], "usage": usage})
        self._event("[DONE]")
        self._end()

    def _choice(self, body: dict[str, Any], word: str, chat: bool) -> dict[str, Any]:
        choice: dict[str, Any] = {"index": 0, "finish_reason": None}
        choice |= {"delta": {"content": word}} if chat else {"text": word}
        if not self.fake.logprobs or "logprobs" not in body:
            return choice
        if chat:
            top = [{"token": "X", "logprob": -0.2}, {"token": word, "logprob": -1.5}]
            content = [{"token": word, "logprob": -1.5, "top_logprobs": top[: body.get("top_logprobs", 0)]}]
            return {**choice, "logprobs": {"content": content}}
        values = {"tokens": [word], "token_logprobs": [-1.5], "top_logprobs": [{word: -1.5}]}
        return {**choice, "logprobs": values}

    def _event(self, value: object) -> bool:
        text = value if isinstance(value, str) else json.dumps({"id": "1", "object": "chunk", **dict(value)})  # type: ignore[call-overload]
        data = f"data: {text}\n\n".encode()
        try:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()
        except OSError:
            return False
        return True

    def _end(self) -> None:
        try:
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True
