"""Parts of the chat page that need neither store nor engine."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.commands.registry import CommandRegistry
from app.controllers.reproduce import compare
from app.models.model_choices import (
    CURRENT_ROLE,
    SECTION_ROLE,
    ModelChoice,
    ModelChoicesModel,
    loading_key,
    short_count,
)
from app.models.transcript_rows import badge_of, row_of, short_model_name
from app.pages.chat.composer import Composer
from app.pages.chat.files import MAX_BYTES, read_attachment
from app.pages.chat.provenance_dialog import sampler_chain
from app.pages.chat.slash_popup import SlashEntry, matching
from app.pages.chat.view import ChatView
from app.pages.models.endpoint_dialog import EndpointDialog
from app.theme.theme import Theme
from app.widgets.text_button import TextButton
from engine.errors import UserError
from engine.messages import AttachmentPart, Message, TextPart, ThinkingPart
from engine.protocol.values import ContextParams, GenerationMetrics, LoadedModel, Provenance
from engine.sampling.params import SamplingParams
from engine.store.records import EndpointRecord, MessageRecord, ReplyRecord


@pytest.fixture
def composer(qtbot: QtBot) -> Composer:
    made = Composer(Theme("dark"))
    qtbot.addWidget(made)
    made.resize(696, 120)
    made.show()
    return made


def test_the_composer_grows_with_its_text_up_to_ten_lines(composer: Composer, qtbot: QtBot) -> None:
    one = composer.edit.height()
    composer.edit.setPlainText("\n".join("line" for _ in range(5)))
    five = composer.edit.height()
    composer.edit.setPlainText("\n".join("line" for _ in range(40)))
    most = composer.edit.height()
    assert one < five < most
    composer.edit.setPlainText("\n".join("line" for _ in range(80)))
    assert composer.edit.height() == most


def test_a_long_paste_can_become_an_attachment(composer: Composer) -> None:
    data = QMimeData()
    data.setText("word " * 1000)
    composer.edit.insertPlainText("Look at this: ")
    composer.edit.insertFromMimeData(data)
    assert composer._paste_offer.isVisible()
    composer._paste_offer.click()
    assert composer.edit.toPlainText() == "Look at this:"
    assert [part.text for part in composer.attachments()] == ["word " * 1000]


def test_an_attachment_alone_can_be_sent_and_removed(composer: Composer, qtbot: QtBot) -> None:
    composer.add_attachment(AttachmentPart("a.txt", "A"))
    composer.add_attachment(AttachmentPart("b.txt", "B"))
    QTest.keyClick(composer._files._chips[0], Qt.Key.Key_Delete)
    with qtbot.waitSignal(composer.submitted) as sent:
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert sent.args is not None
    assert [part.name for part in sent.args[0].parts if isinstance(part, AttachmentPart)] == ["b.txt"]


def test_slash_entries_match_by_name_then_by_title() -> None:
    entries = [
        SlashEntry("new", "New chat", "plus", print),
        SlashEntry("system", "Set the system prompt", "plus", print, takes_argument=True),
        SlashEntry("clear", "Clear the chat", "plus", print),
    ]
    assert [entry.name for entry in matching(entries, "/")] == ["new", "system", "clear"]
    assert [entry.name for entry in matching(entries, "/c")] == ["clear", "new"]
    assert [entry.name for entry in matching(entries, "/system be brief")] == ["system"]
    assert matching(entries, "no slash") == []
    assert matching(entries, "/new\nline") == []


def test_model_choices_filter_and_mark_the_loaded_one(qtbot: QtBot) -> None:
    model = ModelChoicesModel()
    small = ModelChoice("a", "SmolLM2", "file", path="/m/a.gguf", quantization="Q4_1", parameters=135_000_000)
    other = ModelChoice("b", "Qwen3", "file", path="/m/b.gguf", quantization="Q8_0")
    remote = ModelChoice("c", "Workstation", "endpoint", base_url="http://host/v1")
    model.set_choices([small, other, remote], ["b"])
    model.set_current("/m/a.gguf")
    rows = [model.index(row) for row in range(model.rowCount())]
    assert [row.data() for row in rows] == ["Qwen3", "SmolLM2", "Workstation"]
    assert [row.data(SECTION_ROLE) for row in rows] == ["Recently used", "On this computer", "Endpoints"]
    assert [row.data(CURRENT_ROLE) for row in rows] == [False, True, False]
    model.set_filter("q4 smol")
    assert [model.index(row).data() for row in range(model.rowCount())] == ["SmolLM2"]


def test_thousands_of_models_are_found_by_typing(qtbot: QtBot) -> None:
    model = ModelChoicesModel()
    files = [ModelChoice(f"/m/{number}", f"model-{number:04}", "file") for number in range(5000)]
    model.set_choices([*files, ModelChoice("c", "Workstation", "endpoint")], ["/m/4999"])
    names = [model.index(row).data() for row in range(model.rowCount())]
    assert (names[0], names[1], names[-1]) == ("model-4999", "model-0000", "Workstation")
    assert len(names) + model.more == 5001
    model.set_filter("model-39")
    assert (model.rowCount(), model.more) == (100, 0)


def test_counts_are_short() -> None:
    assert [short_count(n) for n in (999, 135_000_000, 7_240_000_000)] == ["999", "135M", "7.24B"]


def test_model_names_lose_quantization_and_ending() -> None:
    assert short_model_name("SmolLM2-135M-Instruct.Q4_1") == "SmolLM2-135M-Instruct"
    assert badge_of("Llama-3.2-1B-Q4_K_M") == "Q4_K_M"
    assert badge_of("gpt-oss") == ""


def test_a_reply_shows_its_figures_and_its_thinking() -> None:
    metrics = GenerationMetrics(10, 0, 212, 184.0, 812.0, 46.34, 5000.0)
    message = Message("assistant", (ThinkingPart("hm"), TextPart("Yes.")))
    record = MessageRecord(
        "m", "s", None, message, "cancelled", 0, "Smol-Q8_0", "cancelled", metrics, "", 2, ("l", "m", "n")
    )
    row = row_of(record)
    assert (row.text, row.thinking, row.author, row.badge) == ("Yes.", "hm", "Smol", "Q8_0")
    assert (row.version, row.versions) == (2, 3)
    texts = [text for _icon, text in row.footer]
    assert [text.split(" token(s)")[0].removesuffix(" tokens") for text in texts] == [
        "46.3 tok/s", "184 ms to first token", "212", "stopped",
    ]  # fmt: skip


def test_attachments_must_be_text_of_a_sensible_size(tmp_path: Path) -> None:
    good = tmp_path / "notes.md"
    good.write_text("# Hi\r\nthere", encoding="utf-8")
    assert read_attachment(str(good)).text == "# Hi\nthere"
    wide = tmp_path / "wide.txt"
    wide.write_bytes("héllo".encode("utf-16"))
    assert read_attachment(str(wide)).text == "héllo"
    for name, data, code in (
        ("image.png", b"\x89PNG\r\n\0\0\0", "file.not_text"),
        ("big.txt", b"x" * (MAX_BYTES + 1), "file.too_large"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(UserError) as caught:
            read_attachment(str(path))
        assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        read_attachment(str(tmp_path / "missing.txt"))
    assert caught.value.code == "file.unreadable"


def test_the_sampler_chain_names_only_what_acts() -> None:
    assert sampler_chain(SamplingParams()) == ["top_k 40", "top_p 0.95", "min_p 0.05", "temperature 0.8"]
    assert sampler_chain(SamplingParams(decoding="greedy")) == ["greedy"]


def test_comparing_two_replies_names_the_first_difference_and_its_cause() -> None:
    source = Provenance("m", "hash", "build 1", "t", "p", SamplingParams(), 7, ContextParams(), False)
    other = Provenance("m", "hash", "build 2", "t", "p", SamplingParams(), 7, ContextParams(), False)
    first = ReplyRecord("a", source, (1, 2, 3, 4))
    assert compare(first, ReplyRecord("b", source, (1, 2, 3, 4))).same
    found = compare(first, ReplyRecord("b", other, (1, 2, 9)))
    assert found.first_difference == 2
    assert any("build 2" in reason for reason in found.reasons)
    assert compare(first, ReplyRecord("b", source, (1, 2, 3))).first_difference == 3


def test_an_endpoint_needs_a_name_and_an_address(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = EndpointDialog(Theme("dark"), parent)
    saved: list[EndpointRecord] = []
    dialog.saved.connect(lambda record, _key: saved.append(record))
    dialog.accept()
    dialog.name.setText("Workstation")
    dialog.url.setText("not an address")
    dialog.accept()
    assert saved == []
    dialog.url.setText("http://192.168.1.20:8000/v1/")
    dialog.accept()
    assert saved == [EndpointRecord("", "Workstation", "http://192.168.1.20:8000/v1", "")]


def test_a_closed_banner_gives_the_keyboard_to_the_composer(qtbot: QtBot) -> None:
    view = ChatView(Theme("dark"), CommandRegistry())
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
        view.activateWindow()
    done: list[str] = []
    view.banner.show_message("error", "It stopped.", actions=[("Try again", lambda: done.append("again"))])
    button = next(each for each in view.banner.findChildren(TextButton) if each.text() == "Try again")
    button.setFocus()
    button.click()
    assert done == ["again"]
    assert view.banner.isHidden()
    assert view.focusWidget() is view.composer.edit


def test_a_loaded_endpoint_is_marked_by_its_name_not_by_its_address() -> None:
    model = LoadedModel(
        name="workstation", path="http://127.0.0.1:8000/v1", backend="remote", model_hash="", architecture="",
        quantization="", parameters=0, size_bytes=0, n_ctx=0, n_ctx_train=0, n_layer=0, n_head=0, n_head_kv=0,
        n_embd=0, n_vocab=0, kv_bytes_per_token=0.0, flash_attention=False, n_threads=0, n_gpu_layers=0,
        device="", has_template=True, template_hash="", engine_build="", load_ms=0.0, context=ContextParams(),
    )  # fmt: skip
    choices = ModelChoicesModel()
    choices.set_choices([ModelChoice("workstation", "workstation", "endpoint")], [])
    choices.set_current(loading_key(model))
    assert choices.index(0, 0).data(CURRENT_ROLE)


def test_the_composer_says_how_much_of_the_prompt_is_read(composer: Composer) -> None:
    composer.set_generating(True)
    composer.set_reading(0.176)
    assert composer._hint.full_text() == "Reading the prompt… 17 %   Esc to stop"
    composer.set_reading(None)
    assert composer._hint.full_text() == "Esc to stop"
    composer.set_preparing("small-model")
    assert composer._hint.full_text() == "Loading and measuring small-model…   Esc to stop"
    composer.set_reading(0.5)
    composer.set_generating(False)
    composer.set_generating(True)
    assert composer._hint.full_text() == "Esc to stop"
