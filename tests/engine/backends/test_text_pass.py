"""Attention that Lathe computes in place of llama.cpp's node, against what llama.cpp's own graph says."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.backends.backend import Control
from engine.backends.llama_cpp import inspection_output, text_pass
from engine.backends.llama_cpp.attention_node import NO_OPERATION
from engine.backends.llama_cpp.inspection_output import open_output
from engine.backends.llama_cpp.loading import Loaded, load_model
from engine.backends.llama_cpp.text_pass import TextPass
from engine.errors import Cancelled, UserError
from engine.inspection import softmax_attention
from engine.protocol.inspection import TapKind
from engine.protocol.ring import RING_VARIABLE
from engine.protocol.values import ContextParams, ModelSpec
from engine.taps import pieces
from engine.taps.arrays import unpack
from engine.taps.npz import NpzArray
from engine.taps.pieces import FloatType
from tests.reference.tiny_models import write_tiny

TOKENS = tuple(1 + (place * place * 7 + place) % 300 for place in range(150))


@pytest.fixture(scope="module")
def opened(
    starter_path: Path, measured_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Loaded]]:
    folder = tmp_path_factory.mktemp("tiny")
    loaded: dict[tuple[str, str], Loaded] = {}

    def get(name: str, cache: Any = "f16") -> Loaded:
        if (name, cache) not in loaded:
            path = starter_path
            if name != "starter":
                architecture: Any = name
                path = write_tiny(folder / f"{name}-{cache}.gguf", architecture, "F16")
            context = ContextParams(
                n_ctx=512,
                n_threads=2,
                flash_attention="on" if cache == "q8_0" else "off",
                type_k=cache,
                type_v=cache,
            )
            spec = ModelSpec(backend="llama_cpp", name=name, path=str(path))
            loaded[name, cache] = load_model(spec, context, lambda *_: None, Control())
        return loaded[name, cache]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATHE_HOME", str(measured_home))
        yield get
    for one in loaded.values():
        one.close()


Read = dict[str, NDArray[Any]]


def read(
    loaded: Loaded,
    plan: Mapping[TapKind, tuple[int, ...]] | None = None,
    heads: tuple[int, ...] = (),
    path: str = "",
    tokens: tuple[int, ...] = TOKENS,
    dtype: FloatType = np.float32,
) -> Read:
    """Attention and the state after each layer."""
    every = tuple(range(loaded.model.n_layer))
    with open_output(path, dtype) as output:
        one = TextPass(loaded, plan or {"attention": every, "residual": every}, heads, tokens, output)
        assert list(one.run())[-1] == len(tokens)
        arrays = output.finish(
            {str(kind): array for kind, array in one.arrays.items()}, tokens, [b"x"] * len(tokens)
        )
    return {name: np.array(unpack(array)) for name, array in arrays.items()}


@contextmanager
def by_the_graph() -> Iterator[None]:
    """As where attention cannot be computed here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_pass, "flash_operation", lambda: NO_OPERATION)
        yield


@pytest.mark.parametrize(
    ("name", "largest", "mean"),
    # ggml rounds queries to half precision, and in the starter activations to 8 bits: differences grow from
    # layer to layer. The limits are about twice what was measured.
    [("llama", 0.04, 5e-5), ("gemma3", 2e-3, 6e-6), ("starter", 0.3, 3e-4)],
)
def test_it_is_what_the_graph_says(
    opened: Callable[..., Loaded], name: str, largest: float, mean: float
) -> None:
    loaded = opened(name)
    computed = read(loaded)
    with by_the_graph():
        caught = read(loaded)
    assert computed["attention"].shape == caught["attention"].shape
    difference = np.abs(computed["attention"] - caught["attention"])
    assert difference.max() < largest
    assert difference.mean() < mean
    # The first layer has seen no other difference yet.
    assert difference[0].max() < 2e-3
    assert np.abs(computed["attention"].sum(axis=-1, dtype=np.float64) - 1).max() < 2e-6
    assert np.array_equal(computed["attention"] == 0, caught["attention"] == 0)
    scale = np.abs(caught["residual"]).max()
    assert np.abs(computed["residual"] - caught["residual"]).mean() / scale < 1e-2


def test_numpy_and_the_kernel_agree(opened: Callable[..., Loaded], monkeypatch: pytest.MonkeyPatch) -> None:
    with_kernel = read(opened("gemma3"))
    monkeypatch.setattr(softmax_attention, "kernel_library", lambda: None)
    without = read(opened("gemma3"))
    assert np.abs(with_kernel["attention"] - without["attention"]).max() < 1e-3


def test_less_is_read_when_less_is_wanted(opened: Callable[..., Loaded]) -> None:
    loaded = opened("starter")
    whole = read(loaded, {"attention": tuple(range(loaded.model.n_layer))})["attention"]
    part = read(loaded, {"attention": (2, 7)}, heads=(5, 1))["attention"]
    assert part.shape == (2, 2, len(TOKENS), len(TOKENS))
    assert np.array_equal(part, whole[[2, 7]][:, [5, 1]])


def test_the_chunks_of_a_text_are_one_text(
    opened: Callable[..., Loaded], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = opened("gemma3")
    at_once = read(loaded, {"attention": (0, 3, 5)})["attention"]
    monkeypatch.setattr(text_pass, "CHUNK", 64)
    monkeypatch.setattr(text_pass, "LARGEST_CHUNK", 64)
    in_parts = read(loaded, {"attention": (0, 3, 5)})["attention"]
    assert np.abs(at_once - in_parts).max() < 1e-3


def test_a_file_holds_the_same(opened: Callable[..., Loaded], tmp_path: Path) -> None:
    loaded = opened("llama")
    sent = read(loaded)
    path = tmp_path / "attention.npz"
    assert read(loaded, path=str(path)) == {}
    with np.load(path) as file:
        assert np.array_equal(file["attention"], sent["attention"])
        assert np.array_equal(file["residual"], sent["residual"])
        assert tuple(file["token_ids"]) == TOKENS


def test_it_stops_in_the_middle_of_a_chunk(opened: Callable[..., Loaded]) -> None:
    loaded = opened("starter")
    asked = itertools.count()
    with open_output("") as output:
        one = TextPass(loaded, {"attention": (3,)}, (), TOKENS, output, lambda: next(asked) > 300)
        with pytest.raises(Cancelled):
            list(one.run())
    assert next(asked) < 400, "not asked again after it was said"
    assert read(loaded, {"attention": (3,)})["attention"].shape[2] == len(TOKENS)


def test_half_precision_takes_half(opened: Callable[..., Loaded], tmp_path: Path) -> None:
    loaded, path = opened("llama"), tmp_path / "half.npz"
    plan: dict[TapKind, tuple[int, ...]] = {"attention": (0, 1, 2, 3)}
    single = read(loaded, plan)["attention"]
    with open_output(str(path), np.float16) as output:
        one = TextPass(loaded, plan, (), TOKENS, output)
        assert list(one.run())[-1] == len(TOKENS)
        output.finish({}, TOKENS, [b"x"] * len(TOKENS))
    with np.load(path) as file:
        assert file["attention"].dtype == np.float16
        assert np.array_equal(file["attention"], single.astype(np.float16))
    with by_the_graph():
        assert read(loaded, plan, dtype=np.float16)["attention"].dtype == np.float16


@pytest.mark.parametrize(("cache", "mean"), [("bf16", 3e-4), ("q8_0", 3e-4)])
def test_other_caches_are_read_too(opened: Callable[..., Loaded], cache: str, mean: float) -> None:
    attention = read(opened("starter", cache))["attention"]
    exact = read(opened("starter"))["attention"]
    assert np.abs(attention[0] - exact[0]).max() < 0.02
    assert np.abs(attention - exact).mean() < mean
    assert np.abs(attention.sum(axis=-1, dtype=np.float64) - 1).max() < 2e-6


def test_a_cache_in_single_precision_is_not_rounded(opened: Callable[..., Loaded]) -> None:
    loaded = opened("llama", "f32")
    own = read(loaded)
    with by_the_graph():
        assert np.array_equal(read(loaded)["attention"], own["attention"])


def test_an_error_while_rows_are_stored_is_raised_as_it_is(
    opened: Callable[..., Loaded], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A full disk, above all: the graph is left in order, and the next text can be read."""
    loaded = opened("llama")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(NpzArray, "write", fail)
        with pytest.raises(UserError) as told:
            read(loaded, path=str(tmp_path / "a.npz"))
    assert told.value.code == "output.no_space"
    assert not list(tmp_path.glob("a.npz*"))
    assert read(loaded)["attention"].shape[2] == len(TOKENS)


def test_a_place_for_the_window_that_fills_up_is_told(
    opened: Callable[..., Loaded], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where a file cannot be given its room before."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setenv(RING_VARIABLE, str(tmp_path / "ring"))
    monkeypatch.setattr(inspection_output, "SMALLEST_FILE", 1)
    monkeypatch.setattr(pieces, "write_at", fail)
    before = set(tmp_path.iterdir())
    with pytest.raises(UserError) as told:
        read(opened("llama"))
    assert told.value.code == "inspect.no_room"
    assert set(tmp_path.iterdir()) == before


def test_asking_for_tokens_only_reads_nothing(
    opened: Callable[..., Loaded], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_context(*_arguments: object, **_named: object) -> None:
        pytest.fail("the text is read")

    monkeypatch.setattr(TextPass, "_context", no_context)
    with open_output("") as output:
        assert list(TextPass(opened("starter"), {}, (), TOKENS, output).run()) == [len(TOKENS)]
