"""The articles of the help page: one Markdown file each, in every language of the window.

    ---
    id: attention
    title: Attention
    group: inside
    action: inspect/attention
    button: Watch an induction head
    example: The wizard Zorblax …
    related: architectures, next-token
    ---
    Text …

`action` names a place of the program (`app.window.help_actions`), `example` what is put there; both may be
missing. Files are read in the order of their names.
"""

from pathlib import Path
from typing import NamedTuple

from app.i18n.translator import SOURCE
from app.resource_paths import resource

GROUPS = ("start", "tokens", "inside", "writing", "training", "smaller", "use", "quality")
KEYS_ID = "keys"
"""The article that the page writes itself: the keys of every command."""


class Article(NamedTuple):
    """`action` is “page/view” or empty; `button` says what it does; `related` are ids."""

    id: str
    title: str
    group: str
    text: str
    action: str = ""
    button: str = ""
    example: str = ""
    related: tuple[str, ...] = ()

    def matches(self, words: str) -> bool:
        """Whether every word occurs in title or text, whatever the case."""
        whole = f"{self.title} {self.text}".casefold()
        return all(word in whole for word in words.casefold().split())


def read_articles(language: str) -> list[Article]:
    """All articles in a language (a name of `app.i18n.translator.LANGUAGES`), else in English. Reads
    files.
    """
    folder = resource("help", language)
    if not folder.is_dir():
        folder = resource("help", SOURCE)
    return [read_article(path) for path in sorted(folder.glob("*.md"))]


def read_article(path: Path) -> Article:
    """One file. Raises `ValueError` where its head lacks something or names something unknown."""
    head, text = _split(path)
    known = {"id", "title", "group", "action", "button", "example", "related"}
    if unknown := head.keys() - known:
        raise ValueError(f"{path.name}: unknown {', '.join(sorted(unknown))}")
    if missing := {"id", "title", "group"} - head.keys():
        raise ValueError(f"{path.name}: no {', '.join(sorted(missing))}")
    if head["group"] not in GROUPS:
        raise ValueError(f"{path.name}: there is no group {head['group']}")
    related = tuple(part.strip() for part in head.pop("related", "").split(",") if part.strip())
    example = head.pop("example", "").replace("\\n", "\n")
    return Article(**head, text=text.strip(), example=example, related=related)


def _split(path: Path) -> tuple[dict[str, str], str]:
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise ValueError(f"{path.name}: no head between lines of ---")
    pairs = (line.partition(":") for line in parts[1].splitlines() if line.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}, parts[2]
