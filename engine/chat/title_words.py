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
    """At least half of what the title speaks of is in the text, its first word too.

    Compared by the beginnings of words, scripts without spaces by character.
    """
    wanted, there = _stems(title), _stems(text)
    common = [stem in there for stem in wanted]
    return any(common[:1]) and sum(common) >= _LEAST_SHARE * len(common)


def shares_words(title: str, other: str, *, but_not: str) -> bool:
    """Whether the title has a word of `other` that is not in the text `but_not`."""
    return bool((_stems(title).keys() & _stems(other).keys()) - _stems(but_not).keys())


def _stems(text: str) -> dict[str, None]:
    """Each once, in order."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    stems: list[str] = []
    for word in _WORD.findall(folded):
        if word not in _EMPTY:
            stems += [letter for letter in word if _stands_alone(letter)]
            stems.append("".join(letter for letter in word if not _stands_alone(letter))[:_STEM])
    return dict.fromkeys(filter(None, stems))


def _stands_alone(letter: str) -> bool:
    """Chinese characters, kana, Hangul syllables, Thai."""
    return "\u0e00" <= letter <= "\u0e7f" or "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3"
