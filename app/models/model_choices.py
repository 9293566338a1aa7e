"""What the model picker and the Models page list: files of the library and endpoints, as one item model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.widgets.numbers import bound
from engine.protocol.values import LoadedModel

Index = QModelIndex | QPersistentModelIndex
ChoiceKind = Literal["file", "endpoint"]

CHOICE_ROLE = Qt.ItemDataRole.UserRole
CURRENT_ROLE = Qt.ItemDataRole.UserRole + 1
SECTION_ROLE = Qt.ItemDataRole.UserRole + 2


def loading_key(model: LoadedModel) -> str:
    """By what a loaded model would be loaded again: its file, or the name of its endpoint."""
    return model.name if model.backend == "remote" else model.path or model.name


@dataclass(frozen=True)
class ModelChoice:
    """One model that can be picked. `key` is what `ModelService.load` takes."""

    key: str
    name: str
    kind: ChoiceKind
    path: str = ""
    quantization: str = ""
    architecture: str = ""
    parameters: int = 0
    size_bytes: int = 0
    context_length: int = 0
    source: str = ""
    base_url: str = ""
    endpoint_id: str = ""
    remote_model: str = ""
    usable: bool = True
    """False for what is only listed, such as safetensors folders that must be converted first."""
    need_bytes: int = 0
    """Memory that it takes with the usual context; 0 where that is not known."""


MOST_SHOWN = 200
"""Files at once: nobody scrolls further, and laying out thousands of rows holds the window for a second."""


class ModelChoicesModel(QAbstractListModel):
    """Recently used first, then the rest by name; filtered by words that all have to occur."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[ModelChoice] = []
        self._recent: list[str] = []
        self._shown: list[tuple[str, ModelChoice]] = []
        self._sorted: list[tuple[ModelChoice, str]] | None = None
        """With the text that a filter looks through; None after a change."""
        self._more = 0
        self._current = ""
        self._filter = ""
        self._free = 0
        self._locale = QLocale()

    def set_choices(self, choices: Sequence[ModelChoice], recent: Sequence[str]) -> None:
        """Replace the list; `recent` are keys, newest first."""
        self._all, self._recent, self._sorted = list(choices), list(recent), None
        self._rebuild()

    def set_filter(self, text: str) -> None:
        self._filter = text
        self._rebuild()

    def set_free(self, nbytes: int) -> None:
        """Memory that may be used: what needs more is marked."""
        self._free = nbytes
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def is_too_large(self, choice: ModelChoice) -> bool:
        """Whether it does not fit into memory as far as is known."""
        return bool(self._free) and choice.need_bytes > self._free

    def sections(self) -> int:
        """How many headings stand between the rows."""
        return len({section for section, _ in self._shown})

    def set_current(self, path_or_name: str) -> None:
        """Mark the loaded model."""
        self._current = path_or_name
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1), [CURRENT_ROLE])

    @property
    def more(self) -> int:
        """How many fit the filter and are not among the rows."""
        return self._more

    def choice_at(self, index: Index) -> ModelChoice | None:
        return self._shown[index.row()][1] if index.isValid() else None

    def choices(self) -> list[ModelChoice]:
        """Everything, unfiltered."""
        return list(self._all)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(  # noqa: PLR0911 - one return a role
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        section, choice = self._shown[index.row()]
        if role == CHOICE_ROLE:
            return choice
        if role == CURRENT_ROLE:
            return self._is_current(choice)
        if role == SECTION_ROLE:
            first = index.row() == 0 or self._shown[index.row() - 1][0] != section
            return self._section_title(section) if first else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            spoken = [choice.name, self.facts(choice)]
            if self._is_current(choice):
                spoken.append(self.tr("loaded"))
            return ", ".join(part for part in spoken if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return choice.path or choice.base_url
        return None

    def facts(self, choice: ModelChoice) -> str:
        """Size, parameters and context in one line."""
        if choice.kind == "endpoint":
            return choice.base_url
        facts = []
        if choice.parameters:
            facts.append(self.tr("{count} parameters").format(count=short_count(choice.parameters)))
        if choice.size_bytes:
            facts.append(self._size(choice.size_bytes))
        if choice.context_length:
            tokens = self._locale.toString(choice.context_length)
            facts.append(self.tr("{tokens} context").format(tokens=tokens))
        if choice.need_bytes:
            text = (
                self.tr("too large: needs {size}") if self.is_too_large(choice) else self.tr("needs {size}")
            )
            facts.append(text.format(size=self._size(choice.need_bytes)))
        return " · ".join(facts)

    def _size(self, nbytes: int) -> str:
        """Short: a decimal only from a gibibyte on."""
        return bound(self._locale.formattedDataSize(nbytes, 1 if nbytes >= 1 << 30 else 0))

    def _is_current(self, choice: ModelChoice) -> bool:
        return bool(self._current) and self._current in (choice.path, choice.key, choice.name)

    def _section_title(self, section: str) -> str:
        if section == "recent":
            return self.tr("Recently used")
        return self.tr("On this computer") if section == "file" else self.tr("Endpoints")

    def _rebuild(self) -> None:
        words = self._filter.lower().split()
        if self._sorted is None:
            self._sorted = sorted(
                ((choice, _searchable(choice)) for choice in self._all),
                key=lambda pair: (
                    pair[0].kind == "endpoint",
                    not pair[0].usable,
                    pair[0].name.lower(),
                ),
            )
        wanted = [] if words else self._recent[:3]
        by_key = {choice.key: choice for choice in self._all if choice.key in wanted}
        found = [("recent", by_key[key]) for key in wanted if key in by_key]
        found += [
            (choice.kind, choice)
            for choice, searchable in self._sorted
            if choice.key not in by_key and all(word in searchable for word in words)
        ]
        files = [row for row in found if row[0] != "endpoint"]
        servers = found[len(files) :]
        self.beginResetModel()
        self._shown = files[:MOST_SHOWN] + servers
        self._more = len(found) - len(self._shown)
        self.endResetModel()


def short_count(count: int) -> str:
    """135000000 as “135M”, 7240000000 as “7.24B”."""
    for limit, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
        if count >= limit:
            value = count / limit
            digits = 0 if value >= 100 else 1 if value >= 10 else 2
            text = f"{value:.{digits}f}"
            return (text.rstrip("0").rstrip(".") if "." in text else text) + letter
    return str(count)


def _searchable(choice: ModelChoice) -> str:
    words = [choice.name, choice.quantization, choice.architecture, choice.source, choice.base_url]
    return " ".join(words).lower()
