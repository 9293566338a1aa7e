"""The stages of one token's sampling as columns: who is left after each, who went, and why."""

import math
from collections.abc import Callable
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


def model_column(token: ReplyToken) -> Column | None:
    """What the model itself said, before any stage; None where no candidates are known."""
    if not token.candidates:
        return None
    ranked = sorted(token.candidates, key=lambda each: -each.logprob)
    cells = tuple(
        Cell(
            each.id, visible(each.text.encode()), math.exp(min(0.0, each.logprob)), taken=each.id == token.id
        )
        for each in ranked[:KEPT_SHOWN]
    )
    title = QCoreApplication.translate("Xray", "Model")
    note = QCoreApplication.translate("Xray", "before any stage")
    return Column("model", title, note, cells, (), max(0, len(ranked) - len(cells)))


def traced_columns(token: ReplyToken, sampling: SamplingParams) -> list[Column]:
    """Columns of a token whose stages were traced, after the model's own."""
    first = model_column(token)
    columns = [first] if first is not None else []
    return columns + [_traced(stage, token, sampling) for stage in token.stages]


def _traced(stage: StageTrace, token: ReplyToken, sampling: SamplingParams) -> Column:
    kept = tuple(
        Cell(each.id, visible(each.text.encode()), each.p, taken=each.id == token.id)
        for each in stage.top[:KEPT_SHOWN]
    )
    removed = tuple(
        Cell(each.id, visible(each.text.encode()), each.p, removed=True, taken=each.id == token.id)
        for each in stage.removed[:REMOVED_SHOWN]
    )
    return Column(
        stage.sampler,
        stage_title(stage.sampler),
        _note(stage.kept, stage.removed_count),
        kept,
        removed,
        stage.kept - len(kept),
        stage.removed_count - len(removed),
        stage.detail,
        reason(stage.sampler, sampling),
    )


def replayed_columns(token: ReplyToken, sampling: SamplingParams, vocabulary: int) -> list[Column]:
    """What other settings would have kept, from the candidates on record; no model is asked."""
    stored = Stored(tuple((each.id, each.logprob) for each in token.candidates), vocabulary)
    texts = {each.id: visible(each.text.encode()) for each in token.candidates}
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
    return Column(
        name,
        stage_title(name),
        _note(len(kept), len(removed)) if stage.rest == 0 else _note_on_record(stage),
        kept[:KEPT_SHOWN],
        removed[:REMOVED_SHOWN],
        max(0, len(kept) - KEPT_SHOWN),
        max(0, len(removed) - REMOVED_SHOWN),
        "" if stage.exact else uncertainty(stage),
        reason(name, sampling),
        stage.exact,
    )


def _note(kept: int, removed: int) -> str:
    translate = QCoreApplication.translate
    if not removed:
        return translate("Xray", "{kept} left, none removed").format(kept=whole(kept))
    return translate("Xray", "{kept} left, −{removed}").format(kept=whole(kept), removed=whole(removed))


def _note_on_record(stage: ReplayStage) -> str:
    text = QCoreApplication.translate("Xray", "{count} on record, {rest} % others")
    return text.format(count=len(stage.kept), rest=decimal(stage.rest * 100, 1))
