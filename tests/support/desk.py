"""The state of the process-wide `QApplication`, kept apart between tests.

A window that a test leaves behind costs all later ones: each new style sheet goes over every widget, and a
translator or an event filter that stays changes what they see.
"""

import gc
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

MANY = 20
"""Forgotten top-level widgets from which on Python's collector is asked to find what holds them."""


@dataclass(frozen=True)
class Desk:
    """What belongs to the application at one moment."""

    application: QApplication
    windows: frozenset[int]
    children: frozenset[int]
    font: QFont
    palette: QPalette
    style_sheet: str
    locale: QLocale

    @classmethod
    def of(cls, application: QApplication) -> Self:
        return cls(
            application,
            _addresses(QApplication.topLevelWidgets()),
            _addresses(application.children()),
            QApplication.font(),
            QApplication.palette(),
            application.styleSheet(),
            QLocale(),
        )

    def clear(self) -> None:
        """Destroys what came since, and puts the looks back."""
        _deliver_deletions()
        left = self._left()
        if len(left) > MANY:
            del left
            gc.collect()
            _deliver_deletions()
            left = self._left()
        for thing in left:
            if shiboken6.isValid(thing):
                shiboken6.delete(thing)
        self._put_looks_back()

    def _left(self) -> list[QObject]:
        windows = [
            widget
            for widget in QApplication.topLevelWidgets()
            if widget.parent() is None and _address(widget) not in self.windows
        ]
        ours = [child for child in self.application.children() if type(child).__module__.startswith("app.")]
        return [*windows, *(child for child in ours if _address(child) not in self.children)]

    def _put_looks_back(self) -> None:
        if self.application.styleSheet() != self.style_sheet:
            self.application.setStyleSheet(self.style_sheet)
        if QApplication.palette() != self.palette:
            QApplication.setPalette(self.palette)
        if QApplication.font() != self.font:
            QApplication.setFont(self.font)
        QLocale.setDefault(self.locale)


def _deliver_deletions() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _address(thing: QObject) -> int:
    return int(shiboken6.getCppPointer(thing)[0])


def _addresses(things: Iterable[QObject]) -> frozenset[int]:
    return frozenset(map(_address, things))
