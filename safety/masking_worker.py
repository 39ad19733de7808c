"""Masking in a process of its own: the engines are heavy, a message never waits for them."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess

from kernel.language import Language
from safety.masking_text import MASKED

_log = logging.getLogger(__name__)
MaskFunction = Callable[[str, Language], str]
_mask_here: MaskFunction | None = None
"""Set in the worker's own process only."""


def load_masker() -> MaskFunction:
    """What the worker runs by default. Raises what loading the engines raises."""
    from safety.masking import Masker  # here: only the worker's process pays for the engines

    return Masker.load().mask


def _start(load: Callable[[], MaskFunction]) -> None:
    global _mask_here  # noqa: PLW0603 - one per worker process, set before any job
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the hub, which ends its worker
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # The engines are millions of objects that stay: looked through for garbage while they load, they take twice the processor time
    # (measured: 12 s for 5), and all of them again now and then.
    gc.disable()
    _mask_here = load()
    gc.freeze()
    gc.enable()


def _end_with_parent() -> None:
    """A hub that is killed leaves no worker behind: it would hold its memory for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _run(text: str, language: Language) -> str:
    return MASKED if _mask_here is None else _mask_here(text, language)


class MaskingWorker:
    """Masks texts in one worker process (started by `spawn`), one at a time.

    `timeout_s`: how long one text may take, and how long a text waits for its turn or for the engines to load; then the answer is MASKED.
    A worker that hangs or dies is replaced, at most once per `restart_after_s`. `load`, a function that a new process can import, makes the
    masking function.
    """

    def __init__(self, *, timeout_s: float = 5.0, restart_after_s: float = 5.0, load: Callable[[], MaskFunction] = load_masker) -> None:
        self._timeout_s, self._restart_after_s, self._load = timeout_s, restart_after_s, load
        self._pool: ProcessPoolExecutor | None = None
        self._ready: asyncio.Future[int] | None = None
        self._processes: list[BaseProcess] = []
        self._started_at: float | None = None
        self._turn = asyncio.Lock()
        self._closed = False

    async def start(self) -> bool:
        """Starts the process and waits until the engines are loaded, without a limit. False when they cannot be."""
        ready = self._ensure_started()
        if ready is None:
            return False
        try:
            await asyncio.shield(ready)
        except BrokenProcessPool:
            self._drop()
            return False
        return True

    async def mask(self, text: str, language: Language) -> str:
        """The masked text, or MASKED when it could not be had in time. Never raises but for cancellation."""
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._turn.acquire()
        except TimeoutError:
            return MASKED
        try:
            return await self._mask_now(text, language)
        except Exception as error:  # fail closed, and say nothing of the text
            _log.warning("masking worker failed: %s", type(error).__name__)
            self._drop()
            return MASKED
        finally:
            self._turn.release()

    async def close(self) -> None:
        """Ends the process, a job in it included. Masking answers MASKED from then on."""
        self._closed = True
        self._drop()

    async def _mask_now(self, text: str, language: Language) -> str:
        ready = self._ensure_started()
        if ready is None or self._pool is None:
            return MASKED
        try:
            async with asyncio.timeout(self._timeout_s):
                await asyncio.shield(ready)
        except TimeoutError:
            return MASKED  # still loading: it goes on
        job = asyncio.wrap_future(self._pool.submit(_run, text, language))
        try:
            async with asyncio.timeout(self._timeout_s):
                return await job
        except TimeoutError:
            _log.warning("masking worker: no answer within %.1f s, replaced", self._timeout_s)
            self._drop()
            return MASKED

    def _ensure_started(self) -> asyncio.Future[int] | None:
        """A future that is done once the engines are loaded; None when the worker may not be started (again) yet."""
        if self._closed:
            return None
        if self._pool is None:
            now = time.monotonic()
            if self._started_at is not None and now - self._started_at < self._restart_after_s:
                return None
            self._started_at = now
            before = multiprocessing.active_children()
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_start, initargs=(self._load,))
            self._ready = asyncio.wrap_future(self._pool.submit(os.getpid))
            self._ready.add_done_callback(_look_at)
            self._processes = [child for child in multiprocessing.active_children() if child not in before]
        return self._ready

    def _drop(self) -> None:
        """Ends the worker's process for good; the next text starts a new one."""
        pool, processes = self._pool, self._processes
        self._pool, self._ready, self._processes = None, None, []
        for process in processes:
            process.kill()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def _look_at(ready: asyncio.Future[int]) -> None:
    """Takes note of a failed start, so that asyncio does not report it as unseen."""
    if not ready.cancelled():
        ready.exception()
