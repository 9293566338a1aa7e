"""One function for each picture of the chat and of looking inside.

What it needs, it prepares; nothing is drawn that the program did not do.
"""

from app.models.inspection_subject import Subject
from pictures.chats import REPEATED, REVERSE, TIPS, imported
from pictures.registry import scene
from pictures.stage import Stage


@scene
def start(stage: Stage) -> None:
    """An empty chat."""
    stage.show_regions(bottom=False)
    stage.save("start")


@scene
def chat(stage: Stage) -> None:
    """A chat with its attention, in both themes."""
    stage.show_regions(bottom=False)
    tips_for_the_piano(stage)
    stage.new_chat("Photosynthesis", seed=3, max_tokens=160)
    stage.say("What is photosynthesis?")
    stage.show_bottom("attention")
    reverse_a_string(stage)
    # An induction head: at a word that stood there before it reads what came after it then.
    inspection = stage.controllers.inspection
    subject = stage.page.panels.source.subject
    if subject is not None:
        layer, head, place = best_induction(subject)
        inspection.attention.select(layer, head)
        inspection.choose(subject, place)
    stage.wait(1500)
    stage.save("chat-dark")
    stage.set_theme("light")
    stage.save("chat-light")
    stage.set_theme("dark")


def best_induction(subject: Subject) -> tuple[int, int, int]:
    """Layer, head and token where most of what followed the same token before is read; what a model says,
    and so where this is, depends on the machine.
    """
    labels = list(subject.labels())
    rows = subject.rows
    places = [place for place in rows.positions() if len(labels[place]) > 3 and labels[place][1:].isalpha()]
    best = (0.0, (18, 6, len(labels) - 1))
    for place in places:
        after = [key for key in range(1, place) if labels[key - 1] == labels[place]]
        for layer in rows.layers() if after else ():
            for head in range(9):
                weights = rows.weights(place, layer, head)
                if weights is not None:
                    best = max(best, (sum(float(weights[key]) for key in after), (layer, head, place)))
    return best[1]


@scene
def formulas(stage: Stage) -> None:
    """Formulas, a table, code and reasoning, in a chat that was imported."""
    stage.show_regions(bottom=False)
    path = stage.folder / "attention.jsonl"
    path.write_text(imported(), "utf-8")
    sessions = stage.controllers.sessions
    before = {each.id for each in sessions.sessions()}
    sessions.import_files([str(path)])
    stage.until(lambda: {each.id for each in sessions.sessions()} - before)
    (new,) = {each.id for each in sessions.sessions()} - before
    stage.page.open_session(new)
    stage.until(lambda: stage.chat.session_id == new)
    stage.chat.rename("Cost of attention")
    stage.wait(2000)
    stage.dismiss_notes()
    stage.save("formulas")


@scene
def sampling(stage: Stage) -> None:
    """The sampling panel with its groups open."""
    stage.show_regions(bottom=False)
    reverse_a_string(stage)
    panel = stage.page.panels.sampling
    panel.set_expanded_groups({"decoding", "truncation", "order"})
    stage.wait(300)
    stage.save("sampling", panel)
    panel.set_expanded_groups(set())


@scene
def throughput(stage: Stage) -> None:
    """Rates, times, processor and memory while a reply is written."""
    stage.tall_bottom(300)
    stage.show_bottom("throughput")
    stage.new_chat("Plants", seed=3, max_tokens=240, repeat_penalty=1.1)
    stage.say("What is photosynthesis?")
    stage.say("Why do plants need water?")
    stage.save("throughput")
    stage.tall_bottom(0)


@scene
def attention(stage: Stage) -> None:
    """Every head of the model on a text that repeats itself."""
    look_at_text(stage, "attention", REPEATED)
    stage.until(lambda: stage.subject.has_rows, 120)
    state = stage.controllers.inspection.attention
    state.select(18, 6)
    last = max(index for index, piece in enumerate(stage.subject.pieces) if piece == b" Qu")
    stage.controllers.inspection.choose(stage.subject, last)
    stage.wait(2500)
    stage.save("attention-dark")


@scene
def lens(stage: Stage) -> None:
    """What each layer would say next."""
    reverse_a_string(stage)
    panel = stage.show_view("lens")
    stage.press(panel, "Read through the layers")
    stage.until(lambda: stage.has_read("lens"), 180)
    stage.wait(1500)
    stage.save("logit-lens")


@scene
def probabilities(stage: Stage) -> None:
    """Every token with its probability, and the reply shaded by surprise."""
    stage.tall_bottom(330)
    stage.show_bottom("probabilities")
    tips_for_the_piano(stage)
    travel = stage.controllers.travel
    travel.set_colored(True)
    travel.go_to_surprise()
    stage.save("token-probabilities")
    travel.set_colored(False)
    stage.tall_bottom(0)


@scene
def xray(stage: Stage) -> None:
    """What every sampler did to the candidates of one token."""
    stage.tall_bottom(380)
    tips_for_the_piano(stage)
    panel = stage.show_bottom("xray")
    travel = stage.controllers.travel
    stage.until(lambda: travel.can_act)
    ended: list[object] = []
    travel.walk_ended.connect(ended.append)
    stage.press(panel, "Trace this reply")
    stage.until(lambda: ended, 120)
    stage.dismiss_notes()
    travel.follow()
    travel.go_to_surprise()
    stage.save("sampler-xray")
    stage.tall_bottom(0)


@scene
def beams(stage: Stage) -> None:
    """The tree of a beam search."""
    stage.new_chat("Four beams", decoding="beam", beam_width=4, max_tokens=24)
    stage.show_view("beams")
    stage.say("Finish this sentence: A lathe is a machine that", page="inspect")
    stage.wait(1500)
    stage.save("beams")


@scene
def tokens(stage: Stage) -> None:
    """A text in tokens."""
    panel = stage.show_view("tokens")
    show_text = panel.show_text  # type: ignore[attr-defined]
    show_text("Tokenization splits 12,345 words — unglaublich! 你好\n\n    return input_str[::-1]")
    stage.wait(1500)
    stage.save("tokens")


@scene
def vocabulary(stage: Stage) -> None:
    """Searching the vocabulary."""
    reverse_a_string(stage)
    panel = stage.show_view("vocabulary")
    stage.wait(1500)
    panel.view.field.setText("turn")  # type: ignore[attr-defined]
    stage.wait(1500)
    stage.save("vocabulary")


@scene
def model_card(stage: Stage) -> None:
    """The model drawn from its file."""
    stage.show_view("model_card")
    stage.wait(2500)
    stage.save("model-card")


@scene
def context(stage: Stage) -> None:
    """What the context is made of, and who is read."""
    reverse_a_string(stage)
    panel = stage.show_view("context")
    stage.wait(800)
    stage.press(panel, "Read attention")
    stage.until(lambda: stage.subject.has_rows, 120)
    stage.wait(2500)
    stage.save("context")


@scene
def palette(stage: Stage) -> None:
    """The command palette."""
    stage.window.show_page("chat")
    stage.show_regions(bottom=False)
    reverse_a_string(stage)
    stage.application.shell.palette.open_with("commands", "insp")
    stage.save("palette")
    stage.application.shell.palette.close_palette()


@scene
def settings(stage: Stage) -> None:
    """The settings, light."""
    stage.set_theme("light")
    stage.window.show_page("settings")
    stage.wait(800)
    stage.save("settings-light")
    stage.set_theme("dark")


@scene
def benchmarks(stage: Stage) -> None:
    """The five scenarios, measured."""
    stage.window.show_page("benchmarks")
    stage.wait(1500)
    page = stage.window.page("benchmarks")
    page.view.run_requested.emit(("chat", "code", "writing", "document", "batch"))  # type: ignore[union-attr]
    stage.wait(1000)
    stage.until(lambda: not page.view._running, 900)  # type: ignore[union-attr]
    stage.wait(1500)
    stage.save("benchmarks")


# chats that several pictures show


def reverse_a_string(stage: Stage) -> None:
    """The starter model writes a function."""
    if not stage.open_chat("Reverse a string"):
        stage.new_chat("Reverse a string", seed=2)
        stage.say(REVERSE)


def tips_for_the_piano(stage: Stage) -> None:
    """A reply that hesitates in places, with ten candidates of each token."""
    if not stage.open_chat("Tips for the piano"):
        stage.new_chat("Tips for the piano", seed=3, max_tokens=200)
        stage.chat.set_probabilities(10)
        stage.wait(400)
        stage.say(TIPS)


def look_at_text(stage: Stage, view: str, text: str) -> None:
    """Read a typed text on the page Inspect."""
    stage.show_view(view, source="text")
    bar = stage.inspect_page.view.source_bar
    bar.text.set_text(text)
    bar.run_requested.emit(text, False)
    stage.until(lambda: stage.inspect_page.source.subject is not None, 120)
