"""Starts `lathe serve` with scripted replies and asks it, inside a blocked network. Prints the reply."""

import json
import subprocess
import sys
import urllib.request

server = subprocess.Popen(
    [sys.executable, "-m", "engine.cli.main", "serve", "--fake-model", "--port", "0", "--json"],
    stdout=subprocess.PIPE,
    text=True,
)
assert server.stdout is not None
try:
    told = (json.loads(line) for line in server.stdout)
    event = next(event for event in told if "token" in event)
    address = event.get("address") or event.get("url")
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{address}/chat/completions",
        json.dumps({"model": "scripted", "messages": [{"role": "user", "content": "Hi"}]}).encode(),
        {"Authorization": f"Bearer {event['token']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        print(json.load(answer)["choices"][0]["message"]["content"])
finally:
    server.terminate()
    server.wait(20)
