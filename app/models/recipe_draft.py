"""A recipe while somebody edits it: every setting by its section and name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from engine.finetune.recipe.recipe import SECTION_OF_METHOD, SECTION_OF_OBJECTIVE, Method, Objective, Recipe
from engine.finetune.recipe.settings import Setting, settings

ALL_SETTINGS: dict[str, Setting] = {one.key: one for one in settings()}
_ALWAYS = ("train", "dataset", "probe", "cluster")
_WITHOUT_EFFECT = {("reward", "probe")}
"""Objectives and sections: a reward model answers nothing."""
_OF_THE_FORM = ("base", "data", "method", "objective")
"""Settings of the top that have controls of their own."""
_QUANTIZATION = re.compile(r"[-._](i?q\d\w*|tq\d\w*|[bf]?f(16|32)|mxfp4)$", re.IGNORECASE)
"""At the end of a file's name. What is trained is none: its weights are expanded."""
_ROW_FILES = (".jsonl", ".json", ".ndjson", ".csv", ".tsv", ".parquet", ".txt", ".md")
_NEEDS_FORMAT: dict[str, tuple[str, ...]] = {
    "sft": ("messages", "sharegpt", "alpaca", "text", "preference", "kto"),
    "pretrain": ("messages", "sharegpt", "alpaca", "text", "preference", "kto"),
    "dpo": ("preference",),
    "orpo": ("preference",),
    "reward": ("preference",),
    "kto": ("kto",),
    "grpo": ("messages", "sharegpt", "alpaca", "preference", "kto"),
    "rloo": ("messages", "sharegpt", "alpaca", "preference", "kto"),
}


def value_of(recipe: Recipe, setting: Setting) -> Any:
    """As it is in the recipe."""
    holder = getattr(recipe, _attribute(setting.section)) if setting.section else recipe
    return getattr(holder, _attribute(setting.name))


def with_value(recipe: Recipe, setting: Setting, value: Any) -> Recipe:
    """The recipe with one setting changed. Raises `msgspec.ValidationError` for what it may not be."""
    if not setting.section:
        return msgspec.structs.replace(recipe, **{_attribute(setting.name): value})
    section = getattr(recipe, _attribute(setting.section))
    values = {**msgspec.to_builtins(section), setting.name: msgspec.to_builtins(value)}
    fresh = msgspec.convert(values, type(section))
    return msgspec.structs.replace(recipe, **{_attribute(setting.section): fresh})


def used_sections(method: Method, objective: Objective) -> tuple[str, ...]:
    """Sections with an effect, in the order of a form."""
    always = tuple(one for one in _ALWAYS if (objective, one) not in _WITHOUT_EFFECT)
    return (*SECTION_OF_METHOD[method], *SECTION_OF_OBJECTIVE[objective], *always)


def used_settings(recipe: Recipe) -> list[Setting]:
    """Those that have an effect and no control of their own, in the order of a form."""
    sections = used_sections(recipe.method, recipe.objective)
    found = [
        one for section in sections for one in ALL_SETTINGS.values() if section and one.section == section
    ]
    return [
        *found,
        *(one for one in ALL_SETTINGS.values() if not one.section and one.name not in _OF_THE_FORM),
    ]


def cleaned(recipe: Recipe) -> Recipe:
    """Without what another method or objective left behind: such a section is an error in a file."""
    used = used_sections(recipe.method, recipe.objective)
    default = Recipe("x", "x")
    optional = {
        name for names in (*SECTION_OF_METHOD.values(), *SECTION_OF_OBJECTIVE.values()) for name in names
    }
    changes = {_attribute(name): getattr(default, _attribute(name)) for name in optional if name not in used}
    return msgspec.structs.replace(recipe, **changes)


def suits(objective: Objective, row_format: str) -> bool:
    """Whether rows of this format can teach that; "" for a format nobody knows yet."""
    return not row_format or row_format in _NEEDS_FORMAT[objective]


def objective_for(objective: Objective, row_format: str) -> Objective:
    """What rows of this format are for, where somebody chose them and wants answers, or what they cannot
    teach.
    """
    meant: dict[str, Objective] = {"preference": "dpo", "kto": "kto", "text": "pretrain"}
    if objective == "sft":
        return meant.get(row_format, "sft")
    return objective if suits(objective, row_format) else meant.get(row_format, "sft")


def short_name(recipe: Recipe, names: Mapping[str, str]) -> str:
    """Data and base, for a title. `names`: what the user calls files."""
    base = Path(recipe.base)
    called = _QUANTIZATION.sub("", base.stem) if base.suffix == ".gguf" else base.name
    data = " + ".join(_without_ending(names.get(file, Path(file).name)) for file in recipe.files)
    return f"{data} · {called}"


def _without_ending(name: str) -> str:
    return Path(name).stem if Path(name).suffix.lower() in _ROW_FILES else name


def _attribute(name: str) -> str:
    """Of the struct: `p-tuning` is no name there."""
    return name.replace("-", "_")
