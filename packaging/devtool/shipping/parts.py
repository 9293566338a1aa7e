"""How large the package is, and what in it is large."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

REASONS = {
    "starter model": "answers before anything is downloaded",
    "PySide6 (Qt)": "the window: Qt's core, drawing, widgets, SVG and ICU's tables",
    "fonts": "Inter, JetBrains Mono and Noto Sans SC: the same look everywhere, Chinese without system fonts",
    "numpy": "arrays of taps, samplers and files; more than half of it is OpenBLAS",
    "llama.cpp": "runs models; one library for each generation of processors",
    "Python": "the interpreter and its standard library, whole: the training stack may need any of it",
    "openai": "speaks to remote servers; thousands of generated types",
    "huggingface_hub, hf_xet": "downloads of models, deduplicated",
    "cryptography": "talks to the system's keyring on Linux, for keys of servers",
    "pip": "installs the training stack on demand",
    "pydantic": "types of the openai client",
    "pyqtgraph": "plots",
    "pygments": "colours code in replies, in 500 languages",
    "Lathe": "the program itself",
    "icons, texts, translations": "what the window shows",
    "X11 and system libraries": "what Qt needs that not every system has",
}

_PLACES = (
    ("_internal/models/", "starter model"),
    ("_internal/PySide6", "PySide6 (Qt)"),
    ("_internal/shiboken6", "PySide6 (Qt)"),
    ("_internal/resources/fonts/", "fonts"),
    ("_internal/resources/", "icons, texts, translations"),
    ("_internal/numpy", "numpy"),
    ("_internal/llama_cpp", "llama.cpp"),
    ("_internal/openai", "openai"),
    ("_internal/huggingface_hub", "huggingface_hub, hf_xet"),
    ("_internal/hf_xet", "huggingface_hub, hf_xet"),
    ("_internal/cryptography", "cryptography"),
    ("_internal/pip", "pip"),
    ("_internal/pydantic", "pydantic"),
    ("_internal/pyqtgraph", "pyqtgraph"),
    ("_internal/pygments", "pygments"),
    ("_internal/app/", "Lathe"),
    ("_internal/engine/", "Lathe"),
    ("_internal/base_library.zip", "Python"),
    ("_internal/python", "Python"),
    ("_internal/libpython", "Python"),
    ("_internal/lib-dynload/", "Python"),
    ("_internal/lib", "X11 and system libraries"),
    ("_internal/tzdata", "tzdata"),
)


@dataclass(frozen=True)
class Part:
    name: str
    nbytes: int

    @property
    def reason(self) -> str:
        return REASONS.get(self.name, "")


def parts_of(folder: Path, standard_library: Iterable[str] = ()) -> list[Part]:
    """Largest first. `standard_library`: top-level module names that count as Python."""
    own = frozenset(standard_library)
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sizes[_part_of(path.relative_to(folder).as_posix(), own)] += path.stat().st_size
    return [Part(name, size) for name, size in sizes.most_common()]


def report(parts: list[Part], count: int = 10) -> str:
    """A Markdown table."""
    whole = sum(part.nbytes for part in parts)
    lines = ["| part | MB | why |", "|---|---:|---|"]
    lines += [f"| {part.name} | {part.nbytes / 1e6:.1f} | {part.reason} |" for part in parts[:count]]
    rest = sum(part.nbytes for part in parts[count:])
    lines.append(f"| everything else | {rest / 1e6:.1f} | {len(parts) - count} smaller parts |")
    lines.append(f"| **together** | **{whole / 1e6:.1f}** | |")
    return "\n".join(lines)


def _part_of(path: str, standard_library: frozenset[str]) -> str:
    for prefix, name in _PLACES:
        if path.startswith(prefix):
            return name
    top = path.removeprefix("_internal/").split("/")[0]
    if top.split(".")[0] in standard_library:
        return "Python"
    return top.split("-")[0].split(".")[0] if path.startswith("_internal/") else "programs"
