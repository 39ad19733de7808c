"""The alarm as an e-mail: that somebody waits, nothing about whom or what."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

import aiosmtplib

from channels.answers import BRUSSELS, now
from channels.handoff_texts import HandoffTexts
from channels.outbox import NotDelivered
from channels.store import Alarm
from kernel.language import Language
from kernel.settings import Settings

_TIMEOUT_S = 20.0
_PORTS = {"smtp": 25, "smtps": 465}


class AlarmMail:
    """Sends to ALERT_EMAIL through SMTP_URL (smtp://USER:PASSWORD@HOST:PORT, or smtps://), with STARTTLS where that is offered."""

    def __init__(self, settings: Settings, texts: HandoffTexts) -> None:
        self._server = urlsplit(settings.smtp_url)
        self._to, self._desk_url, self._texts = settings.alert_email, settings.desk_url, texts
        user = unquote(self._server.username or "")
        # Many servers take mail only from the address one logs in with.
        self._from = user if "@" in user else f"chatmasjien@{self._to.rpartition('@')[2]}"

    async def __call__(self, alarm: Alarm) -> None:
        """Raises NotDelivered."""
        server = self._server
        try:
            await aiosmtplib.send(
                self.message(alarm),
                hostname=server.hostname,
                port=server.port or _PORTS[server.scheme],
                username=unquote(server.username) if server.username else None,
                password=unquote(server.password) if server.password else None,
                use_tls=server.scheme == "smtps",
                timeout=_TIMEOUT_S,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotDelivered from error

    def message(self, alarm: Alarm) -> EmailMessage:
        """Both languages: the team speaks both."""
        mail = EmailMessage()
        mail["Subject"] = " / ".join(self._texts.text("mail_subject", language) for language in Language)
        mail["From"], mail["To"] = self._from, self._to
        mail["Date"] = format_datetime(now())
        mail["Message-ID"] = f"<{alarm.id}@{self._to.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content("\n\n".join(self._text(alarm, language) for language in Language) + "\n")
        return mail

    def _text(self, alarm: Alarm, language: Language) -> str:
        since = datetime.fromtimestamp(alarm.waiting_at, BRUSSELS).strftime("%H:%M")
        urgency = self._texts.plain("urgency", alarm.urgency.value, language) if alarm.urgency else "?"
        spoken = alarm.language.value if alarm.language else "?"
        queue = f"{self._desk_url}/queue"
        return self._texts.text("mail_text", language, since=since, urgency=urgency, spoken=spoken, queue=queue)
