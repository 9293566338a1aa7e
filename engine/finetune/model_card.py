"""A card for what was learned: from what, how, how well, and under which licence."""

from pathlib import Path
from typing import Any

from engine.finetune.recipe.recipe import Recipe
from engine.finetune.recipe.settings import settings
from engine.finetune.run_folder import RunFolder
from engine.protocol.finetune import Exported, RunFinished

_PIPELINE = "text-generation"
_NO_SETTINGS = ("base", "data", "name", "notes", "tags", "license")


def write_card(run: RunFolder, folder: Path, exported: Exported | None = None) -> Path:
    """README.md in `folder`, with the header that model pages read. Raises `UserError` run.damaged,
    `OSError`.
    """
    path = folder / "README.md"
    path.write_text(card_text(run, exported), "utf-8")
    return path


def card_text(run: RunFolder, exported: Exported | None = None) -> str:
    """Markdown."""
    recipe, state, environment = run.recipe(), run.state(), run.environment()
    base = environment.get("base", {})
    title = recipe.name or run.id
    license_name = recipe.license or str(base.get("license") or "")
    parts = [
        _header(recipe, license_name),
        f"# {title}",
        _what(recipe, base),
        "## Data\n\n" + _data(environment),
        "## Figures\n\n" + _figures(state.result, exported),
        "## Settings\n\n" + _settings(recipe),
        "## Made with\n\n" + _made_with(environment),
        "## Licence\n\n" + _license(license_name, base),
    ]
    if recipe.notes:
        parts.insert(3, recipe.notes)
    return "\n\n".join(parts) + "\n"


def _header(recipe: Recipe, license_name: str) -> str:
    lines = ["---", f"pipeline_tag: {_PIPELINE}"]
    if recipe.method != "full":
        lines += ["library_name: peft"]
    if license_name:
        lines.append(f"license: {license_name}")
    lines += ["tags:", *(f"- {_word(tag)}" for tag in (recipe.method, recipe.objective, *recipe.tags)), "---"]
    return "\n".join(lines)


def _what(recipe: Recipe, base: dict[str, Any]) -> str:
    name = Path(recipe.base).name
    text = f"{name}, trained further by {recipe.method} with the objective {recipe.objective}."
    if base.get("quantization"):
        text += (
            f" The base was quantized ({base['quantization']}); its weights were expanded for training, "
            "so this fits best on that very file."
        )
    return text


def _data(environment: dict[str, Any]) -> str:
    files = [Path(str(one.get("path", ""))).name for one in environment.get("data", [])]
    rows, aside = environment.get("rows", 0), environment.get("held_out_rows", 0)
    return f"{', '.join(files)}: {rows:,} rows to learn from, {aside:,} held out."


def _figures(result: RunFinished | None, exported: Exported | None) -> str:
    if result is None:
        return "The run has not ended."
    rows = [
        ("steps", f"{result.step:,}"),
        ("tokens", f"{result.tokens:,}"),
        ("last training loss", _loss(result.loss)),
        ("held-out loss before", _loss(result.first_held_out_loss)),
        ("held-out loss after", _loss(result.held_out_loss)),
        ("time", f"{result.seconds / 60:.1f} min"),
        ("peak memory", f"{result.peak_bytes / 2**30:.2f} GiB"),
    ]
    if exported is not None:
        rows.append(
            (
                "export against the trained model",
                (
                    f"mean KL {exported.kl:.2e}, same top token {exported.top1:.1%}, "
                    f"on {exported.tokens:,} tokens"
                ),
            )
        )
    return _table(("figure", "value"), rows)


def _settings(recipe: Recipe) -> str:
    """Those that differ from the defaults."""
    rows = []
    for one in settings():
        holder = getattr(recipe, one.section.replace("-", "_")) if one.section else recipe
        value = getattr(holder, one.name)
        if one.name not in _NO_SETTINGS and value != one.default:
            rows.append((one.key, _plain(value)))
    return _table(("setting", "value"), rows) if rows else "All as by default."


def _made_with(environment: dict[str, Any]) -> str:
    packages = environment.get("packages", {})
    known = ", ".join(f"{name} {version}" for name, version in packages.items())
    return f"Lathe on {environment.get('device', 'CPU')} ({environment.get('precision', '')}); {known}."


def _license(name: str, base: dict[str, Any]) -> str:
    if name:
        return f"{name}. It has to fit the licences of the base and of the data."
    if base.get("license"):
        return f"The base is under {base['license']}; the licence of this was not stated."
    return "Not stated. The licences of the base and of the data apply."


def _table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    lines = [f"| {head[0]} | {head[1]} |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {value.replace('|', ' ')} |" for name, value in rows)])


def _loss(value: float) -> str:
    return f"{value:.4f}" if value >= 0 else "not measured"


def _plain(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return ", ".join(map(_plain, value))
    return " ".join(str(value).split())


def _word(tag: str) -> str:
    return "".join(character if character.isalnum() or character in "-_" else "-" for character in tag)
