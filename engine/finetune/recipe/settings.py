"""What can be set in a recipe, as a table: the window's form and the documentation are made from it."""

from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import inspect

from engine.finetune.recipe.recipe import Recipe

Kind = Literal["int", "float", "bool", "text", "texts", "choice", "pairs", "rules"]


class Setting(NamedTuple):
    """One setting. `section` is "" for the top of the file. `minimum` and `maximum` are allowed themselves,
    unless `open_minimum`/`open_maximum`. `basic` ones are shown first.
    """

    section: str
    name: str
    kind: Kind
    title: str
    words: str
    default: Any
    minimum: float | None = None
    maximum: float | None = None
    open_minimum: bool = False
    open_maximum: bool = False
    choices: tuple[str, ...] = ()
    basic: bool = False
    required: bool = False

    @property
    def key(self) -> str:
        """As it is written in the file, for example “train.batch_size”."""
        return f"{self.section}.{self.name}" if self.section else self.name


def settings() -> tuple[Setting, ...]:
    """All of them, in the order of the file."""
    top = inspect.type_info(Recipe)
    assert isinstance(top, inspect.StructType)  # noqa: S101 - for the type checker
    found: list[Setting] = []
    sections: list[Setting] = []
    for one in top.fields:
        if isinstance(one.type, inspect.StructType):
            given = getattr(Recipe("x", "x"), one.name)
            sections += [_setting(one.encode_name, inner, given) for inner in one.type.fields]
        else:
            found.append(_setting("", one, None))
    return (*found, *sections)


def section_settings(section: str) -> tuple[Setting, ...]:
    """Those of one section, in order."""
    return tuple(one for one in settings() if one.section == section)


def _setting(section: str, one: inspect.Field, given: object) -> Setting:
    kind: Any = one.type
    title, words, basic = one.name, "", False
    if isinstance(kind, inspect.Metadata):
        schema = kind.extra_json_schema or {}
        title, words = str(schema.get("title", title)), str(schema.get("description", ""))
        basic = bool(schema.get("basic", False))
        kind = kind.type
    default = getattr(given, one.name) if given is not None else one.default
    low = high = None
    open_low = open_high = False
    if isinstance(kind, (inspect.IntType, inspect.FloatType)):
        open_low, open_high = kind.gt is not None, kind.lt is not None
        low = kind.gt if open_low else kind.ge
        high = kind.lt if open_high else kind.le
    return Setting(
        section,
        one.encode_name,
        _kind(kind),
        title,
        words,
        None if default is msgspec.NODEFAULT else default,
        low,
        high,
        open_low,
        open_high,
        tuple(str(value) for value in kind.values) if isinstance(kind, inspect.LiteralType) else (),
        basic,
        one.required,
    )


_PLAIN: tuple[tuple[type, Kind], ...] = (
    (inspect.BoolType, "bool"),
    (inspect.IntType, "int"),
    (inspect.FloatType, "float"),
    (inspect.LiteralType, "choice"),
    (inspect.DictType, "pairs"),
    (inspect.UnionType, "texts"),
)


def _kind(kind: object) -> Kind:
    if isinstance(kind, inspect.VarTupleType):
        item = kind.item_type
        item = item.type if isinstance(item, inspect.Metadata) else item
        return "rules" if isinstance(item, inspect.StructType) else "texts"
    return next((name for type_, name in _PLAIN if isinstance(kind, type_)), "text")


def differences(first: Recipe, second: Recipe) -> tuple[tuple[str, Any, Any], ...]:
    """What differs between two runs: key and both values, in the order of the file."""
    one, other = msgspec.to_builtins(first), msgspec.to_builtins(second)
    found: list[tuple[str, Any, Any]] = []
    for setting in settings():
        values = [
            (side.get(setting.section, {}) if setting.section else side).get(setting.name, setting.default)
            for side in (one, other)
        ]
        plain = [tuple(value) if isinstance(value, list) else value for value in values]
        if plain[0] != plain[1]:
            found.append((setting.key, plain[0], plain[1]))
    return tuple(found)
