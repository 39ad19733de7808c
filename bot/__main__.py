"""Starts the bot: `python -m bot` (port, token and model from the environment; loopback unless BOT_HOST says else)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Runs Rasa's server with our one channel; never the HTTP API, which would take models from anybody."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("SANIC_WORKERS", "1")
    os.environ.setdefault("ACTIONS_PORT", "5055")
    model = os.environ.get("BOT_MODEL") or str(ROOT / "models" / "current.tar.gz")
    sys.argv = [
        "rasa", "run",
        "--model", model,
        "--interface", os.environ.get("BOT_HOST", "127.0.0.1"),
        "--port", os.environ.get("BOT_PORT", "5005"),
        "--credentials", str(ROOT / "bot" / "credentials.yml"),
        "--endpoints", str(ROOT / "bot" / "endpoints.yml"),
    ]  # fmt: skip
    sys.path.insert(0, str(ROOT))
    from bot.quicker.left_out import leave_out

    leave_out()
    from rasa.__main__ import main as rasa_main

    from bot.quicker.all import take_quicker_ways

    take_quicker_ways()
    rasa_main()


if __name__ == "__main__":
    main()
