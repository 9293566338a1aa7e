"""Errors in the user's language."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale

from engine.errors import UserError

if TYPE_CHECKING:
    from engine.protocol.events import Failed

CONTEXT = "Errors"

# Parameters that count something; names, numbers of lines and ports keep their digits as they are.
_COUNTS = frozenset(
    [
        "context",
        "count",
        "expected_bytes",
        "files",
        "found",
        "held_out",
        "largest",
        "last",
        "least",
        "limit",
        "max_length",
        "n_ctx",
        "needed",
        "position",
        "prompt",
        "reply",
        "rows",
        "seconds",
        "snapshots",
        "step",
        "total",
        "wanted",
        "window",
    ]
)


class ErrorDescription(NamedTuple):
    """What the window says about an error. `details` is technical and stays English; often empty."""

    message: str
    hint: str
    details: str = ""


def describe(error: "BaseException | Failed") -> ErrorDescription:
    """An exception, or a failure that an engine reported, for people."""
    if isinstance(error, UserError):
        return _from_catalog(error.code, dict(error.params), error.message, error.hint)
    if isinstance(error, BaseException):
        import traceback  # noqa: PLC0415 - the first window is painted without it

        return _bug("".join(traceback.format_exception(error)))
    if error.code:
        return _from_catalog(error.code, error.params, error.message, error.hint)
    return _bug(error.report or error.message)


def problem_of(end: object) -> UserError | None:
    """What the user can do something about, of how a job ended; None for other ends."""
    from engine.protocol.jobs import JobFailed  # noqa: PLC0415 - the first window is painted without it

    if isinstance(end, JobFailed) and end.code not in ("", "cancelled"):
        return UserError(end.code, **end.params)
    return None


def _from_catalog(code: str, params: dict[str, str], message: str, hint: str) -> ErrorDescription:
    """The sentence by its code, or as it came where code or parameters are unknown here."""
    from app.i18n.error_texts import ERROR_TEXTS  # noqa: PLC0415

    if code not in ERROR_TEXTS:
        return ErrorDescription(message, hint)
    try:
        shown = {name: _grouped(name, value) for name, value in params.items()}
        told = [QCoreApplication.translate(CONTEXT, text).format(**shown) for text in ERROR_TEXTS[code]]
    except (KeyError, IndexError, ValueError):
        return ErrorDescription(message, hint)
    return ErrorDescription(told[0], told[1])


def _grouped(name: str, value: str) -> str:
    """A count as the user's language writes it: “60,002”."""
    if name in _COUNTS and value.isascii() and value.isdigit():
        return QLocale().toString(int(value))
    return value


def _bug(details: str) -> ErrorDescription:
    return ErrorDescription(
        QCoreApplication.translate("Errors", "Something went wrong inside Lathe."),
        QCoreApplication.translate(
            "Errors", "Nothing was lost. The details help to find the cause: copy them into a bug report."
        ),
        details,
    )
