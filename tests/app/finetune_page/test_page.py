"""A user's way through the page."""

from collections.abc import Callable
from pathlib import Path

from tests.app.finetune_page.conftest import Work, write_run


def test_the_page_of_a_new_home_shows_the_form(work: Work) -> None:
    page = work.page
    work.until(lambda: page.list.runs.rowCount() == 0)
    assert page.centre().currentWidget() is page.form  # type: ignore[attr-defined]
    assert not page.plan.start.isEnabled()


def test_runs_are_listed_and_shown(make_work: Callable[[], Work], home: Path) -> None:
    write_run(home, "20260101-120000-lora-sft-aaaa", name="First")
    write_run(home, "20260102-120000-lora-sft-bbbb", name="Second", rank=8)
    work = make_work()
    page = work.page
    work.until(lambda: page.list.runs.rowCount() == 2)
    assert [view.name for view in page.chosen] == ["Second"]
    work.until(lambda: page.runs.history(page.chosen[0].id) is not None)
    work.until(lambda: page.view.curves.is_ready)
