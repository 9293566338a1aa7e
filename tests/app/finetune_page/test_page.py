"""A user's way through the page."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QStackedWidget

from app.panels.runs.runs_table import differing
from app.panels.runs.smoothing import smoothed
from app.panels.training.form import TrainingForm
from app.panels.training.setting_texts import SETTING_TEXTS
from app.widgets.chip import Chip
from app.widgets.number_field import NumberField
from app.widgets.select import Select
from engine.errors import UserError
from engine.finetune.recipe.reading import parse_recipe
from engine.finetune.recipe.settings import settings
from engine.finetune.run_folder import RunFolder, runs_folder
from engine.protocol.jobs import JobNotice
from tests.app.finetune_page.conftest import Work, write_run

FIRST, SECOND = "20260101-120000-lora-sft-aaaa", "20260102-120000-lora-sft-bbbb"


def in_front(work: Work) -> object:
    return cast(QStackedWidget, work.page.centre()).currentWidget()


def pick(select: Select, key: str) -> None:
    """As a user does."""
    select.set_current(key)
    select.selected.emit(key)


def type_number(field: NumberField, text: str) -> None:
    field.setFocus()
    field.setText(text)
    field.setModified(True)
    field.editingFinished.emit()
    field.clearFocus()


def test_every_setting_can_be_translated() -> None:
    script = Path(__file__).parents[3] / "packaging" / "setting_texts.py"
    assert subprocess.run([sys.executable, str(script), "--check"], check=False).returncode == 0
    assert set(SETTING_TEXTS) == {one.key for one in settings()}


def test_the_page_of_a_new_home_shows_the_form(work: Work) -> None:
    page = work.page
    work.until(lambda: page.list.runs.rowCount() == 0)
    assert in_front(work) is page.form
    assert not page.plan.start.isEnabled()
    assert page.form.sample.isVisibleTo(page.form)
    with work.bench.qtbot.waitSignal(page.sample_requested):
        page.form.sample.click()


def test_a_dropped_file_is_planned(work: Work, starter_path: Path) -> None:
    page, form = work.page, work.page.form
    page.training.set_base(str(starter_path))
    dropped(form, work.rows())
    work.until(lambda: page.training.data_set is not None)
    work.planned()
    plan = page.training.plan
    assert plan is not None
    assert page.training.problem is None
    assert plan.rows + plan.held_out_rows == 24
    assert page.plan.start.isEnabled()
    assert form.data.currentText() == "rows.jsonl"
    # The preset has chosen, and the form shows it.
    length = cast(NumberField, form.basic.row("train.max_length").control)
    assert length.number() == page.training.recipe.train.max_length < 512
    assert not form.sample.isVisibleTo(form)


def dropped(form: TrainingForm, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    nothing = Qt.KeyboardModifier.NoModifier
    form.dropEvent(
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, nothing)
    )


def test_a_recipe_may_name_a_model_of_the_library(work: Work, starter_path: Path) -> None:
    page = work.page
    models = work.bench.controllers.models
    models.refresh()
    work.until(lambda: models.files)
    work.rows()
    recipe = work.folder / "recipe.toml"
    recipe.write_text('base = "starter"\ndata = "rows.jsonl"\n[train]\nmax_steps = 7\n', "utf-8")
    dropped(page.form, recipe)
    work.until(lambda: page.training.recipe.train.max_steps == 7)
    assert Path(page.training.recipe.base).samefile(starter_path)
    work.planned()
    assert page.training.problem is None
    recipe.write_text('base = "startr"\ndata = "rows.jsonl"\n', "utf-8")
    dropped(page.form, recipe)
    work.until(lambda: work.host.errors)
    (error,) = work.host.errors
    assert isinstance(error, UserError)
    assert error.code in ("model.unknown", "model.similar")
    assert page.training.recipe.train.max_steps == 7
    work.host.errors.clear()


def test_a_cluster_is_said_before_the_start(work: Work, starter_path: Path) -> None:
    page, training = work.page, work.page.training
    training.set_base(str(starter_path))
    page.form.more.set_expanded(True)
    workers = page.form.every.row("cluster.num_workers")
    type_number(cast(NumberField, workers.control), "2")
    address = next(one for one in settings() if one.key == "cluster.address")
    training.set_value(address, "10.0.0.1:6379")
    assert training.preset == "balanced"
    work.planned()
    if find_spec("ray") is None:
        assert isinstance(training.problem, UserError)
        assert training.problem.code == "finetune.missing"
        assert not page.plan.start.isEnabled()
    words = page.plan._cluster_words()
    assert "2 workers on the Ray cluster at 10.0.0.1:6379" in words


def test_several_data_sets_are_one_training(work: Work, starter_path: Path) -> None:
    page, form = work.page, work.page.form
    page.training.set_base(str(starter_path))
    page.training.add_file(str(work.rows(12, "first.jsonl")))
    work.until(lambda: page.training.data_set is not None)
    chats = work.folder / "chats.jsonl"
    line = '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello, %d."}]}'
    chats.write_text("\n".join(line % number for number in range(6)), "utf-8")
    page.training._shelf.add(chats)
    page.training.refresh_sets()
    work.until(lambda: len(page.training.sets) == 2)
    (action,) = form.further.menu().actions()
    assert action.text() == "chats.jsonl"
    action.trigger()
    work.planned()
    plan = page.training.plan
    assert plan is not None
    assert plan.rows + plan.held_out_rows == 18
    assert page.training.title.startswith("first + chats · ")
    assert form.data.currentText() == "first.jsonl"
    (chip,) = form.further.findChildren(Chip)
    chip.click()
    assert page.training.recipe.files == (str(work.folder / "first.jsonl"),)
    work.planned()


def test_what_teaches_nothing_is_refused(work: Work, starter_path: Path) -> None:
    page = work.page
    page.training.set_base(str(starter_path))
    page.training.add_file(str(work.rows(answer="")))
    work.until(lambda: page.training.data_set is not None)
    work.planned()
    assert page.training.plan is None
    assert page.training.problem is not None
    assert not page.plan.start.isEnabled()


def test_preferences_are_learned_as_such_and_the_form_says_why(work: Work, starter_path: Path) -> None:
    page, form = work.page, work.page.form
    page.training.set_base(str(starter_path))
    rows = [{"prompt": f"Question {n}?", "chosen": f"Good {n}.", "rejected": "Bad."} for n in range(12)]
    file = work.folder / "preferences.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    dropped(form, file)
    work.until(lambda: page.training.recipe.objective == "dpo")
    work.planned()
    assert page.training.plan is not None
    assert "preferred and a rejected" in form._notes["objective"].text()
    pick(form.objective, "sft")
    work.planned()
    assert page.training.recipe.objective == "sft"
    assert "only the preferred one is learned" in form._notes["objective"].text()


def test_missing_rewards_are_said_in_words_of_the_form(work: Work, starter_path: Path) -> None:
    page, form = work.page, work.page.form
    page.training.set_base(str(starter_path))
    dropped(form, work.rows())
    work.until(lambda: page.training.data_set is not None)
    pick(form.objective, "grpo")
    work.until(lambda: page.training.problem is not None)
    assert "[[" not in page.plan._problem.text() + page.plan._hint.text()
    assert "Add a reward" in page.plan._hint.text()
    rules = form.basic.row("grpo.rewards").control
    rules.add.click()  # type: ignore[attr-defined]
    pick(rules._lines[0].name, "regex")  # type: ignore[attr-defined]
    work.until(lambda: "pattern" in page.plan._problem.text())
    assert "grpo" not in page.plan._problem.text()


def test_settings_of_the_method_are_shown_and_written(work: Work) -> None:
    page, form = work.page, work.page.form
    form.more.set_expanded(True)
    pick(form.method, "p-tuning")
    row = form.every.row("p-tuning.encoder_hidden_size")
    type_number(cast(NumberField, row.control), "64")
    with pytest.raises(StopIteration):
        form.every.row("lora.dropout")
    type_number(cast(NumberField, form.basic.row("train.learning_rate").control), "1.5e-7")
    assert page.training.preset == ""
    recipe = parse_recipe(page.training.text.replace('base = ""', 'base = "x"'))
    assert recipe.p_tuning.encoder_hidden_size == 64
    assert recipe.train.learning_rate == 1.5e-7
    pick(form.method, "lora")
    form.toml.set_expanded(True)
    assert "p-tuning" not in form.recipe.area.text()


def test_rewards_are_put_together(work: Work) -> None:
    page, form = work.page, work.page.form
    pick(form.objective, "grpo")
    rules = form.basic.row("grpo.rewards").control
    rules.add.click()  # type: ignore[attr-defined]
    rules.add.click()  # type: ignore[attr-defined]
    line = rules._lines[1]  # type: ignore[attr-defined]
    pick(line.name, "regex")
    line.detail.setText("^Yes")
    line.detail.editingFinished.emit()
    recipe = parse_recipe(page.training.text.replace('base = ""', 'base = "x"'))
    assert [(rule.name, rule.pattern) for rule in recipe.grpo.rewards] == [
        ("exact_answer", ""),
        ("regex", "^Yes"),
    ]


@pytest.mark.slow
def test_a_run_from_start_to_side_by_side(work: Work, starter_path: Path) -> None:
    page = work.page
    page.training.set_base(str(starter_path))
    page.training.set_preset("quick")
    page.training.add_file(str(work.rows(8)))
    work.until(lambda: page.training.data_set is not None)
    work.planned()
    for key, text in (("train.max_steps", "2"), ("train.max_length", "48"), ("lora.r", "4")):
        type_number(cast(NumberField, page.form.basic.row(key).control), text)
    # Long answers to the questions would take most of the test's time.
    longest = next(one for one in settings() if one.key == "probe.max_new_tokens")
    page.training.set_value(longest, 3)
    work.planned()
    page.plan.start.click()
    assert in_front(work) is page.view
    work.until(lambda: page.chosen and page.chosen[0].has_result, 180_000)
    view = page.chosen[0]
    history = page.runs.history(view.id)
    assert history is not None
    assert sorted(history.steps) == [1, 2]
    assert {place[0] for place in history.probes} == {0, 1, 2}
    assert view.name.startswith("rows · ")
    page.view.show_tab(page.view.comparison)
    comparison = page.view.comparison
    comparison.prompts.set_text("Question 3?")
    comparison.length.set_number(4)
    comparison.ask.click()
    work.until(lambda: comparison.ask.isVisibleTo(comparison), 120_000)
    (card,) = comparison._cards
    assert card.base.toPlainText()
    assert card.tuned.toPlainText()
    page.view.show_tab(page.view.record)
    work.until(lambda: "held-out loss before" in page.view.record.card.toPlainText())


def test_runs_are_listed_and_compared(make_work: Callable[[], Work], home: Path) -> None:
    write_run(home, FIRST, name="First")
    write_run(home, SECOND, name="Second", rank=8)
    work = make_work()
    page = work.page
    work.until(lambda: page.list.runs.rowCount() == 2)
    assert [view.name for view in page.chosen] == ["Second"]
    work.until(lambda: page.runs.history(SECOND) is not None and page.view.curves.is_ready)
    page.list.selectAll()
    assert {view.id for view in page.chosen} == {FIRST, SECOND}
    work.until(lambda: page.runs.history(FIRST) is not None)
    page.view.show_tab(page.view.table)
    (difference,) = differing(page.chosen)
    assert difference[0].key == "lora.r"
    assert set(difference[1]) == {16, 8}
    page.view.show_tab(page.view.tokens)
    assert page.view.tokens.slider.maximum() == 1
    page.view.tokens.slider.setValue(0)
    page.view.show_tab(page.view.answers)
    assert page.view.answers.currentIndex() == 1


def test_a_run_is_named_removed_and_brought_back(make_work: Callable[[], Work], home: Path) -> None:
    write_run(home, FIRST)
    work = make_work()
    page = work.page
    work.until(lambda: page.chosen)
    page.panel.name.setText("Mine")
    page.panel.tags.setText("small, tried")
    page.panel.tags.editingFinished.emit()
    work.until(lambda: page.chosen[0].name == "Mine")
    assert RunFolder(runs_folder(home) / FIRST).recipe().tags == ("small", "tried")
    page.panel.remove.click()
    work.until(lambda: page.list.runs.rowCount() == 0 and work.host.toasts)
    assert in_front(work) is page.form
    undo = work.host.toasts[-1][1]
    assert undo is not None
    undo()
    work.until(lambda: page.list.runs.rowCount() == 1)


def test_a_killed_run_offers_to_go_on(make_work: Callable[[], Work], home: Path) -> None:
    write_run(home, FIRST, status="running")
    work = make_work()
    page = work.page
    work.until(lambda: page.chosen and page.runs.history(FIRST))
    assert page.chosen[0].status == "interrupted"
    assert page.panel.resume.isVisibleTo(page.panel)
    assert not page.panel.pause.isVisibleTo(page.panel)
    assert not page.panel.chat.isVisibleTo(page.panel)


def test_what_did_not_stop_a_run_is_shown(make_work: Callable[[], Work], home: Path) -> None:
    write_run(home, FIRST)
    work = make_work()
    page = work.page
    work.until(lambda: page.chosen and page.runs.history(FIRST))
    told = (
        JobNotice("finetune.from_gguf", {"base": "x", "kind": "Q4_0"}),
        JobNotice(
            "finetune.checkpoint_damaged", {"step": "10", "reason": "model.safetensors is not complete"}
        ),
    )
    page.panel.show_run(replace(page.chosen[0], notices=told), page.runs.history(FIRST))
    assert "step 10" in page.panel.notices.text()
    assert "\n" not in page.panel.notices.text()  # the other one was read before the start
    page.panel.show_run(page.chosen[0], page.runs.history(FIRST))
    assert not page.panel.notices.isVisibleTo(page.panel)


def test_an_earlier_run_is_a_beginning(make_work: Callable[[], Work], home: Path) -> None:
    write_run(home, FIRST, rank=5, name="Old")
    work = make_work()
    page = work.page
    work.until(lambda: page.chosen)
    page.list.repeat_requested.emit(FIRST)
    work.until(lambda: page.training.recipe.lora.r == 5)
    assert page.training.recipe.name == ""
    assert in_front(work) is page.form


def test_smoothing_keeps_the_level() -> None:
    assert smoothed([1.0, 3.0]) == [1.0, 3.0]
    assert smoothed([2.0] * 40) == pytest.approx([2.0] * 40)
    falling = smoothed([float(40 - place) for place in range(40)])
    assert falling == sorted(falling, reverse=True)
