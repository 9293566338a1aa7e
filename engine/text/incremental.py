"""Bytes of generated tokens become text that may be shown now."""

import codecs


class IncrementalText:
    """Decodes UTF-8 piece by piece and watches for stop strings.

    What `feed` returns never ends in half a character and never contains a part of what may still become a
    stop string; both are held back until it is certain. Invalid bytes become U+FFFD as soon as no further
    byte could make them valid. However the bytes are cut into pieces, the joined results are the same.

    When several stop strings could match, the one that is complete first wins; of two complete at the same
    character, the longer one.
    """

    def __init__(self, stop: tuple[str, ...] = ()) -> None:
        self._stop = tuple(word for word in stop if word)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.stopped: str | None = None

    def feed(self, piece: bytes) -> str:
        """The text that `piece` makes safe to show; "" after a stop string."""
        if self.stopped is not None:
            return ""
        return self._release(self._decoder.decode(piece))

    def finish(self) -> str:
        """Everything that was still held back, now that nothing follows."""
        if self.stopped is not None:
            return ""
        shown = self._release(self._decoder.decode(b"", final=True))
        rest, self._held = self._held, ""
        return shown + rest

    @property
    def held(self) -> str:
        """Decoded text that is not yet shown because it may become a stop string."""
        return self._held

    def _release(self, text: str) -> str:
        if not text or not self._stop:
            return text
        pending = self._held + text
        found = self._first_stop(pending)
        if found is not None:
            start, self.stopped = found
            self._held = ""
            return pending[:start]
        keep = max((_overlap(pending, word) for word in self._stop), default=0)
        self._held = pending[len(pending) - keep :]
        return pending[: len(pending) - keep]

    def _first_stop(self, pending: str) -> tuple[int, str] | None:
        """(start, stop string) of the match that ends first."""
        best: tuple[int, int, str] | None = None
        for word in self._stop:
            start = pending.find(word)
            if start >= 0 and (best is None or (start + len(word), start) < best[:2]):
                best = (start + len(word), start, word)
        return None if best is None else (best[1], best[2])


def _overlap(text: str, word: str) -> int:
    """Length of the longest suffix of `text` that begins `word` without being all of it."""
    longest = min(len(word) - 1, len(text))
    return next((size for size in range(longest, 0, -1) if text.endswith(word[:size])), 0)
