"""Run by test_crash: forks writers that can be killed at any moment.

The parent of the writers imports the store once and opens nothing; each writer is a fork of it, so that 200
of them start in milliseconds. Protocol on stdin: the path of a home, answered on stdout with the pid of the
writer. After each commit the writer appends a line to HOME/acknowledged, which the test compares with the
database.
"""

import os
import random
import signal
import sys
from pathlib import Path

from engine.messages import Message
from engine.store.database import open_store
from engine.store.ids import new_id


def write_forever(home: Path, seed: int) -> None:
    """Chat with oneself; every text names itself, so that a torn one is seen."""
    rng = random.Random(seed)
    store = open_store(home)
    acknowledged = os.open(home / "acknowledged", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    chat = store.sessions.list()[0] if store.sessions.list() else store.sessions.create("crash")
    while True:
        head = store.sessions.get(chat.id).head_id
        user = store.messages.add(chat.id, head, Message.of("user", f"question {new_id()}"))
        os.write(acknowledged, f"done {user.id}\n".encode())
        reply = store.messages.begin_reply(chat.id, user.id, "tiny")
        text = ""
        for step in range(rng.randint(1, 6)):
            text += f"word{step} " * rng.randint(1, 200)
            store.messages.checkpoint(reply.id, Message.of("assistant", text))
            os.write(acknowledged, f"text {reply.id} {len(text)}\n".encode())
        store.messages.finish(
            reply.id,
            Message.of("assistant", text),
            status="done",
            finish_reason="stop",
            metrics=None,
            reply=None,
        )
        os.write(acknowledged, f"done {reply.id}\n".encode())


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # No zombies: the test asks whether the writer has ended.
    for seed, line in enumerate(sys.stdin):
        pid = os.fork()
        if pid == 0:
            write_forever(Path(line.strip()), seed)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
