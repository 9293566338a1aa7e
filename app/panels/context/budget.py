"""The arithmetic of the context meter; no Qt."""

from dataclasses import dataclass
from enum import Enum, auto

from engine.protocol.values import PromptReport

CLOSE_SHARE = 0.85
"""From this share on the user is warned, before the overflow policy acts."""


class Warned(Enum):
    """What to warn about, mildest first."""

    CLOSE = auto()
    FULL = auto()
    DROPPED = auto()


@dataclass(frozen=True)
class Budget:
    """Tokens of one prompt and its reply. `reply` is what is written or, before that, kept free."""

    size: int
    system: int
    history: int
    template: int
    reply: int
    written: int
    dropped: int

    @property
    def used(self) -> int:
        """Tokens in the context now: the prompt and what is written."""
        return self.system + self.history + self.template + self.written

    @property
    def left(self) -> int:
        return self.size - self.used

    @property
    def warned(self) -> Warned | None:
        if self.dropped:
            return Warned.DROPPED
        if self.size <= 0:  # a server that does not tell
            return None
        if self.used >= self.size:
            return Warned.FULL
        if self.used + max(0, self.reply - self.written) > self.size or self.used > CLOSE_SHARE * self.size:
            return Warned.CLOSE
        return None

    def shares(self) -> list[tuple[float, str]]:
        """For the meter: (share of the context, colour role)."""
        size = max(self.size, 1)
        parts = (
            (self.system, "info"),
            (self.template, "fg3"),
            (self.history, "accent"),
            (self.reply, "warn" if self.warned else "ok"),
        )
        return [(tokens / size, role) for tokens, role in parts if tokens > 0]


def budget_of(report: PromptReport, reply_tokens: int = 0) -> Budget:
    """`reply_tokens`: how many tokens of the reply are written."""
    return Budget(
        size=report.n_ctx,
        system=report.system,
        history=report.history,
        template=max(0, report.total - report.system - report.history),
        reply=max(report.reply_room, reply_tokens),
        written=reply_tokens,
        dropped=len(report.dropped),
    )
