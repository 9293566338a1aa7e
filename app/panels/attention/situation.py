"""What the attention panel can show now, and if nothing, why and what to do."""

from enum import Enum, auto

from app.controllers.inspection import InspectionController
from app.models.inspection_subject import Subject
from engine.protocol.values import LoadedModel


class Situation(Enum):
    """In the order in which they are asked about."""

    SHOWN = auto()
    """There is attention to look at."""
    WAITING = auto()
    """A reply is being written, and attention will come."""
    NO_MODEL = auto()
    REMOTE = auto()
    """The model runs elsewhere."""
    NOTHING_YET = auto()
    """There is no reply to look at."""
    NOT_LIVE = auto()
    """A reply is being written, and nobody reads its attention."""
    NOT_WATCHED = auto()
    """A reply that was written while nobody read its attention."""
    NOT_READ = auto()
    """A typed text of which the reading did not come to its end."""


def situation_of(
    subject: Subject | None, model: LoadedModel | None, inspection: InspectionController
) -> Situation:
    if subject is not None and subject.has_rows:
        return Situation.SHOWN
    if model is None:
        return Situation.NO_MODEL
    if model.backend == "remote":
        return Situation.REMOTE
    if subject is None:
        return Situation.NOTHING_YET
    if subject.streaming:
        live = inspection.attention.live and inspection.taps_possible
        return Situation.WAITING if live else Situation.NOT_LIVE
    return Situation.NOT_WATCHED if subject.request is None else Situation.NOT_READ
