"""Whether a title is about a text: small models sometimes name something that nobody spoke of."""

import re
import unicodedata

_STEM = 4
"""Letters by which forms of a word are one: “photosynthesis”, “photosynthetic”."""
_LEAST_SHARE = 0.5
# Words that say nothing about the topic. Stems of other languages' are rarely in the way: they count as
# words like others, and come from the text when the title does.
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "by",
        "with",
        "and",
        "or",
        "from",
        "into",
        "about",
        "is",
        "are",
        "was",
        "be",
        "do",
        "does",
        "did",
        "how",
        "what",
        "why",
        "when",
        "which",
        "who",
        "where",
        "my",
        "your",
        "our",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "it",
        "i",
        "you",
        "we",
        "me",
        "can",
        "could",
        "should",
        "would",
    ]
)
_WORD = re.compile(r"\w+")


def is_about(title: str, text: str) -> bool:
    """At least half of what the title speaks of is in the text, compared by the beginnings of words.

    Scripts without spaces are compared by character.
    """
    wanted = _stems(title)
    return bool(wanted) and len(wanted & _stems(text)) >= _LEAST_SHARE * len(wanted)


def shares_words(title: str, other: str, *, but_not: str) -> bool:
    """Whether the title has a word of `other` that is not in the text `but_not`."""
    return bool((_stems(title) & _stems(other)) - _stems(but_not))


def _stems(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    stems: set[str] = set()
    for word in _WORD.findall(folded):
        if word in _EMPTY:
            continue
        written_without_spaces = {letter for letter in word if _stands_alone(letter)}
        rest = "".join(letter for letter in word if not _stands_alone(letter))
        stems |= written_without_spaces
        if rest:
            stems.add(rest[:_STEM])
    return stems


def _stands_alone(letter: str) -> bool:
    """Chinese characters, kana, Hangul syllables, Thai."""
    return "\u0e00" <= letter <= "\u0e7f" or "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3"
