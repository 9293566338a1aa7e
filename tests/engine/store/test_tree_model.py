"""Random operations on chats against a naive model that copies everything."""

import copy
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engine.messages import Message
from engine.store.database import open_store
from engine.store.records import MessageRecord


@dataclass
class Model:
    """A chat as a plain dict; a fork is a copy. Keys are labels, which are also the texts."""

    parent: dict[str, str | None] = field(default_factory=dict)
    is_reply: dict[str, bool] = field(default_factory=dict)
    removed: list[tuple[str, str | None]] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    head: str | None = None

    def visible(self) -> list[str]:
        hidden = {root for root, _ in self.removed}
        return [each for each in self.parent if not hidden & set(self.path(each))]

    def path(self, label: str | None) -> list[str]:
        found: list[str] = []
        while label is not None:
            found.insert(0, label)
            label = self.parent[label]
        return found

    def versions(self, label: str) -> list[str]:
        return [
            each
            for each in self.visible()
            if self.parent[each] == self.parent[label] and self.is_reply[each] == self.is_reply[label]
        ]

    def leaf(self, below: list[str]) -> str:
        shown = self.visible()
        leaves = [
            each
            for each in shown
            if each not in {self.parent[other] for other in shown} and set(below) & set(self.path(each))
        ]
        ranks = {each: index for index, each in enumerate(self.used)}
        return max(leaves, key=lambda each: ranks.get(each, -1))

    def go(self, label: str | None) -> None:
        self.head = label
        if label is not None:
            self.used = [each for each in self.used if each != label] + [label]


class TreeMachine(RuleBasedStateMachine):
    """Each label is one message of a chat in the model; `ids` finds it in the store, by chat."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.folder.name))
        self.models: dict[str, Model] = {}
        self.count = 0
        self.new_chat()

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def new_chat(self) -> None:
        self.models[self.store.sessions.create().id] = Model()

    def pick(self, data: st.DataObject) -> tuple[str, Model, dict[str, MessageRecord]]:
        chat = data.draw(st.sampled_from(sorted(self.models)))
        return chat, self.models[chat], self.records(chat)

    def records(self, chat: str) -> dict[str, MessageRecord]:
        return {each.message.text(): each for each in self.store.messages.tree(chat)}

    def label(self) -> str:
        self.count += 1
        return f"m{self.count}"

    @rule(data=st.data(), reply=st.booleans())
    def add(self, data: st.DataObject, reply: bool) -> None:
        chat, model, records = self.pick(data)
        parent = data.draw(st.sampled_from([None, *model.visible()]))
        label = self.label()
        self.store.messages.add(
            chat,
            None if parent is None else records[parent].id,
            Message.of("assistant" if reply else "user", label),
        )
        model.parent[label], model.is_reply[label] = parent, reply
        model.go(label)

    @rule(data=st.data())
    def add_version(self, data: st.DataObject) -> None:
        chat, model, records = self.pick(data)
        if not model.visible():
            return
        old, label = data.draw(st.sampled_from(model.visible())), self.label()
        role = records[old].message.role
        self.store.messages.add_version(records[old].id, Message.of(role, label), session_id=chat)
        model.parent[label], model.is_reply[label] = model.parent[old], model.is_reply[old]
        model.go(label)

    @rule(data=st.data())
    def replace(self, data: st.DataObject) -> None:
        chat, model, records = self.pick(data)
        if not model.visible():
            return
        old, new = data.draw(st.sampled_from(model.visible())), self.label()
        message = Message.of(records[old].message.role, new)
        self.store.messages.replace(records[old].id, message, session_id=chat)

        def named(label: str | None) -> str | None:
            return new if label == old else label

        model.parent = {str(named(each)): named(parent) for each, parent in model.parent.items()}
        model.is_reply = {str(named(each)): reply for each, reply in model.is_reply.items()}
        model.used = [str(named(each)) for each in model.used]
        model.removed = [(str(named(root)), named(head)) for root, head in model.removed]
        model.head = named(model.head)

    @rule(data=st.data())
    def select(self, data: st.DataObject) -> None:
        chat, model, records = self.pick(data)
        if model.visible():
            label = data.draw(st.sampled_from(model.visible()))
            self.store.messages.select(records[label].id, session_id=chat)
            model.go(model.leaf([label]))

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        chat, model, records = self.pick(data)
        if not model.visible():
            return
        label = data.draw(st.sampled_from(model.visible()))
        self.store.messages.delete(records[label].id, session_id=chat)
        others = [each for each in model.versions(label) if each != label]
        on_path = label in model.path(model.head)
        model.removed.append((label, model.head if on_path else None))
        if on_path:
            model.go(model.leaf(others) if others else model.parent[label])

    @precondition(lambda self: any(model.removed for model in self.models.values()))
    @rule(data=st.data())
    def undo_delete(self, data: st.DataObject) -> None:
        chat = data.draw(
            st.sampled_from(sorted(each for each, model in self.models.items() if model.removed))
        )
        model = self.models[chat]
        label, head = model.removed.pop()
        row = self.store._db.row(
            "SELECT r.message_id FROM removals r JOIN messages m ON m.id = r.message_id"
            " WHERE r.session_id = ? AND m.body = ?",
            (chat, label),
        )
        assert row is not None
        self.store.messages.restore(row[0], session_id=chat)
        if head is not None:
            model.go(head if head in model.visible() else model.leaf([label]))

    @rule(data=st.data())
    def fork(self, data: st.DataObject) -> None:
        chat, model, records = self.pick(data)
        if not model.visible() or len(self.models) > 4:
            return
        base = data.draw(st.sampled_from(model.visible()))
        fork = Model()
        for label in model.path(base):
            fork.parent[label], fork.is_reply[label] = model.parent[label], model.is_reply[label]
        fork.go(base)
        self.models[self.store.sessions.fork(chat, records[base].id).id] = copy.deepcopy(fork)

    @precondition(lambda self: len(self.models) > 1)
    @rule(data=st.data())
    def drop_chat(self, data: st.DataObject) -> None:
        chat = data.draw(st.sampled_from(sorted(self.models)))
        self.store.sessions.delete(chat)
        assert self.store.sessions.purge(-1000) == [chat]
        del self.models[chat]
        for model in self.models.values():
            self._drop_removed(model)

    def _drop_removed(self, model: Model) -> None:
        shown = set(model.visible())
        model.parent = {each: parent for each, parent in model.parent.items() if each in shown}
        model.used = [each for each in model.used if each in shown]
        model.removed = []

    @invariant()
    def same_trees(self) -> None:
        for chat, model in self.models.items():
            records = self.records(chat)
            assert set(records) == set(model.visible())
            names = {record.id: label for label, record in records.items()}
            for label, record in records.items():
                parent = None if record.parent_id is None else names[record.parent_id]
                assert parent == model.parent[label]
                assert [names[each] for each in record.version_ids] == model.versions(label)
                assert record.version_ids[record.version - 1] == record.id
                assert self.store.messages.get(record.id, session_id=chat) == record
            path = self.store.messages.path(chat)
            assert [each.message.text() for each in path] == model.path(model.head)
            assert self.store.sessions.get(chat).message_count == len(path)

    @invariant()
    def nothing_dangles(self) -> None:
        assert self.store._db.rows("PRAGMA foreign_key_check") == []


TestTree = TreeMachine.TestCase
TestTree.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
