"""Telling of a press of a button that stays down, by whatever means it was pressed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QAbstractButton


class Choice:
    """Tells once of each press, by whatever means: assistive technology switches such a button without a
    click, also off where it is down already; a click on a radio button that is down does not switch it.
    """

    def __init__(self, chosen: Callable[[str], None]) -> None:
        self._tell = chosen
        self._quiet = False
        self._told = ""  # by the toggle of a press

    def watch(self, key: str, button: QAbstractButton) -> None:
        """From now on; `key` is what is told."""
        button.toggled.connect(lambda on: self._switched(key, button, on))
        button.clicked.connect(lambda: self._pressed(key))

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """While the program itself switches buttons."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _switched(self, key: str, button: QAbstractButton, on: bool) -> None:
        alone = button.group() is None and not button.autoExclusive()  # else another one was chosen
        if (on or alone) and not self._quiet:
            self._told = key
            self._tell(key)

    def _pressed(self, key: str) -> None:
        if self._told != key:
            self._tell(key)
        self._told = ""


class Toggle:
    """Tells of each switch of a button by the user: by mouse, key or assistive technology, which switches a
    checkable button without a click. What the program switches with `set` is not told.
    """

    def __init__(self, button: QAbstractButton, told: Callable[[bool], object]) -> None:
        self._button, self._told = button, told
        self._quiet = False
        button.toggled.connect(self._switched)

    def set(self, on: bool) -> None:
        """Show a state, without a word."""
        before, self._quiet = self._quiet, True
        try:
            self._button.setChecked(on)
        finally:
            self._quiet = before

    def _switched(self, on: bool) -> None:
        if not self._quiet:
            self._told(on)
