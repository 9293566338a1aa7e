"""The worker's end of the pipe: nothing lost, nothing out of order, and fewer arrivals than tokens."""

import os
from types import SimpleNamespace

import pytest

from engine.protocol.codec import FrameSplitter, decode_event
from engine.protocol.events import AnyEvent, Pong, Token
from engine.worker import channel
from engine.worker.channel import TOGETHER_S, EventChannel


class Pipe:
    """A channel whose clock stands until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(channel, "time", SimpleNamespace(perf_counter=lambda: self.now))
        self.read_end, self.write_end = os.pipe()
        os.set_blocking(self.read_end, False)
        self.channel = EventChannel(self.write_end)
        self._splitter = FrameSplitter()

    def arrived(self) -> list[AnyEvent]:
        try:
            data = os.read(self.read_end, 1 << 16)
        except BlockingIOError:
            return []
        return [decode_event(frame) for frame in self._splitter.feed(data)]

    def close(self) -> None:
        os.close(self.read_end)
        os.close(self.write_end)


def token(number: int) -> Token:
    return Token(job=1, seq=number, id=number, text=str(number), logprob=-1.0, elapsed_ms=float(number))


def test_fast_tokens_travel_together(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Pipe(monkeypatch)
    pipe.channel.send(Pong())
    pipe.channel.send(token(0))
    assert pipe.arrived() == [Pong(), token(0)]  # the first is not made to wait
    for number in (1, 2, 3):
        pipe.now += 0.3 * TOGETHER_S
        pipe.channel.send(token(number))
        assert pipe.arrived() == []
    pipe.now += 0.3 * TOGETHER_S
    pipe.channel.send(token(4))
    assert pipe.arrived() == [token(number) for number in (1, 2, 3, 4)]
    pipe.close()


def test_slow_tokens_go_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Pipe(monkeypatch)
    for number in range(3):
        pipe.now += 1.1 * TOGETHER_S
        pipe.channel.send(token(number))
        assert pipe.arrived() == [token(number)]
    pipe.close()


def test_any_other_event_takes_along_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Pipe(monkeypatch)
    pipe.channel.send(token(0))
    pipe.channel.send(token(1))
    pipe.channel.send(Pong())
    assert pipe.arrived() == [token(0), token(1), Pong()]
    pipe.close()
