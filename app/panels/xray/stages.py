"""The stages of one token's sampling as columns: who is left after each, who went, and why."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.models.inspection_subject import visible
from app.models.reply_tokens import ReplyToken
from app.panels.xray.words import reason, stage_title, uncertainty
from app.widgets.numbers import decimal, whole
from engine.inspection.replay import ReplayStage, Stored, replay
from engine.protocol.inspection import StageTrace
from engine.sampling.params import SamplingParams

KEPT_SHOWN = 14
KEPT_BESIDE_REMOVED = 3
"""Fewer where some went, so that those are seen without scrolling."""
REMOVED_SHOWN = 10


@dataclass(frozen=True)
class Cell:
    """A candidate in a column. `p` is its share there; of one that went, its share before the stage."""

    id: int
    text: str
    p: float
    removed: bool = False
    taken: bool = False


@dataclass(frozen=True)
class Column:
    """A stage. `more_kept` and `more_removed` candidates have no cell. `detail` is said under the title."""

    key: str
    title: str
    note: str
    kept: tuple[Cell, ...]
    removed: tuple[Cell, ...]
    more_kept: int = 0
    more_removed: int = 0
    detail: str = ""
    why: str = ""
    exact: bool = True


def model_column(token: ReplyToken, *, expert: bool = False) -> Column | None:
    """What the model itself said, before any stage; None where no candidates are known.

    `expert`: another column says what a smaller model thought.
    """
    if not token.candidates:
        return None
    ranked = sorted(token.candidates, key=lambda each: -each.logprob)
    cells = tuple(
        Cell(each.id, _label(each.id, each.text), math.exp(min(0.0, each.logprob)), taken=each.id == token.id)
        for each in ranked[:KEPT_SHOWN]
    )
    translate = QCoreApplication.translate
    title = translate("Xray", "Expert") if expert else translate("Xray", "Model")
    note = translate("Xray", "before any stage")
    return Column("model", title, note, cells, (), max(0, len(ranked) - len(cells)))


def traced_columns(token: ReplyToken, sampling: SamplingParams) -> list[Column]:
    """Columns of a token whose stages were traced, after the model's own."""
    first = model_column(token, expert=sampling.decoding == "contrastive")
    columns = [first] if first is not None else []
    return columns + [_traced(stage, token, sampling) for stage in token.stages]


def _traced(stage: StageTrace, token: ReplyToken, sampling: SamplingParams) -> Column:
    kept = _first(
        [Cell(each.id, _label(each.id, each.text), each.p, taken=each.id == token.id) for each in stage.top],
        KEPT_BESIDE_REMOVED if stage.removed else KEPT_SHOWN,
    )
    removed = _first(
        [
            Cell(each.id, _label(each.id, each.text), each.p, removed=True, taken=each.id == token.id)
            for each in stage.removed
        ],
        REMOVED_SHOWN,
    )
    return Column(
        stage.sampler,
        stage_title(stage.sampler),
        _opinion() if stage.sampler == "amateur" else _note(stage.kept, stage.removed_count),
        kept,
        removed,
        0 if stage.sampler == "amateur" else stage.kept - len(kept),
        stage.removed_count - len(removed),
        stage.detail,
        reason(stage.sampler, sampling),
    )


def replayed_columns(token: ReplyToken, sampling: SamplingParams, vocabulary: int) -> list[Column]:
    """What other settings would have kept, from the candidates on record; no model is asked."""
    stored = Stored(tuple((each.id, each.logprob) for each in token.candidates), vocabulary)
    texts = {each.id: _label(each.id, each.text) for each in token.candidates}
    first = model_column(token)
    columns = [first] if first is not None else []
    return columns + [
        _replayed(stage, texts.__getitem__, token.id, sampling) for stage in replay(stored, sampling)
    ]


def _replayed(
    stage: ReplayStage, text_of: Callable[[int], str], taken: int, sampling: SamplingParams
) -> Column:
    kept = tuple(Cell(one.id, text_of(one.id), one.p, taken=one.id == taken) for one in stage.kept)
    removed = tuple(
        Cell(one.id, text_of(one.id), one.p, removed=True, taken=one.id == taken) for one in stage.removed
    )
    name = str(stage.sampler)
    first = _first(kept, KEPT_BESIDE_REMOVED if removed else KEPT_SHOWN)
    gone = _first(removed, REMOVED_SHOWN)
    return Column(
        name,
        stage_title(name),
        _note(len(kept), len(removed)) if stage.rest == 0 else _note_on_record(stage),
        first,
        gone,
        len(kept) - len(first),
        len(removed) - len(gone),
        "" if stage.exact else uncertainty(stage),
        reason(name, sampling),
        stage.exact,
    )


def _first(cells: Sequence[Cell], count: int) -> tuple[Cell, ...]:
    """The first cells, and the one that was taken wherever it is."""
    return tuple(cell for number, cell in enumerate(cells) if number < count or cell.taken)


def _label(token_id: int, text: str) -> str:
    """Half a character has no text of its own: then its number."""
    return f"#{token_id}" if "\ufffd" in text or not text else visible(text.encode())


def _opinion() -> str:
    return QCoreApplication.translate("Xray", "the smaller model's view")


def _note(kept: int, removed: int) -> str:
    translate = QCoreApplication.translate
    if not removed:
        return translate("Xray", "all {kept} left").format(kept=whole(kept))
    return translate("Xray", "{kept} left, −{removed}").format(kept=whole(kept), removed=whole(removed))


def _note_on_record(stage: ReplayStage) -> str:
    text = QCoreApplication.translate("Xray", "{count} on record, {rest} % others")
    return text.format(count=len(stage.kept), rest=decimal(stage.rest * 100, 1))
