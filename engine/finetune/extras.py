"""Packages that only some recipes need, and that are no part of the training stack. Does not import them."""

from importlib import util

from engine.errors import UserError
from engine.finetune.recipe.recipe import Recipe

BITSANDBYTES = "python3 -m pip install bitsandbytes"
RAY = 'python3 -m pip install "ray[train]"'


def check_extras(recipe: Recipe) -> None:
    """Raises `UserError` finetune.missing, with the command that installs what is missing."""
    if recipe.cluster.address and util.find_spec("ray") is None:
        raise UserError("finetune.missing", package="Ray", command=RAY)
    if recipe.method == "qlora" and util.find_spec("bitsandbytes") is None:
        raise UserError("finetune.missing", package="bitsandbytes", command=BITSANDBYTES)
