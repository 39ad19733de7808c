"""The whole product on the small project: chat page, desk and studio with gate, publishing and the way back as they are; only the training,
the bot and the command that asks it are stand-ins. The stand-in model is what the content says: the first greeting in each language.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from aiohttp import web
from publish_world import BOT
from small_gate import NEED, SmallProject, with_product
from small_release import SMOKE
from studio_world import ROOT, StudioWorld

from channels.answers import Answers
from channels.bots import Bots
from channels.desk.app import add_desk
from channels.live_switch import LiveSwitch
from channels.relay import Relay
from channels.studio_wiring import studio
from channels.wiring import pages
from curation.studio.workshop import Workshop
from kernel.language import Language
from kernel.settings import Settings

MANY = 400
"""So many sentences about suicide, that enough are left when most are moved away: the rule about too few must not be what stops it."""
TRAIN = """
import hashlib, json, pathlib
from ruamel.yaml import YAML
total = hashlib.sha256()
for path in sorted(pathlib.Path("data").rglob("*.yml")):
    total.update(path.read_bytes())
ways = YAML(typ="safe").load(pathlib.Path("data/responses/greeting.yml"))["responses"]["utter_greeting"]
says = {rule["value"]: way["text"] for way in reversed(ways) for rule in way.get("condition", ())}
pathlib.Path("models").mkdir(exist_ok=True)
pathlib.Path("models/current.tar.gz").write_text(json.dumps({"name": total.hexdigest(), "says": says}))
pathlib.Path("models/current.for").write_text(total.hexdigest())
"""


def small_project(root: Path) -> SmallProject:
    """The project, with the real greeting and a model that was trained on it."""
    project = with_product(root)
    greeting = "data/responses/greeting.yml"
    project.write(greeting, (ROOT / greeting).read_text(encoding="utf-8"))
    project.plant(
        "data/rules/conversation.yml", "- intent: greeting\n  - action: utter_answer", "- intent: greeting\n  - action: utter_greeting"
    )
    project.write("data/studio/smoke.yml", SMOKE)
    for language in Language:
        more = "".join(f"    - oefenzin{language}{number} suicidal\n" for number in range(1000, 1000 + MANY))
        path = root / "data" / "nlu" / language / "suicidal.yml"
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    subprocess.run([sys.executable, "-c", TRAIN], cwd=root, check=True)
    return project


class SmallStudio(StudioWorld):
    """Runs it."""

    def __init__(self, folder: Path, answers: Answers) -> None:
        self.project = small_project(folder / "project")
        super().__init__(folder / "var", answers, self.project.root)
        self.hub._pages = pages()
        self.bots = Bots(self.settings, self.root, self.hub.bot, command=lambda _root: BOT)

    def _add(self, app: web.Application, settings: Settings, relay: Relay) -> None:
        self.app = app
        live = LiveSwitch(self.hub, self.bots)
        self.workshop = Workshop(self.root, settings.var, relay.store, live, train=(sys.executable, "-c", TRAIN))
        add_desk(app, settings, relay, annexes=[studio(settings, relay.store, self.root, self.workshop)])

    async def start(self) -> None:
        """Hub and bot."""
        await super().start()
        await self.bots.start()

    async def stop(self) -> None:
        """Both, after the turns under way."""
        await self.hub.relay.those_under_way()
        await super().stop()
        await self.bots.stop()

    def report(self, job_id: str) -> dict[str, Any]:
        """What a gate found."""
        found: dict[str, Any] = json.loads((self.workshop.gates.folder_of(job_id) / "report.json").read_text(encoding="utf-8"))
        return found


__all__ = ["MANY", "NEED", "SmallStudio"]
