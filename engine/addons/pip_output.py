"""What pip says while it installs, as progress.

pip resolves first (one “Collecting” for each package), then fetches, then unpacks. It never says how much
there is altogether, so a package counts by what it weighs: a table for the large ones.
"""

import re

_MEBIBYTES = {
    "torch": 190.0,
    "pyarrow": 47.0,
    "pandas": 12.0,
    "transformers": 12.0,
    "sympy": 6.0,
    "hf-xet": 4.0,
    "tokenizers": 3.5,
    "networkx": 2.0,
    "triton": 180.0,
    "setuptools": 1.0,
}
"""What is fetched for the large packages of the training stack, roughly."""
_CUDA, _OTHER = 180.0, 0.6
_FETCHED, _RESOLVED = 0.75, 0.05
"""Shares of the whole: what is done when everything is fetched, and when everything is known."""

_COLLECTING = re.compile(r"Collecting ([A-Za-z0-9][A-Za-z0-9._-]*)")
_DOWNLOADING = re.compile(
    r"(?:Downloading|Using cached|Processing) \S*?([A-Za-z0-9][A-Za-z0-9._]*)-\d[^/]*\.whl(?! ?\.metadata)"
)
_RAW = re.compile(r"Progress (\d+) of (\d+)")


class PipProgress:
    """Takes lines; `fraction` 0 to 1 and the `package` that is worked on."""

    def __init__(self, names: list[str]) -> None:
        self.package = ""
        self.unpacking = False
        self._expected = {canonical(name) for name in names}
        self._collected: set[str] = set()
        self._fetched: dict[str, float] = {}
        self._unpacked = 0

    def take(self, line: str) -> bool:
        """Whether it said something new."""
        line = line.strip()
        if found := _RAW.fullmatch(line):
            return self._take_bytes(int(found[1]), int(found[2]))
        if line.startswith("Installing collected packages"):
            self.unpacking = True
            return True
        if ".metadata" in line:
            return False
        if found := _COLLECTING.match(line):
            self._collected.add(canonical(found[1]))
            return True
        if found := _DOWNLOADING.match(line):
            self.package = canonical(found[1])
            self._fetched.setdefault(self.package, 0.0)
            for name in self._fetched:
                if name != self.package:
                    self._fetched[name] = 1.0
            return True
        return False

    def _take_bytes(self, done: int, total: int) -> bool:
        if not self.package or total <= 0:
            return False
        self._fetched[self.package] = done / total
        return True

    def set_unpacked(self, count: int) -> None:
        """How many packages lie there already."""
        self._unpacked = count

    @property
    def fraction(self) -> float:
        known = self._expected | self._collected | set(self._fetched)
        if self.unpacking:
            return _FETCHED + (1 - _FETCHED) * min(1.0, self._unpacked / max(1, len(known)))
        whole = sum(_weight(name) for name in known)
        done = sum(_weight(name) * part for name, part in self._fetched.items())
        resolved = _RESOLVED * len(self._collected) / max(1, len(known))
        return min(_FETCHED, resolved + (_FETCHED - _RESOLVED) * done / max(1e-9, whole))


def canonical(name: str) -> str:
    """A distribution's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _weight(name: str) -> float:
    if name.startswith(("nvidia-", "cuda-")):
        return _CUDA
    return _MEBIBYTES.get(name, _OTHER)
