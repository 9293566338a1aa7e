import keyring
import keyring.backend
import pytest

from engine.backends.remote.address import normal_base_url
from engine.backends.remote.keyring_store import delete_key, read_key, write_key
from engine.errors import UserError


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("http://192.168.1.20:8000/v1", "http://192.168.1.20:8000/v1"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000/v1"),
        ("  localhost:8080/ ", "http://localhost:8080/v1"),
        ("https://models.example/api/openai/", "https://models.example/api/openai"),
        ("http://[::1]:8000", "http://[::1]:8000/v1"),
    ],
)
def test_addresses_are_taken_as_people_write_them(typed: str, used: str) -> None:
    assert normal_base_url(typed) == used


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "file:///etc/passwd",
        "ftp://host/v1",
        "http://",
        "http://user:pass@host/v1",
        "http://host:99999/v1",
        "http://host:abc",
        "http://host/v1?key=1",
        "http://host/v1#x",
        "http://ho st/",
        "javascript:alert(1)",
        "http://host\r\nX: y/",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        normal_base_url(typed)
    assert caught.value.code == "endpoint.invalid_url"
    assert "pass@" not in caught.value.message


class _MemoryKeyring(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_keys_live_in_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = _MemoryKeyring()
    before = keyring.get_keyring()
    keyring.set_keyring(memory)
    try:
        monkeypatch.setenv("LATHE_ENDPOINT_KEY", "from-environment")
        assert read_key("a") == "from-environment"
        write_key("a", "own")
        assert read_key("a") == "own"
        assert read_key("b") == "from-environment"
        write_key("a", "")
        assert memory.kept == {}
    finally:
        keyring.set_keyring(before)


def test_without_a_keyring_reading_works_and_writing_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LATHE_ENDPOINT_KEY", raising=False)
    assert read_key("a") == ""
    delete_key("a")
    with pytest.raises(UserError) as caught:
        write_key("a", "own")
    assert caught.value.code == "endpoint.no_keyring"
    assert "own" not in caught.value.message
