"""Finding repositories and looking at what they offer, before a file is fetched."""

from pathlib import Path

import pytest

from engine.errors import UserError
from engine.hub.fit import verdict
from engine.hub.listing import run_files
from engine.hub.search import run_search
from engine.hub.settings import HubSettings, settings_from
from engine.protocol.hub import HubFiles, HubFound, HubListed, HubSearch
from tests.engine.hub.conftest import FOLDER, GGUF
from tests.support.hub_server import TOKEN, HubServer, Repo


def search(hub: HubServer, text: str, **options: object) -> HubFound:
    return run_search(HubSearch(hub.url, text, **options), lambda _event: None)  # type: ignore[arg-type]


def files(hub: HubServer, repo: str, folder: Path, revision: str = "") -> HubListed:
    return run_files(HubFiles(hub.url, repo, str(folder), revision), lambda _event: None)


def test_results_say_what_is_needed_to_choose(hub: HubServer) -> None:
    found = search(hub, "tiny")
    assert [each.repo for each in found.models] == [GGUF]
    model = found.models[0]
    assert (model.downloads, model.likes, model.license) == (500, 7, "apache-2.0")
    assert (model.updated, model.gated, model.parameters) == ("2026-01-02", False, 1_000_000)
    assert not found.more


def test_filter_order_and_limit(hub: HubServer) -> None:
    assert [each.repo for each in search(hub, "tiny", format="safetensors").models] == [FOLDER]
    by_likes = search(hub, "tiny", format="", order="likes")
    assert [each.repo for each in by_likes.models] == [FOLDER, GGUF]
    cut = search(hub, "", format="", limit=1)
    assert len(cut.models) == 1
    assert cut.more


def test_names_that_could_lead_elsewhere_are_left_out(hub: HubServer) -> None:
    hub.repos["../etc/Tiny"] = Repo({}, downloads=9_999)
    assert [each.repo for each in search(hub, "tiny").models] == [GGUF]


def test_files_by_quantization_with_size_and_fit(hub: HubServer, home: Path) -> None:
    listed = files(hub, GGUF, home / "models" / "x")
    assert [each.label for each in listed.variants] == ["Q4_K_M", "Q8_0", "F16", "mmproj-Tiny-F16"]
    small = listed.variants[0]
    assert small.size_bytes == len(hub.repos[GGUF].files["Tiny-Q4_K_M.gguf"])
    assert small.need_bytes > small.size_bytes
    assert small.n_ctx > 0
    assert small.fit == "fits"
    assert listed.left_out == 2
    assert (listed.architecture, listed.context_length) == ("llama", 512)
    assert listed.base_models == ("org/Tiny",)
    assert not (home / "models" / "x").exists()
    fetched = [request for request in hub.requests if request[1].startswith("/content/")]
    assert [request[2] for request in fetched] == ["bytes=0-131071"]


def test_safetensors_come_with_configuration_and_tokenizer(hub: HubServer, home: Path) -> None:
    (variant,) = files(hub, FOLDER, home).variants
    names = {file.path for file in variant.files}
    assert names == {"config.json", "tokenizer.json", "model.safetensors"}
    assert variant.fit == "unknown"


def test_what_is_there_already_is_said(hub: HubServer, tmp_path: Path) -> None:
    (tmp_path / "Tiny-Q8_0.gguf.part").write_bytes(b"1" * 1000)
    by_label = {each.label: each for each in files(hub, GGUF, tmp_path).variants}
    assert by_label["Q8_0"].present_bytes == 1000
    assert by_label["Q4_K_M"].present_bytes == 0


@pytest.mark.parametrize(("need", "said"), [(0, "unknown"), (10, "fits"), (80, "tight"), (95, "too_large")])
def test_verdicts(need: int, said: str) -> None:
    assert verdict(need, available=50, total=100) == said


def refused(hub: HubServer, repo: str, revision: str = "") -> UserError:
    with pytest.raises(UserError) as raised:
        files(hub, repo, Path("/nowhere"), revision)
    return raised.value


@pytest.mark.parametrize(
    ("status", "code"), [(403, "hub.forbidden"), (429, "hub.busy"), (500, "hub.failed"), (503, "hub.failed")]
)
def test_refusals(hub: HubServer, status: int, code: str) -> None:
    hub.repos[GGUF].status = status
    error = refused(hub, GGUF)
    assert error.code == code
    assert "{" not in error.one_line()
    if status == 429:
        assert "9 seconds" in error.hint


def test_what_is_not_there(hub: HubServer) -> None:
    assert refused(hub, "org/Nothing").code == "hub.no_repo"
    assert refused(hub, GGUF, "nothing").code == "hub.no_revision"


def test_private_repositories_need_the_key_and_a_wrong_one_is_said(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.repos[GGUF].private = True
    assert refused(hub, GGUF).code == "hub.no_repo"
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    assert files(hub, GGUF, tmp_path).repo == GGUF
    hub.repos[GGUF].private = False
    monkeypatch.setenv("HF_TOKEN", "hf_wrong")
    assert refused(hub, GGUF).code == "hub.token"


def test_a_key_goes_to_its_own_address_only(hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)  # of the public hub
    search(hub, "tiny")
    assert all(not authorization for *_, authorization in hub.requests)


def test_a_login_page_is_no_hub(hub: HubServer) -> None:
    hub.search_body = b"<html>Please log in</html>"
    with pytest.raises(UserError) as raised:
        search(hub, "tiny")
    assert raised.value.code == "hub.answer"


def test_nobody_answers(hub: HubServer) -> None:
    hub.stop()
    try:
        with pytest.raises(UserError) as raised:
            search(hub, "tiny")
    finally:
        hub.start = lambda: None  # type: ignore[method-assign]
    assert raised.value.code == "hub.unreachable"


def test_addresses() -> None:
    assert HubSettings().address({}) == "https://huggingface.co"
    assert HubSettings().address({"HF_ENDPOINT": "https://mirror.example/"}) == "https://mirror.example"
    assert HubSettings("http://10.0.0.2:80/hub").address({}) == "http://10.0.0.2:80/hub"
    for text in ("mirror", "ftp://x", "https://", "https://user:key@x", "https://x?a=1", "http://x:port"):
        with pytest.raises(UserError) as raised:
            HubSettings(text).address({})
        assert raised.value.code == "hub.address"


def test_the_variable_of_other_programs_is_respected() -> None:
    assert HubSettings().reachable({"HF_HUB_OFFLINE": "0"}) == "https://huggingface.co"
    with pytest.raises(UserError) as raised:
        HubSettings().reachable({"HF_HUB_OFFLINE": "1"})
    assert raised.value.code == "hub.offline"


def test_settings_of_older_versions_are_read() -> None:
    assert settings_from({"endpoint": "http://x", "offline": True}) == HubSettings("http://x")
