"""The commands of looking inside."""

from collections.abc import Callable
from functools import partial

from app.commands.registry import CommandRegistry
from app.commands.spec import CommandSpec
from app.controllers.inspection import InspectionController
from app.i18n.marks import QT_TRANSLATE_NOOP
from app.pages.inspect.views import views_of_page

INSPECT = QT_TRANSLATE_NOOP("Commands", "Inspect")

VIEW_TITLES = {
    "attention": QT_TRANSLATE_NOOP("Commands", "Inspect: Attention"),
    "lens": QT_TRANSLATE_NOOP("Commands", "Inspect: Logit lens"),
    "tokens": QT_TRANSLATE_NOOP("Commands", "Inspect: Tokens"),
    "vocabulary": QT_TRANSLATE_NOOP("Commands", "Inspect: Vocabulary"),
    "model_card": QT_TRANSLATE_NOOP("Commands", "Inspect: Model card"),
    "gguf_editor": QT_TRANSLATE_NOOP("Commands", "Inspect: Edit GGUF"),
    "context": QT_TRANSLATE_NOOP("Commands", "Inspect: Context"),
    "beams": QT_TRANSLATE_NOOP("Commands", "Inspect: Beams"),
}


def register_inspect_commands(registry: CommandRegistry, open_view: Callable[[str], object]) -> None:
    """One command for each view of the page."""
    for entry in views_of_page():
        if entry.id in VIEW_TITLES:
            spec = CommandSpec(f"inspect.{entry.id}", VIEW_TITLES[entry.id], "", INSPECT, icon="scan-eye")
            registry.register(spec, partial(open_view, entry.id))


def register_attention_commands(registry: CommandRegistry, inspection: InspectionController) -> None:
    """What works wherever attention is shown."""
    state = inspection.attention
    commands: tuple[tuple[str, str, str, str, Callable[[], object]], ...] = (
        (
            "attention.live",
            QT_TRANSLATE_NOOP("Commands", "Read attention live, or stop"),
            "Ctrl+Alt+A",
            "scan-eye",
            lambda: state.set_live(not state.live),
        ),
        (
            "attention.next_head",
            QT_TRANSLATE_NOOP("Commands", "Attention: next head"),
            "Ctrl+Alt+H",
            "arrow-down",
            lambda: state.step(0, 1),
        ),
        (
            "attention.previous_head",
            QT_TRANSLATE_NOOP("Commands", "Attention: previous head"),
            "Ctrl+Alt+Shift+H",
            "arrow-up",
            lambda: state.step(0, -1),
        ),
        (
            "attention.next_layer",
            QT_TRANSLATE_NOOP("Commands", "Attention: next layer"),
            "Ctrl+Alt+L",
            "arrow-right",
            lambda: state.step(1, 0),
        ),
        (
            "attention.previous_layer",
            QT_TRANSLATE_NOOP("Commands", "Attention: previous layer"),
            "Ctrl+Alt+Shift+L",
            "arrow-left",
            lambda: state.step(-1, 0),
        ),
    )
    for command, title, keys, icon_name, handler in commands:
        registry.register(CommandSpec(command, title, keys, INSPECT, icon=icon_name), handler)
