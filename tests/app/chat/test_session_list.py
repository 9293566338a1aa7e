"""The chat list: its groups, its item model, and the keyboard in its view."""

from datetime import date, datetime

import msgspec
from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.models.session_groups import group_sessions
from app.models.session_tree import (
    FIRST_ROWS,
    KIND_ROLE,
    LIVE_ROLE,
    SUBTITLE_ROLE,
    SessionTreeModel,
    list_model_name,
)
from app.pages.chat.session_view import SessionView
from app.theme.theme import Theme
from engine.store.records import FolderRecord, SessionRecord, SessionSettings

TODAY = date(2026, 11, 22)
WORK = FolderRecord("f1", "Work", 0)


def session(
    key: str, day: date = TODAY, *, pinned: bool = False, folder: str | None = None, title: str = ""
) -> SessionRecord:
    moment = datetime(day.year, day.month, day.day, 12).astimezone()
    updated = round(moment.timestamp() * 1000)
    return SessionRecord(
        id=key,
        title=title or key,
        title_is_auto=True,
        folder_id=folder,
        pinned=pinned,
        created_ms=updated,
        updated_ms=updated,
        head_id="m",
        settings=SessionSettings(),
        draft="",
        message_count=2,
        token_count=1184,
        model_name="SmolLM2-135M-Instruct.Q4_1",
    )


def test_chats_are_sorted_under_pinned_folders_and_days() -> None:
    sessions = [
        session("today"),
        session("yesterday", date(2026, 11, 21)),
        session("week", date(2026, 11, 16)),
        session("month", date(2026, 10, 30)),
        session("march", date(2026, 3, 5)),
        session("april", date(2026, 4, 5)),
        session("filed", date(2026, 1, 1), folder="f1"),
        session("pin", date(2020, 1, 1), pinned=True, folder="f1"),
        session("lost", folder="deleted folder"),
    ]
    groups = group_sessions(sessions, [WORK], TODAY)
    shown = [(group.key, [each.id for each in group.sessions]) for group in groups]
    assert shown == [
        ("pinned", ["pin"]),
        ("folder:f1", ["filed"]),
        ("today", ["today", "lost"]),
        ("yesterday", ["yesterday"]),
        ("week", ["week"]),
        ("thirty_days", ["month"]),
        ("month:2026-04", ["april"]),
        ("month:2026-03", ["march"]),
    ]


def test_the_item_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    many = [session(f"s{number}") for number in range(FIRST_ROWS + 20)]
    model.set_groups(group_sessions(many, [WORK], TODAY))
    parent = model.index(1, 0)
    assert model.rowCount(parent) == FIRST_ROWS + 1
    last = model.index(FIRST_ROWS, 0, parent)
    assert last.data(KIND_ROLE) == "more"
    model.reveal_more(1)
    assert model.rowCount(parent) == FIRST_ROWS + 20
    assert isinstance(tester.model(), QAbstractItemModel)


def test_a_changed_title_updates_the_row_without_a_reset(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    model.set_groups(group_sessions([session("a"), session("b")], [], TODAY))
    changed = [session("a", title="Renamed"), session("b")]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_groups(group_sessions(changed, [], TODAY))
    assert model.index_of("a").data() == "Renamed"


def test_a_screen_reader_hears_title_model_tokens_and_state(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    model.set_groups(group_sessions([session("a", title="Softmax")], [], TODAY))
    model.set_live(frozenset({"a"}))
    index = model.index_of("a")
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("Softmax, SmolLM2-135M")
    assert "being written" in spoken
    assert index.data(LIVE_ROLE) is True


def test_names_of_models_are_shortened_for_the_row() -> None:
    assert list_model_name("SmolLM2-135M-Instruct.Q4_1") == "SmolLM2-135M"
    assert list_model_name("Llama-3.2-1B-Q4_K_M.gguf") == "Llama-3.2-1B"
    assert list_model_name("workstation") == "workstation"


def test_the_view_answers_enter_delete_and_folds(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    view = SessionView(model, Theme("dark"))
    qtbot.addWidget(view)
    view.resize(248, 400)
    view.show()
    view.show_groups(group_sessions([session("a"), session("b")], [WORK], TODAY), [WORK])
    opened: list[str] = []
    deleted: list[str] = []
    view.opened.connect(opened.append)
    view.delete_requested.connect(deleted.append)
    view.setCurrentIndex(model.index_of("a"))
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert opened == ["b"]
    assert deleted == ["b"]
    folder = model.index(0, 0)
    view.setCurrentIndex(folder)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert not view.isExpanded(folder)
    assert view.closed_groups() == ["folder:f1"]


def test_the_mark_goes_back_to_the_open_chat_when_the_keyboard_leaves(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    view = SessionView(model, Theme("dark"))
    qtbot.addWidget(view)
    view.show_groups(group_sessions([session("a"), session("b")], [], TODAY), [])
    view.show_session("a")
    assert view.is_open("a")
    view.setCurrentIndex(model.index_of("b"))
    assert view.is_open("a"), "the keyboard's row is not the open chat"
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
    assert view.currentIndex() == model.index_of("b"), "a menu is about this row"
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert view.currentIndex() == model.index_of("a")


def test_renaming_in_place_asks_for_the_new_title(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    view = SessionView(model, Theme("dark"))
    qtbot.addWidget(view)
    view.show_groups(group_sessions([session("a")], [], TODAY), [])
    with qtbot.waitSignal(model.rename_requested) as asked:
        model.setData(model.index_of("a"), "  Better  ", Qt.ItemDataRole.EditRole)
    assert asked.args == ["a", "Better"]
    assert not model.setData(model.index_of("a"), "   ", Qt.ItemDataRole.EditRole)


def test_enter_ends_the_renaming_of_a_folder_and_does_not_fold_it(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    view = SessionView(model, Theme("dark"))
    qtbot.addWidget(view)
    view.resize(248, 400)
    view.show()
    view.show_groups(group_sessions([session("a", folder="f1")], [WORK], TODAY), [WORK])
    view.rename_folder("f1")
    editor = view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Play")
    with qtbot.waitSignal(model.folder_rename_requested):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert view.isExpanded(model.index(0, 0))
    assert view.closed_groups() == []


def test_a_chat_is_dragged_onto_a_folder_or_a_chat_in_it(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    view = SessionView(model, Theme("dark"))
    qtbot.addWidget(view)
    view.resize(248, 400)
    view.show()
    view.show_groups(group_sessions([session("a"), session("b", folder="f1")], [WORK], TODAY), [WORK])
    moved: list[list[object]] = []
    model.move_requested.connect(lambda *where: moved.append(list(where)))
    data = model.mimeData([model.index_of("a")])
    heading, inside = view.visualRect(model.index(0, 0)), view.visualRect(model.index_of("b"))
    left, actions = Qt.MouseButton.LeftButton, Qt.DropAction.MoveAction
    for place in (heading.topLeft() + QPoint(60, 3), heading.center(), inside.center()):
        for kind in (QDragEnterEvent, QDragMoveEvent):
            over = kind(place, actions, data, left, Qt.KeyboardModifier.NoModifier)
            over.setDropAction(actions)
            QApplication.sendEvent(view.viewport(), over)
            assert over.isAccepted()
        assert view.is_drop_target("folder:f1")
        drop = QDropEvent(QPointF(place), actions, data, left, Qt.KeyboardModifier.NoModifier)
        drop.setDropAction(actions)
        QApplication.sendEvent(view.viewport(), drop)
        assert not view.is_drop_target("folder:f1")
    assert moved == [["a", "f1"]] * 3
    assert model.index_of("a").isValid(), "the view takes nothing away by itself"


def test_a_chat_dropped_on_a_folder_moves_there(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    model.set_groups(group_sessions([session("a")], [WORK], TODAY))
    data = model.mimeData([model.index_of("a")])
    with qtbot.waitSignal(model.move_requested) as asked:
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index(0, 0))
    assert asked.args == ["a", "f1"]


def test_dragging_pins_and_unpins(qtbot: QtBot) -> None:
    model = SessionTreeModel()
    model.set_groups(group_sessions([session("a", pinned=True), session("b")], [WORK], TODAY))
    asked: list[tuple[object, ...]] = []
    model.pin_requested.connect(lambda *what: asked.append(("pin", *what)))
    model.move_requested.connect(lambda *what: asked.append(("move", *what)))
    pinned, work, today = (model.index(row, 0) for row in range(3))
    for chat, target in (("b", pinned), ("a", pinned), ("a", work), ("b", today)):
        data = model.mimeData([model.index_of(chat)])
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, target)
    assert asked == [("pin", "b", True), ("pin", "a", False), ("move", "a", "f1"), ("move", "b", None)]


def test_an_imported_chat_without_a_model_says_how_long_it_is() -> None:
    model = SessionTreeModel()
    imported = msgspec.structs.replace(session("old"), model_name="", token_count=0)
    model.set_groups(group_sessions([imported], [], TODAY))
    assert model.index(0, 0, model.index(0, 0)).data(SUBTITLE_ROLE) == "2 messages"
