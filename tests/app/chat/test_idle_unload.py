"""A model that nobody uses gives its memory back, and comes back when it is needed."""

from app.controllers.idle_unload import IdleUnload
from engine.protocol.events import Stats
from engine.protocol.values import ContextParams
from tests.app.chat.conftest import Bench


def idle(bench: Bench) -> IdleUnload:
    controllers = bench.controllers
    return IdleUnload(
        controllers.models,
        controllers.bridge,
        lambda: bool(controllers.chat.live_sessions()),
        controllers,
    )


def rest(bench: Bench) -> None:
    """As if the time were over."""
    watch = idle(bench)
    watch.set_minutes(5)
    assert watch.timer.isActive()
    watch.timer.timeout.emit()
    bench.until(lambda: bench.controllers.models.current is None)


def test_the_next_message_brings_the_model_back_as_it_was(bench: Bench) -> None:
    models, view = bench.controllers.models, bench.page.view
    models.load("scripted", context=ContextParams(n_ctx=777))
    bench.until(lambda: models.current is not None and models.current.n_ctx == 777)
    name = models.current.name if models.current is not None else ""
    rest(bench)
    assert models.resting == name
    assert view.top_bar.pill.text()
    assert "nobody used it" in view.banner.text()
    bench.say("Are you there?")
    assert bench.texts()[-1].startswith("Reply number")
    assert models.current is not None
    assert models.current.n_ctx == 777
    assert models.resting == ""
    assert view.banner.text() == ""


def test_another_version_waits_for_the_model_too(bench: Bench) -> None:
    bench.say("One")
    rest(bench)
    chat = bench.controllers.chat
    chat.regenerate()
    assert "as soon as it is loaded" in bench.page.view.banner.text()
    bench.until(lambda: chat.path[-1].version == 2 and not chat.generating)
    assert chat.path[-1].status == "done"


def test_use_starts_the_time_again_and_statistics_do_not(bench: Bench) -> None:
    watch = idle(bench)
    assert not watch.timer.isActive()
    watch.set_minutes(5)
    watch.timer.stop()
    bench.controllers.bridge.engine_event.emit(
        Stats(job=-1, rss_bytes=1, cpu_percent=0.0, kv_used=0, kv_size=0)
    )
    assert not watch.timer.isActive()
    bench.say("One")
    assert watch.timer.isActive()
    watch.set_minutes(0)
    assert not watch.timer.isActive()


def test_unloading_by_hand_is_no_rest(bench: Bench) -> None:
    bench.controllers.models.unload()
    bench.until(lambda: bench.controllers.models.current is None)
    assert bench.controllers.models.resting == ""
