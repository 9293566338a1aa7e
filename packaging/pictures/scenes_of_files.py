"""Pictures of the pages that work on files: Models, Data and Quantize. They come after those of the chat."""

from PySide6.QtWidgets import QWidget

from app.pages.data.page import SAMPLE, DataPage
from app.pages.finetune.page import FinetunePage
from app.pages.models.page import ModelsPage
from app.pages.quantize.page import QuantizePage
from app.panels.compare.panel import ComparePanel
from app.panels.quantization_lab.panel import LabPanel
from app.panels.quantize.panel import QuantizePanel
from app.panels.sensitivity.panel import SensitivityPanel
from app.resource_paths import resource
from engine.protocol.jobs import QuantizeJob
from pictures.registry import scene
from pictures.stage import Stage


@scene
def models(stage: Stage) -> None:
    """The library: a model that was quantized here, what it takes in memory, and what it was made from."""
    library = stage.controllers.models.library
    starter = next(entry.path for entry in library.entries if entry.source == "starter")
    folder = library.home / "models"
    folder.mkdir(exist_ok=True)
    jobs = stage.controllers.jobs
    ended: list[object] = []
    jobs.ended.connect(lambda _job, end: ended.append(end))
    targets = [folder / f"SmolLM2-135M-Instruct-{kind}.gguf" for kind in ("Q8_0", "Q4_K_M")]
    for target in targets:
        kind = target.stem.rsplit("-", 1)[1]
        jobs.start(QuantizeJob(starter, str(target), kind), kind)
    stage.until(lambda: len(ended) == len(targets), 120)
    stage.controllers.models.refresh()
    stage.until(lambda: library.entry(str(targets[-1])) is not None)
    stage.window.show_page("models")
    page = stage.window.prepare_page("models")
    entry = library.entry(str(targets[-1]))
    if not isinstance(page, ModelsPage) or entry is None:
        raise TypeError("the page models is not there yet")
    page.finish()
    library.set_tags(entry, ["laptop"])
    page.table.mark(entry.path)
    stage.wait(2500)
    stage.dismiss_notes()
    stage.save("models")


@scene
def data(stage: Stage) -> None:
    """The sample data set with a row as it is trained."""
    stage.window.show_page("data")
    page = stage.window.prepare_page("data")
    if not isinstance(page, DataPage):
        raise TypeError(page)
    stage.show_regions(bottom=True)
    page.controller.add_sample(str(resource(*SAMPLE)), "Lighthouse keeper")
    stage.until(lambda: page.controller.data is not None and page.controller.data.measured is not None, 60)
    page.view.table.selectRow(7)
    stage.wait(2000)
    stage.save("data")


@scene
def finetune(stage: Stage) -> None:
    """A training on the sample while it runs, the answers before and after, and a chat with its adapter."""
    page = stage.window.prepare_page("finetune")
    if not isinstance(page, FinetunePage):
        raise TypeError(page)
    stage.window.show_page("finetune")
    page.new_run()
    page.training.set_base(starter(stage))
    page.training.set_preset("balanced")
    page.training.add_file(str(resource(*SAMPLE)))
    stage.until(lambda: page.training.is_ready, 120)
    stage.wait(500)
    stage.save("finetune-new")
    page.plan.start.click()
    stage.until(lambda: page.chosen[0].fraction > 0.6, 1800)
    stage.wait(1000)
    stage.save("finetune")
    stage.until(lambda: page.chosen[0].has_result, 1800)
    stage.dismiss_notes()
    page.view.show_tab(page.view.comparison)
    stage.press(page.view.comparison, "Ask both")
    stage.until(page.view.comparison.ask.isVisible, 300)
    stage.wait(500)
    stage.save("finetune-before-after")
    stage.press(page.panel, "Chat with it")
    stage.until(lambda: stage.window.current_page == "chat", 300)
    stage.show_regions(bottom=False)
    stage.dismiss_notes()
    stage.say("What do you do all day?")
    stage.save("adapter")


@scene
def quantize(stage: Stage) -> None:
    """Three types of the starter in the queue, with their sizes and the jobs drawer; then the tensors."""
    page = stage.window.prepare_page("quantize")
    if not isinstance(page, QuantizePage):
        raise TypeError("the page quantize is not there yet")
    page.open_view("quantize")
    panel = page.view.panel("quantize")
    if not isinstance(panel, QuantizePanel):
        raise TypeError("the panel is not there yet")
    stage.until(panel.start.isEnabled, 60)
    stage.until(lambda: panel.types.row(panel.types.number_of("Q1_0")).plan is not None, 60)
    panel.types.set_ticked(["Q8_0", "Q5_K_M", "Q4_K_M"])
    stage.wait(500)
    jobs = stage.controllers.jobs
    stage.window.registry.action("jobs.show").trigger()
    before = len(jobs.records)
    panel.start.click()
    stage.until(lambda: any(0.2 < record.fraction < 1 for record in jobs.records[before + 1 :]), 60)
    stage.save("jobs")
    stage.window.registry.action("jobs.show").trigger()
    stage.until(lambda: len(jobs.records) == before + 3 and not jobs.busy, 180)
    stage.dismiss_notes()
    panel.overrides.add_rule("attn_v|ffn_down", "Q8_0")
    stage.wait(4000)
    stage.save("quantize")


@scene
def quantization_lab(stage: Stage) -> None:
    """All methods on the queries of a middle layer."""
    page = stage.window.prepare_page("quantize")
    if not isinstance(page, QuantizePage):
        raise TypeError("the page quantize is not there yet")
    page.open_view("lab")
    panel = page.view.panel("lab")
    if not isinstance(panel, LabPanel):
        raise TypeError("the lab is not there yet")
    stage.until(lambda: panel.view.model.tensor is not None, 60)
    panel.view.model.choose("blk.14.attn_q.weight")
    panel.view.run.click()
    stage.until(lambda: panel.view.results.result is not None, 300)
    stage.dismiss_notes()
    stage.wait(800)
    stage.save("quantization-lab")


@scene
def compare(stage: Stage) -> None:
    """Two quantizations of the starter model against it: the text coloured by divergence, then the plots."""
    smaller = [quantized(stage, name) for name in ("Q4_0", "Q2_K")]
    panel = file_panel(stage, "compare")
    if not isinstance(panel, ComparePanel):
        raise TypeError("another panel")
    panel.set_models([starter(stage), *smaller])
    stage.press(panel, "Compare")
    stage.until(lambda: panel.results.comparison is not None, 900)
    stage.dismiss_notes()
    panel.results.tokens.go_to_worst(2)
    stage.wait(800)
    stage.save("compare")
    panel.results.show_below("plots")
    stage.wait(500)
    stage.save("compare-plots")


@scene
def sensitivity(stage: Stage) -> None:
    """The map of the starter model, with a target."""
    panel = file_panel(stage, "sensitivity")
    if not isinstance(panel, SensitivityPanel):
        raise TypeError("another panel")
    panel.set_models([starter(stage)])
    panel.setup.text.tokens.set_number(512)  # it is read some forty times
    stage.press(panel, "Measure")
    stage.until(lambda: panel.view.map is not None, 1800)
    stage.dismiss_notes()
    stage.wait(800)
    stage.save("sensitivity")


def starter(stage: Stage) -> str:
    """The path of the loaded model."""
    model = stage.controllers.models.current
    if model is None:
        raise RuntimeError("no model is loaded")
    return model.path


def file_panel(stage: Stage, view: str) -> QWidget:
    """A tab of the page Quantize."""
    page = stage.window.prepare_page("quantize")
    if not isinstance(page, QuantizePage):
        raise TypeError("the page quantize is not there yet")
    page.open_view(view)
    stage.wait(500)
    return page.view.panel(view)


def quantized(stage: Stage, type_name: str) -> str:
    """The starter model in a smaller type, written by a job."""
    target = stage.folder / f"starter-{type_name}.gguf"
    job = QuantizeJob(starter(stage), str(target), type_name)
    stage.controllers.jobs.start(job, f"Quantize to {type_name}")
    stage.until(target.is_file, 300)
    return str(target)
