"""`lathe runs`: what was trained, and with which settings."""

import argparse
from pathlib import Path

from engine.cli import tables
from engine.cli.parser import LineParser, actions, add_common
from engine.cli.terminal import note, write_json, write_line
from engine.errors import UserError
from engine.finetune.recipe.reading import write_recipe
from engine.finetune.run_folder import RunFolder, RunState, find_run, list_runs

_HEAD = ("RUN", "STATUS", "STEP", "LOSS", "HELD-OUT", "METHOD", "OBJECTIVE", "BASE", "NAME")


def fill(parser: LineParser) -> None:
    """Options and subcommands."""
    add_common(parser)
    commands = actions(parser, "action")
    listed = commands.add_parser("list", help="all runs, newest first (also without a subcommand)")
    shown = commands.add_parser("show", help="one run: settings, figures, evaluations, answers")
    shown.add_argument("run", metavar="RUN", help="its id, the beginning or end of it, its name, or last")
    for command in (listed, shown):
        add_common(command)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`."""
    if args.action == "show":
        _show(find_run(home, args.run), json_lines=args.json)
    else:
        _list(home, json_lines=args.json)
    return 0


def _list(home: Path, *, json_lines: bool) -> None:
    rows = []
    for folder in list_runs(home):
        try:
            state = folder.state()
        except UserError as error:
            note(error.one_line())
            continue
        fields = _fields(folder, state)
        if json_lines:
            write_json(fields)
            continue
        rows.append(
            (
                folder.id,
                state.status,
                f"{state.step}/{state.steps}" if state.steps else str(state.step),
                _number(fields["loss"]),
                _number(fields["held_out_loss"]),
                state.method,
                state.objective,
                Path(state.base).name,
                state.name,
            )
        )
    if rows:
        tables.print_table(_HEAD, rows, right=(2, 3, 4))
    elif not json_lines:
        note("Nothing was trained yet. `lathe finetune RECIPE.toml` begins.")


def _show(folder: RunFolder, *, json_lines: bool) -> None:
    state = folder.state()
    fields = _fields(folder, state)
    evaluations = folder.evaluations()
    if json_lines:
        write_json(
            {
                **fields,
                "path": str(folder.path),
                "recipe": write_recipe(folder.recipe()),
                "environment": folder.environment(),
                "evaluations": [
                    {"step": one.step, "held_out_loss": one.held_out_loss} for one in evaluations
                ],
            }
        )
        return
    rows = [
        ("run", folder.id),
        ("status", state.status),
        ("step", f"{state.step} of {state.steps}" if state.steps else str(state.step)),
        ("loss", _number(fields["loss"])),
        ("held-out loss", " → ".join(f"{one.held_out_loss:.4f}" for one in evaluations) or "not measured"),
        ("folder", str(folder.path)),
    ]
    if state.result is not None:
        rows += [
            ("tokens", f"{state.result.tokens:,} at {state.result.tokens_per_s:.0f} tok/s"),
            ("memory", _memory(state.result.peak_bytes, state.result.predicted_bytes)),
            ("time", tables.duration(state.result.seconds)),
        ]
    if state.error_code:
        rows.append(("problem", UserError(state.error_code, **state.error_params).one_line()))
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        write_line(f"{label:<{width}}  {value}")
    write_line()
    write_line(write_recipe(folder.recipe()).rstrip())


def _fields(folder: RunFolder, state: RunState) -> dict[str, object]:
    steps, evaluations = folder.steps(), folder.evaluations()
    return {
        "run": folder.id,
        "status": state.status,
        "base": state.base,
        "method": state.method,
        "objective": state.objective,
        "name": state.name,
        "step": steps[-1].step if steps else state.step,
        "steps": state.steps,
        "loss": steps[-1].loss if steps else None,
        "held_out_loss": evaluations[-1].held_out_loss if evaluations else None,
        "created_ms": state.created_ms,
    }


def _memory(peak: int, predicted: int) -> str:
    return f"{tables.size(peak)} ({tables.size(predicted)} expected)"


def _number(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else ""
