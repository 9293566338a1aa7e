"""The list of pictures."""

from collections.abc import Callable

from pictures.stage import Stage

Scene = Callable[[Stage], None]
SCENES: dict[str, Scene] = {}
"""By name, in the order in which they are taken."""


def scene(function: Scene) -> Scene:
    """Put a function on the list; its docstring says what the picture shows."""
    SCENES[function.__name__.replace("_", "-")] = function
    return function
