"""What “/” offers in the composer: commands of the registry under short names, presets and prompts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.commands.registry import CommandRegistry
from app.controllers.presets import PresetsController
from app.pages.chat.slash_popup import SlashEntry
from engine.sampling.params import SamplingParams
from engine.sampling.presets import apply_preset, builtin

_FROM_REGISTRY = (
    ("new", "chat.new"),
    ("model", "model.pick"),
    ("regenerate", "chat.regenerate"),
    ("continue", "chat.continue"),
    ("find", "chat.find"),
    ("search", "chat.search"),
    ("rename", "chat.rename"),
    ("export", "chat.export"),
    ("attach", "chat.attach"),
    ("grammar", "chat.grammar"),
    ("clear", "chat.clear"),
    ("delete", "chat.delete"),
)


def slash_entries(
    registry: CommandRegistry,
    presets: PresetsController,
    sampling: Callable[[], SamplingParams],
    set_sampling: Callable[[SamplingParams], None],
    set_system: Callable[[str], None],
) -> list[SlashEntry]:
    """All entries of the moment; commands that cannot be carried out now are left out."""
    translate = QCoreApplication.translate
    registry.refresh_now()
    entries = [
        SlashEntry(name, registry.title(command), registry.spec(command).icon, _trigger(registry, command))
        for name, command in _FROM_REGISTRY
        if command in registry and registry.action(command).isEnabled()
    ]
    system = SlashEntry(
        "system", translate("Slash", "Set the system prompt"), "scroll-text", set_system, takes_argument=True
    )
    entries.insert(1, system)
    for preset in presets.presets():
        name = _word(preset.name)
        title = translate("Slash", "Preset: {name}").format(name=preset.name)
        entries.append(
            SlashEntry(name, title, "sliders-horizontal", partial(_apply, set_sampling, preset.sampling))
        )
    return entries + _builtin_presets(sampling, set_sampling)


def _builtin_presets(
    sampling: Callable[[], SamplingParams], set_sampling: Callable[[SamplingParams], None]
) -> list[SlashEntry]:
    translate = QCoreApplication.translate
    titles = {
        "precise": translate("Slash", "Preset: precise"),
        "balanced": translate("Slash", "Preset: balanced"),
        "creative": translate("Slash", "Preset: creative"),
    }

    def use(name: str, _argument: str) -> None:
        set_sampling(apply_preset(sampling(), builtin(name).sampling))

    return [
        SlashEntry(name, title, "sliders-horizontal", partial(use, name)) for name, title in titles.items()
    ]


def _trigger(registry: CommandRegistry, command: str) -> Callable[[str], None]:
    return lambda _argument: registry.action(command).trigger()


def _apply(set_sampling: Callable[[SamplingParams], None], params: SamplingParams, _argument: str) -> None:
    set_sampling(params)


def _word(name: str) -> str:
    return "-".join(name.lower().split())
