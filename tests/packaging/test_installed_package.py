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

pytestmark = [pytest.mark.package, pytest.mark.slow, pytest.mark.timeout(1800)]
QUESTION = "What is the capital of France?"
_USE = """
set -e
Xvfb :7 -screen 0 1280x800x24 -fbdir /home/person >/dev/null 2>&1 &
export DISPLAY=:7
for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.2; done
lathe --theme dark --size 1280x800 2>/home/person/stderr.txt &
lathe=$!
# As a person would: wait for the window, then until the model is there, then type.
window=$(timeout 120 xdotool search --sync --onlyvisible --name Lathe | head -1)
xdotool windowfocus --sync "$window" || true
timeout 240 bash -c 'until lathe models list --json | grep -q starter; do sleep 1; done'
timeout 240 bash -c 'until pgrep lathe-worker >/dev/null; do sleep 0.5; done'
typed=no
for _ in $(seq 120); do
  if [ $typed = no ]; then
    xdotool mousemove 640 700 click 1
    xdotool type --delay 20 "@QUESTION@"
    xdotool key Return
    typed=yes
  fi
  lathe sessions list --json >/home/person/sessions.json || true
  [ -s /home/person/sessions.json ] && break
  sleep 2
  typed=$([ $((RANDOM % 10)) = 0 ] && echo no || echo yes)
done
sleep 20
cp /home/person/Xvfb_screen0 /home/person/window.xwd
xdotool key ctrl+q
wait $lathe
"""


def package() -> Path:
    return Path(os.environ["LATHE_TEST_PACKAGE"])


@pytest.fixture
def root(tmp_path: Path) -> BareRoot:
    assert os.geteuid() == 0, "chroot needs root"
    assert shutil.which("debootstrap"), "install debootstrap first"
    return BareRoot.unpacked(tmp_path / "root", ROOT / "build" / "package" / "bare-root.tar")
