"""The page Inspect: what stands above its tabs."""

from app.pages.inspect.page import InspectPage
from tests.app.chat.conftest import Bench


def test_the_chosen_text_is_shown_only_where_it_is_looked_at(bench: Bench) -> None:
    page = InspectPage(bench.controllers, bench.host, bench.page._registry, bench.page._theme)
    bench.qtbot.addWidget(page.view)
    page.view.show()
    shown = {}
    for view_id in ("attention", "vocabulary", "model_card", "lens"):
        page.view.show_view(view_id)
        shown[view_id] = page.view.source_bar.isVisible()
    assert shown == {"attention": True, "vocabulary": False, "model_card": False, "lens": True}
