"""Packages that only some recipes need. Does not import them."""

from importlib import util

from engine.addons.training import COMMAND
from engine.errors import UserError
from engine.finetune.recipe.recipe import Recipe

BITSANDBYTES = COMMAND
"""Part of the training stack; stacks of earlier versions lack it."""
RAY = 'python3 -m pip install "ray[train]"'


def check_extras(recipe: Recipe) -> None:
    """Raises `UserError` finetune.missing, with the command that installs what the training stack does
    not bring.
    """
    if recipe.cluster.address and util.find_spec("ray") is None:
        raise UserError("finetune.missing", package="Ray", command=RAY)
