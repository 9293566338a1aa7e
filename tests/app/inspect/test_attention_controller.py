"""Who wants what of a running reply, and where its events go."""

import numpy as np
import pytest

from app.models.inspection_cost import CostLedger
from app.models.inspection_subject import NEWEST, Subject, visible
from app.models.inspection_wishes import merged
from app.models.prompt_places import PromptPlace, prompt_places
from engine.chat.inspection import Inspection
from engine.protocol.events import TapFrame
from engine.protocol.inspection import TapSpec
from engine.protocol.values import PromptReport, Segment
from engine.taps.arrays import pack
from tests.app.chat.conftest import Bench


def test_asking_for_less_costs_less() -> None:
    one, two = Inspection(taps=TapSpec(layers=(3,))), Inspection(taps=TapSpec(layers=(5,)))
    assert merged([]) == Inspection()
    assert merged([one, two]).taps == TapSpec(layers=(3, 5))
    assert merged([one, Inspection(taps=TapSpec())]).taps == TapSpec(), "all of them includes the third"
    residual = Inspection(taps=TapSpec(kinds=("residual",), layers=(1,)), trace=True, n_probs=5)
    together = merged([one, residual])
    assert together.taps == TapSpec(kinds=("attention", "residual"), layers=(1, 3))
    assert (together.trace, together.n_probs) == (True, 5)


def test_hidden_panels_ask_for_nothing(bench: Bench) -> None:
    inspection, bottom = bench.controllers.inspection, bench.page.panels.bottom
    bottom.resize(820, 240)
    bottom.show()
    bottom.show_tab("attention")
    bench.until(lambda: "attention/chat" in inspection._wishes)
    inspection.attention.set_tap_choice("layer")
    layer = inspection.attention.layer
    assert inspection._wishes["attention/chat"].taps == TapSpec(layers=(layer,))
    bottom.show_tab("throughput")
    bench.until(lambda: "attention/chat" not in inspection._wishes)
    bottom.show_tab("attention")
    inspection.attention.set_live(False)
    assert "attention/chat" not in inspection._wishes
    bottom.hide()


def test_a_reply_becomes_the_subject_and_takes_its_tokens(bench: Bench) -> None:
    inspection = bench.controllers.inspection
    seen: list[Subject] = []
    inspection.tokens_changed.connect(seen.append)
    bench.say("Hi")
    subject = inspection.subject
    assert subject is not None
    assert subject.key == bench.controllers.chat.path[-1].id
    assert not subject.streaming
    assert subject.metrics is not None
    assert subject.metrics.output_tokens == len(subject.tokens)
    assert b"".join(subject.piece(subject.prompt_length + n) for n in range(len(subject.tokens))).decode()
    assert subject in seen


def test_rows_reach_the_subject_whose_job_they_carry(bench: Bench) -> None:
    inspection = bench.controllers.inspection
    subject = Subject(key="r", job=4242, prompt_length=2)
    inspection.watch(subject)
    changed: list[Subject] = []
    inspection.rows_changed.connect(changed.append)
    weights = np.full((2, 1, 4), 0.25, np.float32)
    for job in (4242, 4243):
        frame = TapFrame(
            job=job, seq=1, position=3, layers=(0, 1), heads=(0,), arrays={"attention": pack(weights, "f2")}
        )
        bench.controllers.bridge.post_engine(frame)
    bench.until(lambda: changed)
    assert changed == [subject]
    assert subject.rows.positions() == [3]
    assert subject.chosen_position == 3, "the newest row, while nothing is chosen"
    inspection.choose(subject, 1)
    assert subject.chosen_position == 1
    inspection.choose(subject, NEWEST)
    assert subject.chosen_position == 3


def test_attention_of_older_replies_is_forgotten_first(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = bench.controllers.inspection
    weights = np.full((1, 1, 8), 0.125, np.float32)
    frame = TapFrame(seq=0, position=7, layers=(0,), heads=(0,), arrays={"attention": pack(weights, "f2")})
    monkeypatch.setattr("app.controllers.inspection.ALL_ROWS_BYTES", 20)
    subjects = [Subject(key=f"r{number}") for number in range(3)]
    for subject in subjects:
        subject.rows.add_frame(frame)
        inspection._keep(subject)
    assert [subject.has_rows for subject in subjects] == [False, False, True]


def test_tokens_are_named_so_that_blanks_can_be_seen() -> None:
    assert visible(b" the") == "·the"
    assert visible(b"\n") == "⏎"
    assert visible(b"\xe4\xbd") == "⟨E4⟩⟨BD⟩"
    assert Subject(key="x", prompt_length=3).label(1) == "#1"


def test_costs_are_those_of_whole_replies_of_the_same_model() -> None:
    costs = CostLedger()
    costs.note("m", "off", 40, 50.0)
    costs.note("m", "all", 3, 1.0)
    assert costs.rate("m", "off") == 50.0
    assert costs.rate("m", "all") is None, "three tokens say nothing"
    assert costs.rate("other", "off") is None


def test_prompt_tokens_are_found_in_the_messages_they_came_from() -> None:
    segments = (
        Segment("special", "<s>", -1, 1),
        Segment("user", "Grüß dich", 0, 3),
        Segment("template", "\n", -1, 1),
        Segment("assistant", "Hallo", 1, 1),
    )
    pieces = (b"<s>", b"Gr", "üß".encode(), b" dich", b"\n", b"Hallo")
    report = PromptReport(100, 6, 0, 6, 0, 0, (), (3, 1), segments=segments, pieces=pieces)
    places = prompt_places(report, ["Grüß dich", "  Hallo"])
    assert places == [
        None,
        PromptPlace(0, 0, 2),
        PromptPlace(0, 2, 4),
        PromptPlace(0, 4, 9),
        None,
        PromptPlace(1, 2, 7),
    ]
