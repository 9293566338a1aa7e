"""A finished comparison: the file that a `CompareJob` has written, and what people ask of it.

Everything is indexed by *place*, the number of a scored position: place p is about the token
`tokens[positions[p]]`, and about what the models expected there. Model 0 is the one the others are compared
with. No model is needed to read it.
"""

import time
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError
from engine.protocol.jobs import ModelCompared


class About(msgspec.Struct, frozen=True):
    """`tokens` were read, `scored` of them were predicted. `text` is a file's name."""

    text: str = ""
    n_ctx: int = 0
    tokens: int = 0
    scored: int = 0
    created_ms: int = 0


class Candidate(NamedTuple):
    """A token that a model would have said. `came`: whether it is the one of the text."""

    id: int
    text: str
    p: float
    came: bool


class Opinion(NamedTuple):
    """What one model thought at one place. `rank` 0: the token that came was its first choice; -1: the file
    does not say. `flipped`: its first choice is not that of model 0.
    """

    model: str
    p: float
    rank: int
    kl: float
    flipped: bool
    candidates: tuple[Candidate, ...]


class Comparison:
    """`read_comparison` makes it."""

    def __init__(self, path: Path, arrays: dict[str, NDArray[Any]]) -> None:
        self.path = path
        self.summary = msgspec.json.decode(str(arrays["summary"]), type=tuple[ModelCompared, ...])
        about = str(arrays["about"]) if "about" in arrays else "{}"
        self.about = msgspec.json.decode(about, type=About)
        self.models: list[str] = arrays["models"].tolist()
        self.texts: list[str] = arrays["pieces"].tolist()
        self.token_ids: NDArray[np.int32] = arrays["token_ids"]
        self.positions: NDArray[np.int32] = arrays["positions"]
        self.kl: NDArray[np.float32] = arrays["kl"]
        """[model, place], in nats; 0 for model 0."""
        self.logprob: NDArray[np.float32] = arrays["logprob"]
        self._ranks = arrays.get("ranks")
        self._top_ids, self._top_logprobs = arrays["top_ids"], arrays["top_logprobs"]
        ids = arrays["candidate_ids"].tolist() if "candidate_ids" in arrays else []
        texts = arrays["candidate_pieces"].tolist() if ids else []
        self._known: dict[int, str] = dict(zip(ids, texts, strict=True))
        self._known.update(zip(self.token_ids.tolist(), self.texts, strict=True))
        self._known.update(zip(ids, texts, strict=True))
        self._check()

    @property
    def places(self) -> int:
        """How many there are."""
        return len(self.positions)

    def place_of(self, position: int) -> int:
        """The place of a token of the text, -1 where it was not scored."""
        place = int(np.searchsorted(self.positions, position))
        return place if place < self.places and self.positions[place] == position else -1

    def flips(self, model: int) -> NDArray[np.bool_]:
        """[place]: where its first choice differs from that of model 0."""
        found: NDArray[np.bool_] = self._top_ids[model, :, 0] != self._top_ids[0, :, 0]
        return found

    def worst(self, model: int, count: int) -> list[int]:
        """Places with the largest KL divergence, the largest first."""
        values = self.kl[model]
        count = min(count, len(values))
        if not count:
            return []
        some = np.argpartition(-values, count - 1)[:count]
        order: list[int] = some[np.argsort(-values[some], kind="stable")].tolist()
        return order

    def opinions(self, place: int) -> list[Opinion]:
        """What each model thought there. Raises `IndexError`."""
        return [self._opinion(model, place) for model in range(len(self.models))]

    def text_of(self, start: int, end: int) -> str:
        """The text of tokens `start` to `end`."""
        return "".join(self.texts[max(start, 0) : end])

    def _opinion(self, model: int, place: int) -> Opinion:
        came = int(self.token_ids[self.positions[place]])
        ids = self._top_ids[model, place].tolist()
        chances = np.exp(self._top_logprobs[model, place].astype(np.float64)).tolist()
        return Opinion(
            self.models[model],
            float(np.exp(np.float64(self.logprob[model, place]))),
            -1 if self._ranks is None else int(self._ranks[model, place]),
            float(self.kl[model, place]),
            ids[0] != int(self._top_ids[0, place, 0]),
            tuple(
                Candidate(token, self._known.get(token, f"#{token}"), p, token == came)
                for token, p in zip(ids, chances, strict=True)
            ),
        )

    def _check(self) -> None:
        models, places = len(self.models), self.places
        for array in (self.kl, self.logprob, self._top_ids[..., 0], self._top_logprobs[..., 0]):
            if array.shape != (models, places):
                raise ValueError("its arrays do not fit each other")
        if len(self.texts) != len(self.token_ids) or len(self.summary) != models or not places:
            raise ValueError("its arrays do not fit each other")
        if self.positions.min() < 0 or self.positions.max() >= len(self.texts):
            raise ValueError("it speaks of tokens that it does not have")


def read_comparison(path: Path) -> Comparison:
    """Raises `UserError` compare.unreadable."""
    try:
        if path.exists() and not zipfile.is_zipfile(path):
            raise ValueError("it is no archive of arrays")
        with np.load(path, allow_pickle=False) as file:
            return Comparison(path, dict(file))
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile, msgspec.DecodeError) as error:
        raise UserError("compare.unreadable", path=path, reason=_reason(error)) from error


def now_ms() -> int:
    """Milliseconds since 1970."""
    return int(time.time() * 1000)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, KeyError):
        return f"{error} is missing"
    return " ".join(str(error).split())[:160] or type(error).__name__
