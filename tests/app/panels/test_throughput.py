"""The numbers behind the graphs, and the views that read them."""

import math

import pytest
from pytestqt.qtbot import QtBot

from app.panels.throughput.compact import ThroughputCompact
from app.panels.throughput.panel import ThroughputPanel, load_plotting
from app.panels.throughput.series import GAP, REPLY_POINTS, Growing, Ring, ThroughputSeries
from app.theme.theme import Theme
from app.widgets.numbers import bound
from engine.protocol.events import GenerationDone, PromptProgress, Ready, Stats, Token
from engine.protocol.values import ContextParams, GenerationMetrics, Provenance
from engine.sampling.params import SamplingParams


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def series(clock: Clock) -> ThroughputSeries:
    return ThroughputSeries(clock)


def token(seq: int, elapsed_ms: float, job: int = 1) -> Token:
    return Token(job=job, seq=seq, id=1, text="a", logprob=-0.1, elapsed_ms=elapsed_ms)


def done(job: int = 1) -> GenerationDone:
    metrics = GenerationMetrics(
        prompt_tokens=100, reused_tokens=0, output_tokens=50, ttft_ms=184.0, input_tps=812.0,
        output_tps=46.3, duration_ms=1200.0,
    )  # fmt: skip
    provenance = Provenance("m", "h", "b", "t", "p", SamplingParams(), 1, ContextParams(), False)
    return GenerationDone(
        job=job, tail="", text="", finish_reason="stop", metrics=metrics, provenance=provenance, token_ids=()
    )


def stream(series: ThroughputSeries, clock: Clock, count: int, rate: float, job: int = 1) -> None:
    """Tokens at a steady rate after 200 ms, all heard in bursts of ten."""
    start = clock.time
    for seq in range(count):
        elapsed = 200.0 + seq * 1000.0 / rate
        if seq % 10 == 0:
            clock.time = start + elapsed / 1000
        series.feed(token(seq, elapsed, job))


def test_the_rate_is_the_workers_not_that_of_the_bursts(series: ThroughputSeries, clock: Clock) -> None:
    stream(series, clock, 200, rate=50.0)
    assert series.figures.output_tps == pytest.approx(50.0, rel=1e-6)
    assert series.figures.ttft_ms == 200.0
    assert series.figures.output_tokens == 200
    _times, values = series.reply("output_tps")
    assert values[5:] == pytest.approx([50.0] * len(values[5:]), rel=1e-6)


def test_tokens_told_together_say_nothing_about_the_rate(series: ThroughputSeries) -> None:
    """Beam search tells a stretch as soon as all beams agree on it."""
    for seq in range(20):
        series.feed(token(seq, 5000.0 + seq * 0.006))
    assert math.isnan(series.figures.output_tps)
    assert series.figures.output_tokens == 20
    assert series.reply("output_tps") == ([], [])


def test_the_final_figures_are_the_engines_own(series: ThroughputSeries, clock: Clock) -> None:
    stream(series, clock, 50, rate=40.0)
    series.feed(done())
    figures = series.figures
    assert (figures.output_tps, figures.input_tps, figures.ttft_ms) == (46.3, 812.0, 184.0)
    assert not series.running


def test_a_new_reply_begins_a_new_curve_but_the_minute_goes_on(
    series: ThroughputSeries, clock: Clock
) -> None:
    stream(series, clock, 100, rate=50.0)
    before = len(series.live("output_tps")[1])
    series.feed(PromptProgress(job=2, done=10, total=100, tokens_per_s=700.0))
    assert series.reply("output_tps") == ([], [])
    assert math.isnan(series.figures.output_tps)
    assert series.figures.input_tps == 700.0
    assert len(series.live("output_tps")[1]) == before
    assert series.reply_seconds() == 0.0


def test_stats_and_a_gpu_that_appears(series: ThroughputSeries) -> None:
    series.feed(Stats(rss_bytes=400, cpu_percent=180.0, kv_used=1, kv_size=2))
    before = series.has_gpu
    assert series.latest("memory") == 400.0
    series.feed(Stats(rss_bytes=1, cpu_percent=1.0, kv_used=1, kv_size=2, gpu_percent=30.0, gpu_used_bytes=5))
    assert (before, series.has_gpu) == (False, True)
    assert series.latest("gpu") == 30.0


def test_other_events_change_nothing(series: ThroughputSeries) -> None:
    series.feed(Ready())
    assert series.version == 0


def test_a_pause_breaks_the_curve(series: ThroughputSeries) -> None:
    ring = Ring()
    ring.add(1.0, 5.0)
    ring.add(2.0, 6.0)
    ring.add(2.0 + GAP + 1, 7.0)
    times, values = ring.since(0.0)
    assert len(times) == 4
    assert math.isnan(values[2])
    assert ring.since(1.5)[1][0] == 6.0


def test_a_long_reply_is_thinned_and_keeps_its_mean() -> None:
    series = Growing()
    for number in range(10 * REPLY_POINTS):
        series.add(float(number), 3.0)
    times, values = series.points()
    assert len(times) < 2 * REPLY_POINTS
    assert set(values) == {3.0}


def test_sparkline_columns_bridge_steps_but_not_pauses(series: ThroughputSeries, clock: Clock) -> None:
    stream(series, clock, 500, rate=50.0)
    columns = series.columns("output_tps", 120)
    known = [index for index, value in enumerate(columns) if not math.isnan(value)]
    assert known == list(range(known[0], known[-1] + 1))
    clock.time += 70
    assert all(math.isnan(value) for value in series.columns("output_tps", 120))


def test_the_compact_view_shows_the_three_figures(
    qtbot: QtBot, theme: Theme, series: ThroughputSeries, clock: Clock
) -> None:
    view = ThroughputCompact(series, theme)
    qtbot.addWidget(view)
    view.show()
    assert view.output.value.full_text() == "–"
    stream(series, clock, 60, rate=46.3)
    series.feed(done())
    view.refresh()
    assert view.output.value.full_text() == "46.3"
    assert view.input.value.full_text() == "812"
    assert view.first.value.full_text() == bound("184 ms")


def test_the_plots_draw_one_at_a_time(
    qtbot: QtBot, theme: Theme, series: ThroughputSeries, clock: Clock
) -> None:
    load_plotting()
    panel = ThroughputPanel(series, theme)
    qtbot.addWidget(panel)
    panel.resize(820, 200)
    panel.show()
    assert panel.is_ready()
    assert panel.card("gpu").isHidden()
    stream(series, clock, 100, rate=50.0)
    series.feed(Stats(rss_bytes=1 << 20, cpu_percent=10.0, kv_used=0, kv_size=1, gpu_percent=5.0))
    panel.range.button("reply").click()
    curve = panel.card("output_tps").plot.listDataItems()[0]
    assert len(curve.getData()[0]) > 5
    for _turn in range(8):
        panel._tick()
    assert not panel.card("gpu").isHidden()
    theme.set_mode("light")
    theme.set_mode("dark")


def test_lonely_points_are_seen_and_an_idle_processor_is_no_mountain(qtbot: QtBot, theme: Theme) -> None:
    load_plotting()
    from app.panels.throughput.plot_card import PlotCard

    card = PlotCard("Input", "info", str, theme, least_top=100.0)
    qtbot.addWidget(card)
    card.show_points([-50.0, -49.0, -20.0, -2.0, -1.0], [2.0, math.nan, 1.0, math.nan, 3.0], (-60.0, 0.0))
    _curve, dots = card.plot.listDataItems()
    assert list(dots.getData()[0]) == [-50.0, -20.0, -1.0]
    assert card.plot.getViewBox().viewRange()[1] == [0, 100.0]
    card.show_points([-3.0, -2.0], [150.0, 140.0], (-60.0, 0.0))
    assert dots.getData()[0] is None or len(dots.getData()[0]) == 0
    assert card.plot.getViewBox().viewRange()[1][1] > 150.0
