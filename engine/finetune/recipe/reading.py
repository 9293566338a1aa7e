"""From TOML to a `Recipe` and back. A key that does not exist is named, with the nearest one that does."""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from engine.errors import UserError
from engine.finetune.recipe.recipe import (
    METHODS,
    OBJECTIVES,
    SECTION_OF_METHOD,
    SECTION_OF_OBJECTIVE,
    Recipe,
)

_MAX_BYTES = 1 << 20
_ALWAYS = ("base", "data", "method", "objective")


def read_recipe(path: Path) -> Recipe:
    """With its paths made absolute. Raises `UserError` file.unreadable, recipe.*."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UserError("recipe.syntax", path=path, reason="it is too long")
        text = path.read_text("utf-8")
    except OSError as error:
        raise UserError("file.unreadable", path=path, reason=error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise UserError("recipe.syntax", path=path, reason="it is not UTF-8 text") from None
    return with_absolute_paths(parse_recipe(text, path), path.absolute().parent)


def parse_recipe(text: str, path: Path | str = "the recipe") -> Recipe:
    """Raises `UserError` recipe.syntax, recipe.unknown_key, recipe.missing_key, recipe.invalid."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError("recipe.syntax", path=path, reason=_sentence(str(error))) from None
    _check_keys(values)
    try:
        recipe = msgspec.convert(values, Recipe)
    except msgspec.ValidationError as error:
        raise _invalid(str(error), values) from None
    _check_sections(recipe, values)
    return recipe


def write_recipe(recipe: Recipe, *, complete: bool = False) -> str:
    """TOML with what differs from the defaults; base, data, method and objective in any case.

    `complete`: everything that has an effect, so that a later release with other defaults does the same.
    """
    values = msgspec.to_builtins(recipe)
    used = {*SECTION_OF_METHOD[recipe.method], *SECTION_OF_OBJECTIVE[recipe.objective], "train", "dataset"}
    lines: list[str] = []
    sections: list[str] = []
    for one in _fields(Recipe):
        given = getattr(recipe, one.name)
        name = one.encode_name
        if isinstance(given, msgspec.Struct):
            everything = complete and name in used
            shown = msgspec.to_builtins(given) if everything else values.get(name, {})
            sections += _section(
                name, shown, {} if everything else _plain(getattr(Recipe("x", "x"), one.name))
            )
        elif name in _ALWAYS or given:
            lines.append(f"{name} = {_toml(msgspec.to_builtins(given))}")
    return "\n".join([*lines, *sections]) + "\n"


def with_absolute_paths(recipe: Recipe, folder: Path) -> Recipe:
    """Files named in it are looked for beside it. A base that is no path stays a name of the library."""

    def absolute(name: str) -> str:
        return str(folder / Path(name).expanduser()) if name else name

    base = Path(recipe.base).expanduser()
    if base.is_absolute():
        chosen = str(base)
    elif (folder / base).exists():
        chosen = str(folder / base)
    else:
        chosen = recipe.base
    data = absolute(recipe.data) if isinstance(recipe.data, str) else tuple(map(absolute, recipe.data))
    dataset = msgspec.structs.replace(recipe.dataset, held_out_data=absolute(recipe.dataset.held_out_data))
    grpo, rloo = (
        msgspec.structs.replace(
            one,
            rewards=tuple(msgspec.structs.replace(rule, file=absolute(rule.file)) for rule in one.rewards),
        )
        for one in (recipe.grpo, recipe.rloo)
    )
    return msgspec.structs.replace(recipe, base=chosen, data=data, dataset=dataset, grpo=grpo, rloo=rloo)


def _fields(struct: type[Any]) -> tuple[inspect.Field, ...]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)  # noqa: S101 - for the type checker
    return info.fields


def _check_keys(values: Mapping[str, Any]) -> None:
    fields = {one.encode_name: one for one in _fields(Recipe)}
    everywhere = list(fields)
    for section, one in fields.items():
        if isinstance(one.type, inspect.StructType):
            everywhere += [f"{section}.{inner.encode_name}" for inner in one.type.fields]
    for name, value in values.items():
        if name not in fields:
            raise _unknown(name, everywhere)
        kind = fields[name].type
        if not isinstance(kind, inspect.StructType):
            continue
        if not isinstance(value, dict):
            raise UserError(
                "recipe.invalid", key=name, value=_toml(value), reason="it is a section: write [" + name + "]"
            )
        known = [inner.encode_name for inner in kind.fields]
        for inner in value:
            if inner not in known:
                raise _unknown(f"{name}.{inner}", [f"{name}.{key}" for key in known], everywhere)


def _unknown(key: str, near: list[str], far: list[str] | None = None) -> UserError:
    """The nearest key of the same section; where none is near, of all."""
    short = key.rpartition(".")[2]
    own = difflib.get_close_matches(key, near, n=1, cutoff=0.5)
    ends = [one for one in far or near if one.rpartition(".")[2] == short]
    other = difflib.get_close_matches(key, far or near, n=1, cutoff=0.0)
    nearest = (ends or own or other)[0]
    return UserError("recipe.unknown_key", key=key, nearest=nearest)


def _invalid(message: str, values: Mapping[str, Any]) -> UserError:
    """msgspec says “Expected `int` >= 1 - at `$.train.batch_size`”."""
    reason, _, place = message.partition(" - at `$")
    key = place.rstrip("`").lstrip(".")
    if "missing required field" in reason:
        return UserError("recipe.missing_key", key=reason.rpartition("field `")[2].rstrip("`"))
    value: Any = values
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if key in ("method", "objective") and isinstance(value, str):
        known = METHODS if key == "method" else OBJECTIVES
        nearest = difflib.get_close_matches(value, known, n=1, cutoff=0.0)
        return UserError("recipe.choice", key=key, value=value, nearest=nearest[0], known=", ".join(known))
    plain = reason.replace("`", "").replace("Expected", "expected")
    return UserError("recipe.invalid", key=key or "the recipe", value=_toml(value), reason=_sentence(plain))


def _check_sections(recipe: Recipe, values: Mapping[str, Any]) -> None:
    """A section for another method would be silently without effect: it is an error."""
    used = {*SECTION_OF_METHOD[recipe.method], *SECTION_OF_OBJECTIVE[recipe.objective]}
    optional = {
        name for names in (*SECTION_OF_METHOD.values(), *SECTION_OF_OBJECTIVE.values()) for name in names
    }
    for name in values:
        if name in optional and name not in used:
            raise UserError(
                "recipe.unused_section", section=name, method=recipe.method, objective=recipe.objective
            )
    if recipe.is_online and not recipe.online.rewards:
        raise UserError("recipe.no_rewards", section=recipe.objective)
    for rule in recipe.online.rewards if recipe.is_online else ():
        if rule.name == "python" and not rule.file:
            raise UserError("recipe.missing_key", key=f"{recipe.objective}.rewards.file")
        if rule.name == "regex" and not rule.pattern:
            raise UserError("recipe.missing_key", key=f"{recipe.objective}.rewards.pattern")


def _section(name: str, values: Mapping[str, Any], defaults: Mapping[str, Any]) -> list[str]:
    lines = [
        f"{_key(key)} = {_toml(value)}"
        for key, value in values.items()
        if value is not None and (key not in defaults or value != defaults[key])
    ]
    return [f"\n[{_key(name)}]", *lines] if lines else []


def _plain(struct: msgspec.Struct) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(struct)
    return found


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(inner) for inner in value) + "]"
    return msgspec.json.encode(str(value)).decode().replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _toml(name)


def _sentence(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
