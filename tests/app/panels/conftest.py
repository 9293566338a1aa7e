"""A theme for the panels, and a way to look at one."""

import pytest
from PySide6.QtWidgets import QApplication

from app.theme.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme("dark")
