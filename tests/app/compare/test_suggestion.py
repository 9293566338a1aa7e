"""What the tab Compare begins with."""

from pathlib import Path

from app.panels.compare.panel import ComparePanel
from app.panels.compare.suggestion import suggest_models
from engine.library.entries import ModelEntry
from tests.app.compare.conftest import Work


def entry(name: str, quantization: str, size: int, *, parameters: int = 100, title: str = "a") -> ModelEntry:
    return ModelEntry(
        name, f"/{name}", "gguf", "llama", parameters, size, quantization, 512, "folder", title=title
    )


SMALL = entry("a-q4", "Q4_0", 10)
MIDDLE = entry("a-q8", "Q8_0", 20)
LARGE = entry("a-f16", "F16", 40)
TUNED = entry("b-f16", "F16", 40, title="b")
ALONE = entry("c-q4", "Q4_0", 90, parameters=900, title="c")
ALL = [ALONE, SMALL, TUNED, MIDDLE, LARGE]


def test_two_variants_that_were_used_last_the_larger_one_first() -> None:
    assert suggest_models(ALL, ["/c-q4", "/a-q4", "/a-q8"]) == ["/a-q8", "/a-q4"]
    assert suggest_models(ALL, ["/a-f16", "/b-f16", "/a-q4"]) == ["/a-f16", "/a-q4"]
    assert suggest_models([SMALL, MIDDLE, LARGE], []) == ["/a-f16", "/a-q8"]
    assert suggest_models([SMALL, MIDDLE, LARGE], [], "/a-q4") == ["/a-f16", "/a-q4"]
    assert suggest_models([SMALL, ALONE], []) == []
    assert suggest_models([], []) == []


def test_the_loaded_model_is_among_them() -> None:
    assert suggest_models(ALL, ["/a-q8", "/a-f16"], "/a-q4") == ["/a-q8", "/a-q4"]
    assert suggest_models(ALL, ["/a-q8", "/a-f16"], "/c-q4") == ["/c-q4"]
    assert suggest_models(ALL, [], "/elsewhere.gguf") == ["/elsewhere.gguf"]
    # The same name goes before what was used last.
    assert suggest_models([TUNED, SMALL, LARGE], ["/b-f16"], "/a-q4") == ["/a-f16", "/a-q4"]


def test_the_tab_begins_with_two_and_gives_way_to_what_is_chosen(work: Work, made: Path) -> None:
    models = work.bench.controllers.models
    models.add_folder(str(made))
    small, large = str(made / "tiny-Q4_0.gguf"), str(made / "tiny.gguf")
    work.until(lambda: {small, large} <= {each.path for each in models.files})
    work.page.view.show_view("compare")
    panel = work.page.view.panel("compare")
    assert isinstance(panel, ComparePanel)
    chosen = panel.setup.models
    assert chosen.paths == [large, small]
    assert panel.setup.start.isEnabled()
    assert panel.empty.action is not None
    assert panel.empty.action.isHidden()
    panel.set_models(["/x.gguf", "/y.gguf"])
    assert chosen.paths == ["/x.gguf", "/y.gguf"]
    chosen.set_paths([])
    panel.set_models([small])
    assert chosen.paths == [large, small]
    panel.set_models(["/x.gguf"])
    assert chosen.paths == [small, "/x.gguf"]
    models.refresh()
    work.until(lambda: not models.library.scanning)
    assert chosen.paths == [small, "/x.gguf"]
