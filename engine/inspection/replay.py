"""What other sampler settings would have kept, told from the candidates stored with a reply.

The stored candidates are the best of the vocabulary with their log-probabilities under the model's own
distribution. What was not stored is known by its sum and by a ceiling: no such token was more probable than
the least stored one. Every stage works on both, and says whether its result is exact or the stored candidates
are too few to tell. No model and no numpy: the window calls this while a slider moves.
"""

import math
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from engine.sampling.params import SamplerName, SamplingParams

Why = Literal["", "beyond_stored", "needs_logits", "needs_history", "needs_state"]
"""Why a result is not exact: more tokens than stored may remain; the stage works on raw scores, on earlier
tokens, or on a state that was not stored.
"""


class Shared(NamedTuple):
    """A candidate and its share; shares of all candidates and the rest sum to 1."""

    id: int
    p: float


class ReplayStage(NamedTuple):
    """What one stage does.

    `kept` with their shares after the stage, `removed` with those before it, both best first. `rest`: the
    share of tokens that were not stored, after the stage; between `rest_low` and `rest_high` where a
    temperature makes it uncertain (shares then stand in the middle). `exact` False: see `why`.
    `temperature`: the one used, of dynamic temperature, else NaN.
    """

    sampler: SamplerName | Literal["mirostat", "mirostat_v2", "adaptive_p", "greedy"]
    kept: tuple[Shared, ...]
    removed: tuple[Shared, ...]
    rest: float
    rest_low: float
    rest_high: float
    exact: bool
    why: Why = ""
    temperature: float = math.nan


class Stored(NamedTuple):
    """One token's stored distribution.

    `candidates`: (id, natural log-probability), the best ones. `vocabulary`: size; 0 unknown. `history`: the
    ids before it, None unknown. `log_total`: log Σ exp(score), with which log-probabilities become scores
    again; `deviation`: standard deviation of all scores. NaN unknown, then stages on raw scores pass.
    """

    candidates: tuple[tuple[int, float], ...]
    vocabulary: int = 0
    history: tuple[int, ...] | None = None
    log_total: float = math.nan
    deviation: float = math.nan


class _State(NamedTuple):
    """`weights`: (id, log weight), best first. The rest: `unstored` tokens that sum to between `low` and
    `high`, none above the log weight `ceiling`; no rest when `high` is 0. `touched`: weights are no
    longer the model's own. `whole`: nothing was removed yet.
    """

    weights: tuple[tuple[int, float], ...]
    low: float
    high: float
    ceiling: float
    unstored: int
    touched: bool = False
    whole: bool = True

    @property
    def total(self) -> float:
        return sum(math.exp(weight) for _, weight in self.weights) + (self.low + self.high) / 2

    def shares(self) -> tuple[Shared, ...]:
        total = self.total
        return tuple(Shared(token, math.exp(weight) / total) for token, weight in self.weights)

    def keep(self, ids: set[int], *, rest: bool = False) -> "_State":
        kept = tuple(one for one in self.weights if one[0] in ids)
        if rest:
            return self._replace(weights=kept, whole=self.whole and len(kept) == len(self.weights))
        return _State(kept, 0.0, 0.0, -math.inf, 0, self.touched, whole=False)


class _Done(NamedTuple):
    state: _State
    why: Why = ""
    temperature: float = math.nan


def replay(stored: Stored, params: SamplingParams) -> list[ReplayStage]:
    """The stages that `params` switches on, in their order. XTC is shown as if it struck.

    A mirostat stage is shown as at the beginning of a reply, adaptive-p as if its target had been met.
    """
    state = _start(stored)
    stages: list[ReplayStage] = []
    exact = True
    names: Sequence[SamplerName] = ("temperature",) if params.mirostat else params.order
    for name in names:
        done = _STAGES[name](state, params, stored)
        if done is None:
            continue
        exact = exact and not done.why
        stages.append(_stage(name, state, done, exact=exact))
        state = done.state
    last = _last(state, params)
    if last is not None:
        name_of_last, done = last
        stages.append(_stage(name_of_last, state, done, exact=exact and not done.why))
    return stages


def _start(stored: Stored) -> _State:
    best = sorted(stored.candidates, key=lambda one: -one[1])
    rest = max(0.0, 1.0 - sum(math.exp(logprob) for _, logprob in best))
    unstored = max(0, stored.vocabulary - len(best)) if stored.vocabulary else 0
    everything = bool(stored.vocabulary) and not unstored
    ceiling = -math.inf if everything or not best else best[-1][1]
    mass = 0.0 if everything else rest
    return _State(tuple(best), mass, mass, ceiling, unstored)


def _stage(name: object, before: _State, done: _Done, *, exact: bool) -> ReplayStage:
    after = done.state
    alive = {token for token, _ in after.weights}
    total = after.total or 1.0
    return ReplayStage(
        sampler=name,  # type: ignore[arg-type] # one of the names, from the callers in this file
        kept=after.shares(),
        removed=tuple(one for one in before.shares() if one.id not in alive),
        rest=(after.low + after.high) / 2 / total,
        rest_low=after.low / (total - (after.high - after.low) / 2 or 1.0),
        rest_high=after.high / (total + (after.high - after.low) / 2 or 1.0),
        exact=exact,
        why=done.why,
        temperature=done.temperature,
    )


def _sure(state: _State) -> int:
    """How many of the first candidates are certainly the best of the vocabulary."""
    if state.high == 0:
        return len(state.weights)
    return sum(1 for _, weight in state.weights if weight >= state.ceiling)


def _first(state: _State, count: int) -> _Done:
    """The best `count`, which may reach beyond what is known."""
    if count <= _sure(state):
        return _Done(state.keep({token for token, _ in state.weights[:count]}))
    return _Done(state, "beyond_stored")


def _top_k(state: _State, params: SamplingParams, _stored: Stored) -> _Done | None:
    return None if params.top_k <= 0 else _first(state, _limited(state, params.top_k))


def _limited(state: _State, count: int) -> int:
    return min(count, len(state.weights)) if state.high == 0 else count


def _top_p(state: _State, params: SamplingParams, _stored: Stored) -> _Done | None:
    if params.top_p >= 1:
        return None
    reached = 0.0
    for place, one in enumerate(state.shares(), start=1):
        reached += one.p
        if reached >= params.top_p:
            done = _first(state, place)
            # A rest that is only bounded could move the border.
            return done if state.low == state.high else _Done(done.state, "beyond_stored")
    return _Done(state, "" if state.high == 0 else "beyond_stored")


def _min_p(state: _State, params: SamplingParams, _stored: Stored) -> _Done | None:
    if params.min_p <= 0 or not state.weights:
        return None
    border = state.weights[0][1] + math.log(params.min_p)
    kept = {token for token, weight in state.weights if weight >= border}
    if state.high == 0 or (border > state.ceiling and _sure(state)):
        return _Done(state.keep(kept))
    return _Done(state.keep(kept, rest=True), "beyond_stored")


def _typical(state: _State, params: SamplingParams, _stored: Stored) -> _Done | None:
    if params.typical_p >= 1:
        return None
    if state.high > 0:
        # The entropy of what was not stored is missing.
        return _Done(state, "beyond_stored")
    shares = state.shares()
    entropy = -sum(one.p * math.log(one.p) for one in shares if one.p > 0)
    kept: set[int] = set()
    reached = 0.0
    for one in sorted(shares, key=lambda one: abs(-math.log(max(one.p, 1e-300)) - entropy)):
        kept.add(one.id)
        reached += one.p
        if reached > params.typical_p:
            break
    return _Done(state.keep(kept))


def _top_n_sigma(state: _State, params: SamplingParams, stored: Stored) -> _Done | None:
    if params.top_n_sigma <= 0 or not state.weights:
        return None
    if state.high == 0 and len(state.weights) > 1:
        mean = sum(weight for _, weight in state.weights) / len(state.weights)
        squares = sum((weight - mean) ** 2 for _, weight in state.weights)
        deviation = math.sqrt(squares / len(state.weights))
    elif math.isnan(stored.deviation) or state.touched or not state.whole:
        return _Done(state, "needs_logits")
    else:
        deviation = stored.deviation
    border = state.weights[0][1] - params.top_n_sigma * deviation
    kept = {token for token, weight in state.weights if weight >= border}
    if state.high == 0 or border > state.ceiling:
        return _Done(state.keep(kept))
    return _Done(state.keep(kept, rest=True), "beyond_stored")


def _xtc(state: _State, params: SamplingParams, _stored: Stored) -> _Done | None:
    if params.xtc_probability <= 0 or params.xtc_threshold > 0.5 or not state.weights:
        return None
    above = [one for one in state.shares() if one.p >= params.xtc_threshold]
    gone = {one.id for one in above[:-1]}
    kept = {token for token, _ in state.weights} - gone
    highest = math.exp(state.ceiling) / state.total if state.high > 0 else 0.0
    unsure = highest >= params.xtc_threshold or state.low != state.high
    why: Why = "beyond_stored" if unsure else ""
    return _Done(state.keep(kept, rest=True), why)


def _temperature(state: _State, params: SamplingParams, _stored: Stored) -> _Done | None:
    if params.temperature == 1 and params.dynatemp_range <= 0:
        return None
    if params.dynatemp_range <= 0:
        return _scaled(state, params.temperature)
    if len(state.weights) <= 1 and state.high == 0:
        return _Done(state)
    if state.high > 0:
        return _Done(state, "beyond_stored")
    shares = state.shares()
    entropy = -sum(one.p * math.log(one.p) for one in shares if one.p > 0)
    lowest = max(0.0, params.temperature - params.dynatemp_range)
    highest = params.temperature + params.dynatemp_range
    relative = entropy / math.log(len(shares))
    value = lowest + (highest - lowest) * relative**params.dynatemp_exponent
    return _Done(_scaled(state, value).state, temperature=value)


def _scaled(state: _State, value: float) -> _Done:
    """Every weight to the power of 1 / temperature. The rest's new sum is only bounded."""
    if value <= 0:
        return _first(state, 1)
    power = 1 / value
    weights = tuple((token, weight * power) for token, weight in state.weights)
    if state.high == 0:
        return _Done(state._replace(weights=weights, touched=True))
    # For a given sum, the sum of powers lies between all of it at the ceiling and evenly spread.
    packed = [mass * math.exp(state.ceiling * (power - 1)) for mass in (state.low, state.high)]
    count = state.unstored
    if not count:
        spread = [
            mass if power == 1 else (0.0 if power > 1 else math.inf) for mass in (state.low, state.high)
        ]
    else:
        spread = [count * (mass / count) ** power if mass else 0.0 for mass in (state.low, state.high)]
    low, high = min(*packed, *spread), max(*packed, *spread)
    if math.isinf(high):
        return _Done(state._replace(weights=weights, touched=True), "beyond_stored")
    return _Done(_State(weights, low, high, state.ceiling * power, count, touched=True, whole=state.whole))


def _penalties(state: _State, params: SamplingParams, stored: Stored) -> _Done | None:
    repeat, frequency, presence = params.repeat_penalty, params.frequency_penalty, params.presence_penalty
    if (repeat, frequency, presence) == (1.0, 0.0, 0.0) or params.repeat_last_n == 0:
        return None
    if stored.history is None:
        return _Done(state, "needs_history")
    if repeat != 1 and (math.isnan(stored.log_total) or state.touched):
        return _Done(state, "needs_logits")
    recent = stored.history if params.repeat_last_n < 0 else stored.history[-params.repeat_last_n :]

    def lowered(token: int, weight: float) -> float:
        count = recent.count(token)
        if not count:
            return weight
        if repeat != 1:
            score = weight + stored.log_total
            weight = (score * repeat if score <= 0 else score / repeat) - stored.log_total
        return weight - count * frequency - presence

    return _moved(state, lowered, lowers=repeat >= 1 and frequency >= 0 and presence >= 0)


def _dry(state: _State, params: SamplingParams, stored: Stored) -> _Done | None:
    if params.dry_multiplier <= 0 or params.dry_base < 1 or params.dry_penalty_last_n == 0:
        return None
    # Which token ids a breaker text stands for is in the vocabulary, which a stored reply does not have.
    return _Done(state, "needs_state" if stored.history is not None else "needs_history")


def _moved(state: _State, change: Callable[[int, float], float], *, lowers: bool) -> _Done:
    weights = tuple(sorted(((token, change(token, weight)) for token, weight in state.weights), key=_best))
    # Tokens of the rest that were said before fall as well, so the rest may shrink to nothing; a negative
    # penalty may raise them beyond the ceiling.
    low = state.low if state.high == 0 else 0.0
    moved = state._replace(weights=weights, low=low, touched=True)
    return _Done(moved, "" if lowers else "beyond_stored")


def _best(one: tuple[int, float]) -> float:
    return -one[1]


def _last(
    state: _State, params: SamplingParams
) -> tuple[Literal["mirostat", "mirostat_v2", "adaptive_p", "greedy"], _Done] | None:
    if params.decoding == "greedy":
        return ("greedy", _first(state, 1))
    if params.mirostat == 2:
        border = 2.0 ** (-2 * params.mirostat_tau)
        unsure = state.low != state.high
        if unsure or (state.high > 0 and math.exp(state.ceiling) / state.total >= border):
            return ("mirostat_v2", _Done(state, "beyond_stored"))
        kept = [one.id for one in state.shares() if one.p >= border]
        return ("mirostat_v2", _first(state, max(1, len(kept))))
    if params.mirostat == 1:
        return ("mirostat", _Done(state, "needs_state"))
    if params.adaptive_target >= 0:
        return ("adaptive_p", _Done(state, "needs_state"))
    return None


_STAGES: dict[SamplerName, Callable[[_State, SamplingParams, Stored], _Done | None]] = {
    "penalties": _penalties,
    "dry": _dry,
    "top_n_sigma": _top_n_sigma,
    "top_k": _top_k,
    "typical_p": _typical,
    "top_p": _top_p,
    "min_p": _min_p,
    "xtc": _xtc,
    "temperature": _temperature,
}
