"""Masking for the inbox: the heavy worker lives only while there is something to mask, and what is not surely clean is dropped."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from kernel.language import Language
from safety.masking import MASKED, MaskingWorker
from safety.masking_text import capital_inside, words_in

IDLE_S = 120.0
"""The engines hold 1.4 GB; after so long without work they are let go."""
MOST_DETAILS = 2
"""A sentence with more personal details than this is too much of one life, masked or not."""
LONGEST = 300
_TOKEN = re.compile(r"\[[a-z_]+\]")
_LEFT_OVER = re.compile(r"\d{3}|\d(?:\W{0,3}\d){4}|@|https?:|www\.|\.(?:be|com|net|org|fr|nl|eu|me|io)\b|\[masked\]", re.IGNORECASE)
_DAY = re.compile(
    r"(?<!\w)(?:\d{1,2}(?: ?(?:e|de|ste|er|ème))?|premier|eerste|een|un|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
    r"|dertien|veertien|(?:vijf|zes|zeven|acht|negen)tien|\w*(?:twintig|dertig)(?:ste)?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize"
    r"|quatorze|quinze|seize|vingt|trente)[ \-]?"
    r"(?:jan(?:v|uari|vier)?|feb(?:r|ruari)?|f[ée]v(?:r|rier)?|maart|mars|apr(?:il)?|avril|mei|mai|ju[nl]i|juin|juil(?:let)?|aug(?:ustus)?|ao[uû]t"
    r"|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|d[eé]c(?:ember|embre)?)(?!\w)",
    re.IGNORECASE,
)
"""A day of a month, in figures or words: mostly a birthday, and with the day alone somebody is found in a class."""
_LINES = re.compile(r"116000|112|101|102|103|106|107|1712|1813")
"""Numbers of helplines that may stay."""


class InboxMasker:
    """Masks one sentence at a time. `make`: a worker, made anew whenever one is needed."""

    def __init__(self, make: Callable[[], MaskingWorker] = MaskingWorker, idle_s: float = IDLE_S) -> None:
        self._make, self._idle_s = make, idle_s
        self._worker: MaskingWorker | None = None
        self._turn = asyncio.Lock()
        self._resting: asyncio.Task[None] | None = None

    async def mask(self, text: str, language: Language) -> str | None:
        """The masked sentence; None when it could not be masked, or something in it still looks like a detail. Never raises."""
        flat = " ".join(text.split())
        if not flat or len(flat) > LONGEST:
            return None
        async with self._turn:
            if self._resting is not None:
                self._resting.cancel()
            worker = self._worker
            if worker is None:
                worker = self._worker = self._make()
            masked = await worker.mask(flat, language) if await worker.start() else MASKED
            self._resting = asyncio.create_task(self._rest())
        return masked if is_clean(masked) else None

    async def _rest(self) -> None:
        await asyncio.sleep(self._idle_s)
        async with self._turn:
            await self._drop()

    async def _drop(self) -> None:
        if self._worker is not None:
            await self._worker.close()
            self._worker = None

    async def close(self) -> None:
        """End the worker."""
        if self._resting is not None:
            self._resting.cancel()
        await self._drop()


def is_clean(masked: str) -> bool:
    """A second look that knows nothing of names: no number, no date, no address of the net, no capital within a sentence, few details."""
    if masked == MASKED or len(_TOKEN.findall(masked)) > MOST_DETAILS:
        return False
    if _LEFT_OVER.search(_LINES.sub("", masked)) or _DAY.search(masked) or not _TOKEN.sub("", masked).strip(" .,!?"):
        return False
    return not any(capital_inside(masked, word) for word in words_in(masked))
