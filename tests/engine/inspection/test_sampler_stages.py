"""Each stage as numpy states it, against llama.cpp's own."""

import ctypes
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.backends.llama_cpp.native import library
from engine.inspection import sampler_draws, sampler_penalties, sampler_stages
from engine.inspection.sampler_stages import Candidates, candidates_of

VOCABULARY = 3000
DTYPE = np.dtype([("id", "<i4"), ("logit", "<f4"), ("p", "<f4")])


class Native(NamedTuple):
    """What a native sampler left: ids, scores (minus infinity taken out), and the token it drew."""

    ids: NDArray[np.int32]
    logits: NDArray[np.float32]
    drawn: int


class NativeSampler:
    """A native sampler; freed with the fixture."""

    def __init__(self, handle: Any) -> None:
        self.handle = handle

    def accept(self, tokens: Sequence[int]) -> None:
        for token in tokens:
            library().llama_sampler_accept(self.handle, token)

    def apply(self, logits: NDArray[np.float32]) -> Native:
        lib = library()
        data = np.zeros(logits.size, DTYPE)
        data["id"], data["logit"] = np.arange(logits.size), logits
        array = lib.llama_token_data_array()
        array.data = ctypes.cast(data.ctypes.data, ctypes.POINTER(lib.llama_token_data))
        array.size, array.selected, array.sorted = logits.size, -1, False
        lib.llama_sampler_apply(self.handle, ctypes.byref(array))
        address = ctypes.addressof(array.data.contents)
        left = np.frombuffer(
            (ctypes.c_char * (DTYPE.itemsize * array.size)).from_address(address), DTYPE
        ).copy()
        drawn = int(left["id"][array.selected]) if array.selected >= 0 else -1
        left = left[np.isfinite(left["logit"])]
        return Native(left["id"], left["logit"], drawn)


Make = Callable[..., NativeSampler]


@pytest.fixture
def native() -> Any:
    """Makes a native sampler by the end of its function's name, and frees it."""
    made: list[NativeSampler] = []

    def make(name: str, *values: object) -> NativeSampler:
        made.append(NativeSampler(getattr(library(), f"llama_sampler_init_{name}")(*values)))
        return made[-1]

    yield make
    for sampler in made:
        library().llama_sampler_free(sampler.handle)


def random_logits(seed: int, size: int = VOCABULARY, scale: float = 3.0) -> NDArray[np.float32]:
    return (np.random.default_rng(seed).standard_normal(size) * scale).astype(np.float32)


def same(ours: Candidates, theirs: Native, tolerance: float = 1e-4) -> None:
    """The same tokens with the same scores."""
    assert sorted(ours.ids.tolist()) == sorted(theirs.ids.tolist())
    by_id = dict(zip(theirs.ids.tolist(), theirs.logits.tolist(), strict=True))
    expected = np.array([by_id[token] for token in ours.ids.tolist()])
    np.testing.assert_allclose(ours.logits, expected, rtol=1e-5, atol=tolerance)


SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "value", "more"),
    [
        ("top_k", 1, ()),
        ("top_k", 40, ()),
        ("top_k", 5000, ()),
        ("top_p", 0.1, (1,)),
        ("top_p", 0.8, (1,)),
        ("top_p", 0.95, (1,)),
        ("top_p", 1.0, (1,)),
        ("min_p", 0.05, (1,)),
        ("min_p", 0.5, (1,)),
        ("min_p", 1.0, (1,)),
        ("typical", 0.2, (1,)),
        ("typical", 0.9, (1,)),
        ("top_n_sigma", 1.0, ()),
        ("top_n_sigma", 2.5, ()),
        ("temp", 0.0, ()),
        ("temp", 0.7, ()),
        ("temp", 1.8, ()),
    ],
)
def test_truncation(native: Make, seed: int, name: str, value: float, more: tuple[int, ...]) -> None:
    logits = random_logits(seed, scale=1.0 + seed)
    ours = {"typical": sampler_stages.typical_p, "temp": sampler_stages.temperature}.get(
        name, getattr(sampler_stages, name, None)
    )
    assert ours is not None
    same(ours(candidates_of(logits), value), native(name, value, *more).apply(logits))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("values", [(0.8, 0.0, 1.0), (0.8, 0.3, 1.0), (1.0, 1.5, 0.5), (0.5, 0.5, 2.0)])
def test_dynamic_temperature(native: Make, seed: int, values: tuple[float, float, float]) -> None:
    logits = random_logits(seed)
    ours = sampler_stages.dynamic_temperature(candidates_of(logits), *values)
    same(ours, native("temp_ext", *values).apply(logits), tolerance=2e-3)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("threshold", [0.02, 0.1, 0.4, 0.6])
def test_xtc(native: Make, seed: int, threshold: float) -> None:
    logits = random_logits(seed, size=50)
    ours = sampler_stages.xtc(candidates_of(logits), threshold)
    same(ours, native("xtc", 1.0, threshold, 1, seed).apply(logits))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("values", [(1.3, 0.0, 0.0), (1.0, 0.4, 0.0), (1.0, 0.0, 1.5), (0.9, 0.2, 0.7)])
@pytest.mark.parametrize("last_n", [8, 64])
def test_penalties(native: Make, seed: int, values: tuple[float, float, float], last_n: int) -> None:
    logits = random_logits(seed)
    history = np.random.default_rng(seed).integers(0, 12, 50).tolist()
    sampler = native("penalties", VOCABULARY, last_n, *values)
    sampler.accept(history)
    same(sampler_penalties.penalties(candidates_of(logits), history, last_n, *values), sampler.apply(logits))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("allowed", [1, 2, 4])
@pytest.mark.parametrize("last_n", [20, 150])
def test_dry(native: Make, dry_vocabulary: Any, seed: int, allowed: int, last_n: int) -> None:
    logits = random_logits(seed)
    # Few different tokens: repetitions of many lengths, some of them overlapping.
    history = np.random.default_rng(seed).integers(100, 102, 200).tolist()
    sampler = native("dry", dry_vocabulary, 0.8, 1.75, allowed, last_n, None, 0)
    sampler.accept(history)
    ours = sampler_penalties.dry(candidates_of(logits), history, last_n, 0.8, 1.75, allowed)
    assert last_n == 20 or np.any(np.abs(ours.logits - logits) > 0.1)
    same(ours, sampler.apply(logits), tolerance=1e-3)


def test_dry_breakers(native: Make, dry_vocabulary: Any, newline: int) -> None:
    logits = random_logits(1)
    history = [200, 201, 202, 203, newline, 201, 202, 203, 204, 200, newline, 201, 202, 203]
    breaker = (ctypes.c_char_p * 1)(b"\n")
    sampler = native("dry", dry_vocabulary, 0.8, 1.75, 2, 64, breaker, 1)
    sampler.accept(history)
    ours = sampler_penalties.dry(candidates_of(logits), history, 64, 0.8, 1.75, 2, {newline})
    changed = np.flatnonzero(np.abs(ours.logits - logits) > 1e-6).tolist()
    assert changed == [204]
    same(ours, sampler.apply(logits), tolerance=1e-3)


@pytest.mark.parametrize("seed", SEEDS)
def test_mirostat(native: Make, seed: int) -> None:
    tau, eta, mu = 3.0, 0.1, 6.0
    sampler = native("mirostat", VOCABULARY, seed, tau, eta, 100)
    for step in range(8):
        logits = random_logits(100 * seed + step)
        ours = sampler_draws.mirostat(candidates_of(logits), mu, VOCABULARY)
        theirs = sampler.apply(logits)
        same(ours, theirs)
        mu = sampler_draws.next_mu(mu, ours, theirs.drawn, tau, eta)


@pytest.mark.parametrize("seed", SEEDS)
def test_mirostat_v2(native: Make, seed: int) -> None:
    tau, eta, mu = 3.0, 0.1, 6.0
    sampler = native("mirostat_v2", seed, tau, eta)
    for step in range(8):
        logits = random_logits(100 * seed + step)
        ours = sampler_draws.mirostat_v2(candidates_of(logits), mu)
        theirs = sampler.apply(logits)
        same(ours, theirs)
        mu = sampler_draws.next_mu(mu, ours, theirs.drawn, tau, eta)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("target", "decay"), [(0.3, 0.9), (0.05, 0.0), (1.0, 0.5), (-1.0, 0.9)])
def test_adaptive_p(native: Make, seed: int, target: float, decay: float) -> None:
    sampler = native("adaptive_p", target, decay, seed)
    state = sampler_draws.AdaptiveState.start(target, decay)
    for step in range(6):
        logits = random_logits(100 * seed + step, size=40)
        before = candidates_of(logits)
        ours = sampler_draws.adaptive_p(before, target, state)
        theirs = sampler.apply(logits)
        same(ours, theirs, tolerance=1e-3)
        sampler.accept([theirs.drawn])
        state = state.after(float(before.p[theirs.drawn]), decay)


def test_greedy_and_softmax(native: Make) -> None:
    logits = random_logits(3)
    candidates = candidates_of(logits)
    assert sampler_draws.greedy(candidates) == native("greedy").apply(logits).drawn
    np.testing.assert_allclose(candidates.p, np.exp(logits) / np.exp(logits).sum(), rtol=1e-4)


@pytest.fixture(scope="session")
def dry_vocabulary(starter_path: Any) -> Any:
    """A vocabulary, loaded without weights: DRY's breakers are texts."""
    lib = library()
    params = lib.llama_model_default_params()
    params.vocab_only = True
    model = lib.llama_model_load_from_file(str(starter_path).encode(), params)
    yield lib.llama_model_get_vocab(model)
    lib.llama_model_free(model)


@pytest.fixture(scope="session")
def newline(dry_vocabulary: Any) -> int:
    """A token that is a newline alone."""
    buffer = (library().llama_token * 4)()
    count = library().llama_tokenize(dry_vocabulary, b"\n", 1, buffer, 4, False, False)
    assert count == 1
    return int(buffer[0])
