"""The one Chromium of a test run: which program, how it is started, and how long an expectation waits on a busy machine."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser, Playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
POLICY_WATCH = (
    "addEventListener('securitypolicyviolation', (e) => console.error('CSP violation: ' + e.violatedDirective + ' ' + e.blockedURI), true);"
)
# Two runs and their browsers share two cores: what is expected comes, but not always within the library's five seconds.
expect.set_options(timeout=20_000)


async def launched(playwright: Playwright) -> Browser:
    """A new Chromium."""
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
