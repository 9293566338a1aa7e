"""Watching the log during a test."""

import logging
import re
from types import TracebackType
from typing import Self


class LogGuard(logging.Handler):
    """Collects records at WARNING or above and sorts them into expected and not."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []
        self._patterns: list[re.Pattern[str]] = []

    def expect(self, *patterns: str) -> None:
        """Records whose `LEVEL logger: message` matches one of these patterns are fine; each must occur."""
        self._patterns += [re.compile(pattern) for pattern in patterns]

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    def problems(self) -> list[str]:
        """A line for each unexpected record and for each expected one that did not come."""
        lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self._records]
        unexpected = [line for line in lines if not any(pattern.search(line) for pattern in self._patterns)]
        missing = [
            f"expected but not seen: {pattern.pattern}"
            for pattern in self._patterns
            if not any(pattern.search(line) for line in lines)
        ]
        return unexpected + missing

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self)
