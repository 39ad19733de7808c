"""The alarm as a webhook, signed so that the receiver can tell it from anybody else's.

`X-Chatmasjien-Signature: t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256 under ALERT_WEBHOOK_SECRET of `SECONDS.BODY`: the time
is signed too, so that an old call cannot be played again. `X-Chatmasjien-Delivery` is the same in every repeat.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable

import aiohttp

from channels.outbox import NotDelivered
from channels.store import Alarm
from kernel.settings import Settings

_TIMEOUT = aiohttp.ClientTimeout(total=20)


def signature(secret: str, moment: int, body: bytes) -> str:
    """The header's value; `moment` in seconds since the epoch."""
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


class AlarmWebhook:
    """Posts to ALERT_WEBHOOK_URL."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._url, self._secret, self._desk_url = settings.alert_webhook_url, settings.alert_webhook_secret, settings.desk_url
        self._clock = clock

    async def __call__(self, alarm: Alarm) -> None:
        """Raises NotDelivered for anything but a 2xx. Redirects are not followed: the signature is for this address."""
        body = self.body(alarm)
        headers = {
            "Content-Type": "application/json",
            "X-Chatmasjien-Delivery": alarm.id,
            "X-Chatmasjien-Signature": signature(self._secret, int(self._clock()), body),
        }
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT) as session,
                session.post(self._url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                if not response.ok or response.status >= 300:
                    raise NotDelivered
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise NotDelivered from error

    def body(self, alarm: Alarm) -> bytes:
        """JSON: what rings, how soon a person is needed, in which language (null: not told), since when, where to look."""
        return json.dumps(
            {
                "event": alarm.alarm,
                "delivery": alarm.id,
                "urgency": alarm.urgency.value if alarm.urgency else None,
                "language": alarm.language.value if alarm.language else None,
                "waiting_since": int(alarm.waiting_at),
                "queue": f"{self._desk_url}/queue",
            }
        ).encode()
