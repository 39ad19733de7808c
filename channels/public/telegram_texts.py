"""The words of Telegram: its own (data/telegram), and those of the chat page that mean the same here (data/page)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from channels.answers import BRUSSELS
from channels.site_texts import PageTextError, filled, load_page_texts
from kernel.language import Language

_SHARED = """
    handoff_title handoff_closed handoff_opens handoff_who handoff_send handoff_cancel handoff_stored handoff_cancelled
    handoff_withdraw holder_waiting open_now closed_now call chat_with mail site
""".split()
_OWN = """
    honest late read counsellor media_instead choose_language language_nl language_fr language_set nothing_to_wipe private_only inline
    card_lines card_note card_noted card_unnote card_full card_old when description short_description
    command_sos command_mens command_humain command_wis command_efface command_stop command_taal command_langue command_start
""".split()
_COMMANDS = {
    None: "sos mens humain wis efface stop taal langue start",
    Language.NL: "sos mens wis stop taal start",
    Language.FR: "sos humain efface stop langue start",
}


class TelegramTexts:
    """Texts by name and language; `{link}` is the web chat's address."""

    def __init__(self, data: Path, link: str) -> None:
        """`data` is the project's folder of content. Raises PageTextError for what is missing."""
        own, page = load_page_texts(data / "telegram"), load_page_texts(data / "page")
        self._texts: dict[Language, dict[str, str]] = {}
        self._days: dict[Language, list[str]] = {}
        for language in Language:
            texts = filled(own[language].get("telegram", {}), {"link": link})
            assert isinstance(texts, dict)
            found = {name: page[language]["chat"].get(name) for name in _SHARED} | {name: texts.get(name) for name in _OWN}
            days = texts.get("days")
            if missing := [name for name, text in found.items() if not isinstance(text, str)]:
                raise PageTextError(data / "telegram", "page.telegram", f"lacks {', '.join(missing)}")
            if not isinstance(days, list) or len(days) != 7:
                raise PageTextError(data / "telegram", "page.telegram.days", "expected seven days")
            self._texts[language] = {name: str(text) for name, text in found.items()}
            self._days[language] = days

    def text(self, name: str, language: Language, **values: str) -> str:
        """The text `name`, its `{placeholders}` filled."""
        return str(filled(self._texts[language][name], values))

    def both(self, name: str) -> str:
        """The text in both languages, for who cannot be known to speak one."""
        return "\n\n".join(self.text(name, language) for language in Language)

    def when(self, at: datetime, language: Language) -> str:
        """A moment as people say it, in Belgian time."""
        here = at.astimezone(BRUSSELS)
        day = f"{self._days[language][here.weekday()]} {here.day}/{here.month}"
        return self.text("when", language, day=day, time=f"{here:%H:%M}")

    def commands(self, language: Language | None) -> list[tuple[str, str]]:
        """Commands with what they do; None: for people whose Telegram speaks another language."""
        names = _COMMANDS[language].split()
        if language is not None:
            return [(name, self.text(f"command_{name}", language)) for name in names]
        return [(name, " / ".join(dict.fromkeys(self.text(f"command_{name}", each) for each in Language))) for name in names]
