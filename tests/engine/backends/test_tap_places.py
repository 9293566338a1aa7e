"""A tap tells nodes apart by where they lie, and notices when they moved."""

import ctypes

import numpy as np
import pytest

from engine.backends.llama_cpp.taps import Captured, Tap, TensorLayout
from engine.protocol.inspection import TapKind


class Graph:
    """Some tensors with names, asked for as the scheduler does."""

    def __init__(self, names: list[str]) -> None:
        self.tensors = [TensorLayout() for _ in names]
        self.rename(names)

    def rename(self, names: list[str]) -> None:
        for tensor, name in zip(self.tensors, names, strict=True):
            tensor.name = name.encode()

    def run(self, tap: Tap) -> list[str]:
        """Names of what was wanted while one token was decoded."""
        wanted = []
        with tap.single_token():
            for tensor in self.tensors:
                address = ctypes.addressof(tensor)
                if tap._on_node(address, True, None):
                    wanted.append(tensor.name.decode())
                    assert tap._on_node(address, False, None)
        return wanted


@pytest.fixture
def tap(monkeypatch: pytest.MonkeyPatch) -> Tap:
    one = Tap()

    def catch(_address: int, kind: TapKind, layer: int) -> None:
        one._caught.append(Captured(kind, layer, np.empty(0, np.float32)))

    monkeypatch.setattr(one, "_catch", catch)
    one.want({"attention": [0, 2]})
    return one


NAMES = ["kq_soft_max-0", "l_out-0", "kq_soft_max-1", "kq_soft_max-2"]


def test_the_second_token_gives_what_the_first_gave(tap: Tap, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Graph(NAMES)
    assert graph.run(tap) == ["kq_soft_max-0", "kq_soft_max-2"]
    names: list[int] = []
    string_at = ctypes.string_at

    def noted(address: int) -> bytes:
        names.append(address)
        return string_at(address)

    monkeypatch.setattr(ctypes, "string_at", noted)
    assert graph.run(tap) == ["kq_soft_max-0", "kq_soft_max-2"]
    assert len(names) == 2  # only the two that were handed over
    assert [one.layer for one in tap.take()] == [0, 2, 0, 2]


def test_nodes_that_moved_are_found_again(tap: Tap) -> None:
    graph = Graph(NAMES)
    graph.run(tap)
    graph.rename(["l_out-0", "kq_soft_max-0", "kq_soft_max-2", "kq_soft_max-1"])
    tap.take()
    graph.run(tap)
    assert tap.take() == []  # nothing wrong is given out
    assert graph.run(tap) == ["kq_soft_max-0", "kq_soft_max-2"]


def test_other_layers_are_learnt_anew(tap: Tap) -> None:
    graph = Graph(NAMES)
    graph.run(tap)
    tap.want({"attention": [1], "residual": [0]})
    assert graph.run(tap) == ["l_out-0", "kq_soft_max-1"]
