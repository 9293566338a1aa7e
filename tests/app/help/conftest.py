"""The help page in a window without an engine."""

from dataclasses import dataclass, field

from app.pages.help.articles import Article

__all__ = ["RecordingTools"]


@dataclass
class RecordingTools:
    """Says which tools are there, and remembers which were opened."""

    there: frozenset[str] = frozenset({"inspect/attention"})
    opened: list[str] = field(default_factory=list)

    def can(self, action: str) -> bool:
        return action in self.there

    def run(self, article: Article) -> None:
        self.opened.append(article.id)
