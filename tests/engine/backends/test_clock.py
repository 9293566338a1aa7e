"""The figures under a reply, from the times of its tokens."""

import time

import pytest

from engine.backends.llama_cpp.generate import Clock


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The present in seconds; change it to let time pass."""
    present = [100.0]
    monkeypatch.setattr(time, "perf_counter", lambda: present[0])
    return present


def test_speed_counts_from_the_first_token(now: list[float]) -> None:
    clock = Clock()
    for _ in range(5):
        now[0] += 0.5
        clock.token()
    assert clock.metrics(3).output_tps == pytest.approx(2.0)
    assert clock.metrics(3).ttft_ms == pytest.approx(500.0)


def test_a_search_that_tells_its_tokens_at_the_end_took_its_time(now: list[float]) -> None:
    clock = Clock()
    now[0] += 0.5
    clock.begin()
    now[0] += 2.0
    for _ in range(5):
        clock.token()
    assert clock.metrics(3).output_tps == pytest.approx(2.0)
    assert clock.metrics(3).ttft_ms == pytest.approx(2500.0)
