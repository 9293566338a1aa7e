"""The two families of errors.

`UserError` is what the person at the screen can fix: a clear sentence and what to do next.
`BugError` is our fault: it goes to a report. Anything else that escapes is treated as a bug.
"""

from collections.abc import Mapping

from engine.error_catalog import CATALOG


class LatheError(Exception):
    """Base of every error that Lathe raises on purpose."""


class UserError(LatheError):
    """Something the user can fix.

    `code` is a key of `engine.error_catalog.CATALOG`; the window translates by code and
    `params`, the command line prints `message` and `hint` as they are (English).
    Raises `KeyError` for an unknown code and for a parameter the text needs and lacks.
    """

    def __init__(self, code: str, **params: object) -> None:
        template = CATALOG[code]
        self.code = code
        self.params: Mapping[str, str] = {name: str(value) for name, value in params.items()}
        self.message = template.message.format(**self.params)
        self.hint = template.hint.format(**self.params)
        super().__init__(self.one_line())

    def one_line(self) -> str:
        """What went wrong and what to do, as one line of text."""
        return " ".join(f"{self.message} {self.hint}".split())


class BugError(LatheError):
    """A defect of Lathe: carries a text for the report, never shown alone."""


class Cancelled(LatheError):
    """Work that the user stopped; not a failure."""
