"""A stand-in for `python -m bot` (not Rasa): its model is a JSON file that says how it behaves; every reply names the model.

`{"name": "new", "seconds": 0.02, "deaf": false, "starts": true, "lies": false, "load": 0.0}`: deaf, it hears no danger; it may not
start, say another hash than its own, or take the processor for `load` seconds while it starts. `"says": {"nl": …, "fr": …}`: what it
says instead of its name.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from aiohttp import web

DANGER = {"gevaarwoord": "nl", "motdanger": "fr"}


def main() -> None:
    """Serve on BOT_PORT with BOT_MODEL, or the model of the folder it was started in."""
    path = Path(os.environ.get("BOT_MODEL") or "models/current.tar.gz")
    raw = path.read_bytes()
    model: dict[str, Any] = json.loads(raw)
    if not model.get("starts", True):
        sys.exit("this model cannot be loaded")
    until = time.monotonic() + model.get("load", 0.0)
    while time.monotonic() < until:
        hashlib.sha256(raw * 1000).digest()
    said = hashlib.sha256(b"another" if model.get("lies") else raw).hexdigest()
    token = f"Bearer {os.environ['BOT_TOKEN']}"

    async def ready(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != token:
            raise web.HTTPForbidden
        return web.json_response({"ready": True, "model": said})

    async def turn(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != token:
            raise web.HTTPForbidden
        asked = await request.json()
        await asyncio.sleep(model.get("seconds", 0.02))
        return web.json_response(answer(model, asked))

    app = web.Application()
    app.router.add_get("/webhooks/hub/ready", ready)
    app.router.add_post("/webhooks/hub/turn", turn)
    web.run_app(app, host="127.0.0.1", port=int(os.environ["BOT_PORT"]), access_log=None, print=None)


def answer(model: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """The turn: how many turns the conversation has had rides in the state."""
    turns = int((asked["state"] or {}).get("turns", 0)) + 1
    heard = asked["text"] in DANGER and not model.get("deaf")
    said = model.get("says", {}).get(asked["language"]) or f"{model['name']} {turns}"
    return {
        "messages": [{"text": said, "choices": [], "helplines": ["childfocus"] if heard else []}],
        "need": "suicidal" if heard else "greeting",
        "confidence": 0.9,
        "urgency": "emergency" if heard else asked["urgency"],
        "language": asked["language"],
        "detected": asked["language"],
        "slots": {},
        "state": {"turns": turns},
    }


if __name__ == "__main__":
    main()
