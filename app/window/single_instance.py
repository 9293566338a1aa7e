"""One window for one home folder: a second start brings the first to the front."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

WAIT_MS = 1000

_log = logging.getLogger(__name__)


def server_name(home: Path) -> str:
    """A local socket's name that belongs to this folder."""
    digest = QCryptographicHash.hash(str(home).encode(), QCryptographicHash.Algorithm.Sha256)
    return f"lathe-{digest.toHex().toStdString()[:16]}"


class SingleInstance(QObject):
    """`acquire` before the window, `listen` when it is up. The network module is loaded only when needed."""

    called = Signal()
    """Another start wanted the window."""

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(home)
        self._home = home
        self._lock: QLockFile | None = None
        self._server: QLocalServer | None = None

    def acquire(self) -> bool:
        """Whether this process may have the window. A lock whose process is gone does not count."""
        try:
            self._home.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True  # The store says what is wrong with the folder, in the window.
        lock = QLockFile(str(self._home / "window.lock"))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            return lock.error() != QLockFile.LockError.LockFailedError
        self._lock = lock
        return True

    def call_other(self) -> bool:
        """Ask the process that has the window to show it; false when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - 10 ms that a start can do without

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(b"show\n")
        answered = socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        return answered

    def listen(self) -> None:
        """Hear other starts from now on."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)
        if not server.listen(self._name):
            _log.warning("other starts cannot be heard: %s", server.errorString())
            return

        def arrived() -> None:
            # The few sockets live as long as the server: deleting them while they disconnect crashes Qt.
            while server.hasPendingConnections():
                server.nextPendingConnection()
                self.called.emit()

        server.newConnection.connect(arrived)
        self._server = server

    def release(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
