"""The .deb in a bare Debian without a network: installed, asked through its window, removed.

Run by `python3 dev.py test --package`; takes some minutes and needs root.
"""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.packaging.bare_root import BareRoot
from tests.support.sources import ROOT

pytestmark = [pytest.mark.package, pytest.mark.timeout(1800)]
HOME = "home/person/.local/share/Lathe"
QUESTION = "Name three colours."
USE = """
export LANG=C.UTF-8 DISPLAY=:7
Xvfb :7 -screen 0 1280x800x24 -fbdir "$HOME" >/dev/null 2>&1 &
lathe=$!

picture() { cp "$HOME/Xvfb_screen0" "$HOME/$1.xwd"; }
fail() { picture failed; echo "$1" >&2; cat "$HOME/stderr.txt" >&2; exit 1; }
# within SECONDS COMMAND: once a second, until it does or the program is gone.
within() {
  for _ in $(seq "$1"); do "${@:2}" >/dev/null 2>&1 && return 0; kill -0 $lathe || return 1; sleep 1; done
  return 1
}
# Enter sends when the model is there; until then, and with nothing written, it does nothing.
asked() { lathe sessions list --json | grep '"messages":2' || { xdotool key Return; false; }; }
answer() { lathe sessions export --format messages "$(lathe sessions list --json | cut -d '"' -f 4)"; }
# Complete when it has not grown for three seconds.
answered() { before=$(answer) && sleep 3 && [ -n "$before" ] && [ "$before" = "$(answer)" ]; }

within 30 xdotool getdisplaygeometry || fail "no display"
lathe --theme dark --language en --size 1280x800 2>"$HOME/stderr.txt" &
lathe=$!
within 120 xdotool search --onlyvisible --name Lathe || fail "no window"
# There is no window manager, which would give it the keyboard: shortcuts work in an active window only.
xdotool windowfocus "$(xdotool search --onlyvisible --name Lathe | head -1)"
# The welcome comes a moment after the window; when it is left, the keyboard is where one writes.
sleep 15
xdotool key Escape
sleep 2
xdotool type --delay 40 "@QUESTION@"
picture typed
within 300 asked || fail "the question did not reach the store"
# So small a model may go on for ever: Escape stops it.
within 60 answered || xdotool key Escape
within 60 answered || fail "no answer"
picture answered
answer >"$HOME/answer.jsonl"
xdotool key ctrl+q
for _ in $(seq 60); do kill -0 $lathe 2>/dev/null || break; sleep 1; done
kill -0 $lathe 2>/dev/null && fail "Ctrl+Q did not end it"
wait $lathe || fail "the window ended with $?"
lathe chat --prompt "@QUESTION@" --temperature 0 --max-tokens 24 >"$HOME/certain.txt"
lathe quantize starter --type Q4_0 --out "$HOME/small.gguf" >/dev/null
ls "$HOME/.local/share/Lathe/reports" 2>/dev/null | grep . && fail "there are reports of bugs"
exit 0
"""


@pytest.fixture
def root(tmp_path: Path) -> BareRoot:
    assert os.geteuid() == 0, "chroot needs root"
    assert shutil.which("debootstrap"), "install debootstrap first"
    return BareRoot.unpacked(tmp_path / "root", ROOT / "build" / "package" / "bare-root.tar")


def test_installed_used_and_removed_without_a_trace(root: BareRoot, tmp_path: Path) -> None:
    package = Path(os.environ["LATHE_TEST_PACKAGE"])
    before, folders = root.files(), root.folders()
    shutil.copy(package, root.folder / "var" / "cache" / package.name)
    root.apt("install", f"/var/cache/{package.name}")
    assert root.run(["dpkg", "--verify", "lathe"]) == "", "what lies there is what was packaged"
    assert root.run(["lathe", "--version"]).startswith("lathe ")

    try:
        root.run_alone(USE.replace("@QUESTION@", QUESTION))
    finally:
        keep_pictures(root)
    question, answer = json.loads((root.folder / "home/person/answer.jsonl").read_text("utf-8"))["messages"][
        -2:
    ]
    assert question == {"role": "user", "content": QUESTION}
    assert answer["role"] == "assistant"
    assert answer["content"].strip()  # drawn with the usual settings: not always the right one
    person = root.folder / "home" / "person"
    # Another processor rounds otherwise, and the likeliest answer can be another one.
    certain = (person / "certain.txt").read_text("utf-8").lower()
    assert any(colour in certain for colour in ("red", "blue", "green", "yellow")), certain
    assert (person / "small.gguf").stat().st_size > 50_000_000

    root.run(["apt-get", "purge", "-y", "-qq", "--autoremove", "lathe"])
    left = root.files() - before
    assert {path for path in left if not path.startswith("home/person/")} == set()
    assert f"{HOME}/lathe.db" in left, "what belongs to the person stays"
    assert folders <= root.folders(), "a folder of the system has gone along"


def keep_pictures(root: BareRoot) -> None:
    """For people to look at: build/package/window-*.xwd."""
    for path in (root.folder / "home" / "person").glob("*.xwd"):
        shutil.copy(path, ROOT / "build" / "package" / f"window-{path.name}")
