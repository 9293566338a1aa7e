"""The commands as rows: those used last come first, then by category and how well they match."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from app.commands.registry import CommandRegistry
from app.palette.fuzzy import match
from app.palette.items import Deliver, PaletteItem

REMEMBERED = 8
CATEGORY_WEIGHT = 0.6


class CommandProvider:
    """Follows what is triggered anywhere, to know what was used last."""

    def __init__(self, registry: CommandRegistry, recent: list[str]) -> None:
        self._registry = registry
        self._recent = recent
        registry.triggered.connect(self._used)

    @property
    def placeholder(self) -> str:
        return QCoreApplication.translate("Palette", "Type a command")

    @property
    def nothing_found(self) -> str:
        return QCoreApplication.translate("Palette", "No command matches")

    @property
    def recent(self) -> list[str]:
        """Ids, the newest first."""
        return self._recent

    def search(self, query: str, deliver: Deliver) -> None:
        self._registry.refresh_now()
        deliver(self._matching(query) if query.strip() else self._all())

    def _all(self) -> list[PaletteItem]:
        lately = QCoreApplication.translate("Palette", "Recently used")
        known = [spec for spec in self._registry if spec.in_palette]
        order = {command: index for index, command in enumerate(self._recent)}
        recent = sorted((spec.id for spec in known if spec.id in order), key=order.__getitem__)
        rest = [spec.id for spec in known if spec.id not in order]
        rest.sort(key=self._registry.category)
        return [self._item(command, lately) for command in recent] + [
            self._item(command, self._registry.category(command)) for command in rest
        ]

    def _matching(self, query: str) -> list[PaletteItem]:
        found: list[tuple[float, PaletteItem]] = []
        for spec in self._registry:
            if not spec.in_palette:
                continue
            title, category = self._registry.title(spec.id), self._registry.category(spec.id)
            hit = match(query, title)
            wide = match(query, f"{category} {title}")
            bonus = 3.0 / (1 + self._recent.index(spec.id)) if spec.id in self._recent else 0.0
            if hit is not None:
                found.append((hit.score + bonus, self._item(spec.id, "", hit.positions, category)))
            elif wide is not None:
                score = wide.score * CATEGORY_WEIGHT + bonus
                found.append((score, self._item(spec.id, "", (), category)))
        found.sort(key=lambda pair: (not pair[1].enabled, -pair[0]))
        return [item for _score, item in found]

    def _item(
        self, command: str, group: str, positions: tuple[int, ...] = (), subtitle: str = ""
    ) -> PaletteItem:
        action = self._registry.action(command)
        return PaletteItem(
            id=command,
            title=action.text(),
            run=action.trigger,
            subtitle=subtitle,
            icon=self._registry.spec(command).icon,
            keys=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            group=group,
            enabled=action.isEnabled(),
            positions=positions,
        )

    def _used(self, command: str) -> None:
        if command not in self._registry or not self._registry.spec(command).in_palette:
            return
        if command in self._recent:
            self._recent.remove(command)
        self._recent.insert(0, command)
        del self._recent[REMEMBERED:]
