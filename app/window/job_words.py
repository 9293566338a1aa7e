"""How far a job is, and how it ended, in words."""

from PySide6.QtCore import QCoreApplication

from app.i18n.errors import describe
from app.widgets import numbers
from engine.errors import UserError
from engine.jobs.records import JobRecord
from engine.protocol.finetune import RunFinished
from engine.protocol.jobs import FileWritten, JobEnd, JobFailed

_MINUTE, _HOUR = 60, 3600


def status_words(record: JobRecord) -> str:
    """One line."""
    percent = numbers.percent(100 * record.fraction)
    match record.status:
        case "queued":
            return QCoreApplication.translate("Jobs", "Waiting")
        case "running":
            left = time_left(record.seconds_left)
            return " · ".join(part for part in (percent, left, record.label) if part)
        case "paused":
            return QCoreApplication.translate("Jobs", "Paused at {percent}").format(percent=percent)
        case "done":
            return _done(record)
        case "cancelled":
            return QCoreApplication.translate("Jobs", "Cancelled; nothing was written")
        case "failed" | "interrupted":
            return failure_words(record.result)


def failure_words(result: object) -> str:
    """The sentence for a failure and what to do."""
    if not isinstance(result, JobFailed):
        return ""
    if not result.code:
        return QCoreApplication.translate("Jobs", "Something went wrong inside Lathe: see the log.")
    told = describe(UserError(result.code, **result.params))
    return f"{told.message} {told.hint}".strip()


def notice_words(record: JobRecord) -> list[str]:
    """What the user should know, a sentence each."""
    found = [describe(UserError(one.code, **one.params)) for one in record.notices]
    return [f"{told.message} {told.hint}".strip() for told in found]


def time_left(seconds: float) -> str:
    """ "" while nobody can tell."""
    if seconds < 0:
        return ""
    if seconds < 1.5 * _MINUTE:
        text, count = QCoreApplication.translate("Jobs", "{count} s left"), str(max(1, round(seconds)))
    elif seconds < 1.5 * _HOUR:
        text, count = QCoreApplication.translate("Jobs", "{count} min left"), str(round(seconds / _MINUTE))
    else:
        text, count = (
            QCoreApplication.translate("Jobs", "{count} h left"),
            numbers.decimal(seconds / _HOUR, 1),
        )
    return numbers.bound(text.format(count=count))


def end_words(title: str, end: JobEnd) -> str:
    """How a job ended, for a note."""
    if isinstance(end, JobFailed):
        text = QCoreApplication.translate("JobsLink", "“{title}” did not succeed")
    elif _was_stopped(end):
        text = QCoreApplication.translate("JobsLink", "“{title}” was stopped, and what it learned is kept")
    else:
        text = QCoreApplication.translate("JobsLink", "“{title}” is done")
    inner = title.translate({ord("“"): "‘", ord("”"): "’"})  # quotes in quotes
    return text.format(title=inner)


def _was_stopped(result: object) -> bool:
    """Whether the user ended a training early; what it has learned is kept."""
    return isinstance(result, RunFinished) and result.status == "stopped"


def _done(record: JobRecord) -> str:
    seconds = max(0, record.ended_ms - record.started_ms) / 1000
    spent = QCoreApplication.translate("Jobs", "in {count} s")
    spent = numbers.bound(spent.format(count=numbers.decimal(seconds, 1 if seconds < 100 else 0)))
    if isinstance(record.result, FileWritten):
        return " · ".join(
            (QCoreApplication.translate("Jobs", "Done"), numbers.size(record.result.size_bytes), spent)
        )
    if _was_stopped(record.result):
        return " · ".join((QCoreApplication.translate("Jobs", "Stopped and kept"), spent))
    return " · ".join((QCoreApplication.translate("Jobs", "Done"), spent))
