"""The panels on the real chat page, with the scripted model."""

from tests.app.chat.conftest import bench, make_bench, script, theme

__all__ = ["bench", "make_bench", "script", "theme"]
