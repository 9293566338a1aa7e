"""The runs of a home as a person keeps them: a list with what each came to, names and notes, a way back
after deleting.
"""

import shutil
from pathlib import Path
from typing import NamedTuple

import msgspec

from engine.errors import UserError
from engine.finetune.recipe.reading import write_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import RunFolder, RunState, list_runs, runs_folder, write_whole

_REMOVED = ".removed"


class RunSummary(NamedTuple):
    """One run. `loss` and `held_out_loss` are the last ones, `first_held_out_loss` that before training; -1
    where there is none. `problem`: why its folder cannot be read; then `recipe` and `state` are empty ones.
    """

    id: str
    recipe: Recipe
    state: RunState
    loss: float = -1.0
    held_out_loss: float = -1.0
    first_held_out_loss: float = -1.0
    problem: UserError | None = None


class RunShelf:
    """Reads and writes files: call it on a background thread."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = runs_folder(home)

    def list(self) -> list[RunSummary]:
        """Newest first."""
        return [summary_of(run) for run in list_runs(self._home)]

    def run(self, run_id: str) -> RunFolder:
        return RunFolder(self._folder / run_id)

    def describe(self, run_id: str, name: str, notes: str, tags: tuple[str, ...]) -> None:
        """What the user calls it; kept in the recipe, which has no effect on the training. Raises
        `UserError` run.damaged, `OSError`.
        """
        run = self.run(run_id)
        recipe = msgspec.structs.replace(run.recipe(), name=name, notes=notes, tags=tags)
        write_whole(run.path / "recipe.toml", write_recipe(recipe, complete=True).encode())
        state = run.state()
        if state.status not in ("running", "paused"):  # else the process writes it
            run.write_state(msgspec.structs.replace(state, name=name))

    def make_fit(self, run_id: str) -> None:
        """Write the settings with which it can go on (`RunState.fitting`) into its recipe, where there are
        any. Raises `UserError` run.damaged, `OSError`.
        """
        run = self.run(run_id)
        recipe, fitting = run.recipe(), run.state().fitting
        if fitting is None:
            return
        train = msgspec.structs.replace(recipe.train, **msgspec.structs.asdict(fitting))
        recipe = msgspec.structs.replace(recipe, train=train)
        write_whole(run.path / "recipe.toml", write_recipe(recipe, complete=True).encode())

    def remove(self, run_id: str) -> None:
        """Take a run off the list; `restore` puts it back. Raises `OSError`."""
        (self._folder / _REMOVED).mkdir(exist_ok=True)
        (self._folder / run_id).rename(self._folder / _REMOVED / run_id)

    def restore(self, run_id: str) -> None:
        """Undo `remove`. Raises `OSError`."""
        (self._folder / _REMOVED / run_id).rename(self._folder / run_id)

    def purge(self) -> None:
        """Give back the space of what was removed in earlier runs of the program."""
        shutil.rmtree(self._folder / _REMOVED, ignore_errors=True)


def summary_of(run: RunFolder) -> RunSummary:
    """The whole of the metrics is read only of runs that have not ended."""
    try:
        recipe, state = run.recipe(), run.state()
    except UserError as error:
        return RunSummary(run.id, Recipe("", ""), RunState("failed", "", "", ""), problem=error)
    result = state.result
    if result is not None:
        losses = (result.loss, result.held_out_loss, result.first_held_out_loss)
    else:
        steps, evaluations = run.steps(), run.evaluations()
        losses = (
            steps[-1].loss if steps else -1.0,
            evaluations[-1].held_out_loss if evaluations else -1.0,
            evaluations[0].held_out_loss if evaluations and evaluations[0].step == 0 else -1.0,
        )
    return RunSummary(run.id, recipe, state, *losses)
