"""Publishing where no hub of ours runs the bot: the smoke conversation is held by a command, and the next start takes the new model."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from curation.files import hash_of
from curation.jobs import JobFailed
from curation.talker import Talker, TalkerAway
from curation.workspace import MODEL
from kernel.conversation import BotTurn, Bubble
from kernel.language import Language


class OfflineSwitch:
    """Stands where `channels.live_switch` stands in a running hub. Bots that run elsewhere must be started again by hand."""

    def __init__(self) -> None:
        self._talker: Talker | None = None

    async def warm_up(self, work: Path, _model: Path, wanted: str) -> None:
        """Start the new model, apart. Raises JobFailed."""
        if hash_of(work / MODEL) != wanted:
            raise JobFailed("other_model")
        self._talker = Talker(work)
        try:
            await self._talker.start()
        except TalkerAway as error:
            raise JobFailed("not_started") from error

    async def converse(self, language: Language, lines: list[str]) -> list[BotTurn]:
        """A conversation with it, its answers. Raises TalkerAway."""
        if self._talker is None:
            raise TalkerAway
        chat = uuid4().hex
        return [_turn_of(await self._talker.ask(chat, language, line)) for line in lines]

    async def lead_over(self) -> None:
        """Nobody talks with the old one here."""
        await self.drop()

    async def drop(self) -> None:
        """End what was started."""
        if self._talker is not None:
            await self._talker.close()
            self._talker = None


def _turn_of(said: dict[str, object]) -> BotTurn:
    bubbles, language = said["bubbles"], Language(str(said["lang"]))
    shown = [one for one in bubbles if isinstance(one, dict)] if isinstance(bubbles, list) else []
    return BotTurn(
        tuple(Bubble(str(one["text"]), language, helplines=tuple(one["helplines"])) for one in shown),
        str(said["need"]) if said["need"] is not None else None,
        float(str(said["confidence"])),
        str(said["urgency"]),
        language,
        language.value,
    )
