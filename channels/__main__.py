"""`python -m channels`: bot and hub · `hub`: the hub alone · `retention [--dry-run]` · `ask IN OUT` · `staff NAME ROLE`."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

from dotenv import dotenv_values

from channels.bot_process import BotProcess, bot_command, bot_environment
from channels.logs import set_up_logs
from channels.secrets import StartError, with_secrets
from kernel.settings import SettingError, Settings, read_settings
from safety.datafile import DataError

ROOT = Path(__file__).resolve().parents[1]
WRONG_START = 2


def settings_from(environment: dict[str, str], root: Path = ROOT) -> Settings:
    """Settings of `.env` and the environment (which wins), secrets filled in. Raises SettingError or StartError."""
    kept = {name: value for name, value in dotenv_values(root / ".env").items() if value is not None}
    return with_secrets(read_settings(kept | environment, root))


def main(arguments: list[str]) -> int:
    """The exit code: 0, or 2 with one line on stderr when a setting, a port, var/ or a data file is wrong."""
    parser = argparse.ArgumentParser(prog="python -m channels", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("hub", help="the hub alone; the bots of BOT_URLS run elsewhere")
    retention = commands.add_parser("retention", help="delete idle conversations now")
    retention.add_argument("--dry-run", action="store_true", help="count only")
    ask = commands.add_parser("ask", help="answer each row of a JSON Lines file through the relay")
    ask.add_argument("source", type=Path)
    ask.add_argument("target", type=Path)
    staff = commands.add_parser("staff", help="make an account of the desk, print its one-time enrolment link")
    staff.add_argument("name")
    staff.add_argument("role")
    chosen = parser.parse_args(arguments)
    set_up_logs()
    os.umask(0o077)  # database, ledger and secrets are for this user alone
    try:
        settings = settings_from(dict(os.environ))
        return asyncio.run(_run(chosen, settings))
    except (SettingError, StartError, DataError) as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return WRONG_START


async def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    if chosen.command == "retention":
        from channels.retention_command import run_retention

        return await run_retention(settings, dry_run=chosen.dry_run)
    if chosen.command == "ask":
        from channels.ask import ask_file

        return await ask_file(settings, ROOT, chosen.source, chosen.target)
    if chosen.command == "staff":
        from channels.staff_command import make_staff

        return await make_staff(settings, chosen.name, chosen.role)
    return await serve(settings, with_bot=chosen.command is None)


async def serve(settings: Settings, *, with_bot: bool) -> int:
    """Run until SIGINT or SIGTERM; raises StartError."""
    from channels.site import Hub
    from channels.wiring import actions, desk, pages, telegram

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    hub = Hub(settings, ROOT, pages=pages(), actions=actions(), desk=desk(), telegram=telegram(settings))
    bot = BotProcess(bot_command(ROOT), ROOT, bot_environment(settings), lambda: hub.bot.seconds_since_ready)
    try:
        if with_bot:
            _check_port("BOT_PORT", settings.bot_port)
        await hub.start()
        if with_bot:
            await bot.start()
        _print_addresses(settings, with_bot=with_bot)
        if not await hub.store.accounts.all():
            print('the desk has no account yet: make staff NAME="…" ROLE=admin', flush=True)
        await stop.wait()
    finally:
        await bot.stop()
        await hub.stop()
    return 0


def _check_port(setting: str, port: int) -> None:
    """Raises StartError when the port is taken: the bot itself would only start again and again."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise StartError(f"setting {setting}: port {port} is taken; choose another") from None


def _print_addresses(settings: Settings, *, with_bot: bool) -> None:
    bots = f"http://127.0.0.1:{settings.bot_port}" if with_bot else ", ".join(settings.bot_urls)
    for name, address in (
        ("chat", settings.public_url),
        ("desk", f"{settings.desk_url}/login"),
        ("health", f"{settings.public_url}/healthz"),
        ("metrics", f"http://127.0.0.1:{settings.metrics_port}/metrics"),
        ("actions", f"http://127.0.0.1:{settings.actions_port}/webhook"),
        ("bot", bots),
    ):
        print(f"{name:8} {address}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
