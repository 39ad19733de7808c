"""Every setting, read once from the environment. A wrong one names itself and stops the start (exit code 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

_HEADER_FORM = "1 to 256 characters of A-Z a-z 0-9 _ -"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingError(Exception):
    """A missing or malformed setting; the message is one line naming it and the expected form."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"setting {name}: expected {expected}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    """The hub's and bot's settings (contract.md, "Ports and settings"). Seconds, minutes, hours and days as named."""

    public_host: str
    public_port: int
    desk_host: str
    desk_port: int
    metrics_port: int
    bot_port: int
    actions_port: int
    public_url: str
    desk_url: str
    trusted_proxies: tuple[str, ...]
    embed_origins: tuple[str, ...]
    exit_url: str
    operator_name: str
    privacy_contact: str
    bot_urls: tuple[str, ...]
    bot_token: str
    bot_deadline_s: float
    database_url: str
    redis_url: str
    secret_key: str
    telegram_token: str
    telegram_secret: str
    telegram_mode: str
    telegram_api_url: str
    smtp_url: str
    alert_email: str
    alert_webhook_url: str
    alert_webhook_secret: str
    claim_within_min: int
    retention_chat_h: int
    retention_case_days: int
    inbox: bool
    var: Path

    @property
    def is_loopback_only(self) -> bool:
        """True when neither site can be reached from another machine."""
        return self.public_host in LOOPBACK and self.desk_host in LOOPBACK


def _whole(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    raw = env.get(name, "").strip() or str(default)
    if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
        raise SettingError(name, f"a whole number from {low} to {high}")
    return int(raw)


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    raw = env.get(name, "").strip() or str(default)
    try:
        value = float(raw)
    except ValueError:
        value = -1.0
    if not 0.1 <= value <= 1.9:
        raise SettingError(name, "seconds between 0.1 and 1.9 (the fixed answer must come within 2)")
    return value


def _one_of(env: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    raw = env.get(name, "").strip() or default
    if raw not in allowed:
        raise SettingError(name, " or ".join(allowed))
    return raw


def _url(env: Mapping[str, str], name: str, default: str, schemes: tuple[str, ...]) -> str:
    raw = env.get(name, "").strip() or default
    if not raw:
        return ""
    try:
        parts = urlsplit(raw)
        valid = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        valid = False
    if not valid:
        raise SettingError(name, f"an address that starts with {' or '.join(s + '://' for s in schemes)}")
    return raw.rstrip("/")


def _matching(env: Mapping[str, str], name: str, pattern: str, expected: str) -> str:
    raw = env.get(name, "").strip()
    if raw and not re.fullmatch(pattern, raw):
        raise SettingError(name, expected)
    return raw


def _listed(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in env.get(name, "").split(",") if item.strip())


def _host(env: Mapping[str, str], name: str) -> str:
    raw = env.get(name, "").strip() or "127.0.0.1"
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", raw):
        raise SettingError(name, "a host name or an address")
    return raw


def _addresses(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(item, strict=False)) if "/" in item else str(ip_address(item)) for item in _listed(env, name))
    except ValueError:
        raise SettingError(name, "addresses or networks, with commas between them") from None


def _mail_address(env: Mapping[str, str], name: str) -> str:
    raw = env.get(name, "").strip()
    if raw and not re.fullmatch(r"[^@\s]+@[^@\s]+", raw):
        raise SettingError(name, "a mail address")
    return raw


def _urls(env: Mapping[str, str], name: str, default: str = "") -> tuple[str, ...]:
    raw = env.get(name, "").strip() or default
    if raw and not raw.strip(", "):
        raise SettingError(name, "addresses, with commas between them")
    return tuple(_url({name: item.strip()}, name, "", ("http", "https")) for item in raw.split(",") if item.strip())


def _database_url(env: Mapping[str, str], var: Path) -> str:
    raw = env.get("DATABASE_URL", "").strip() or f"sqlite:///{var / 'chatmasjien.db'}"
    if not raw.startswith(("sqlite:///", "postgresql://")):
        raise SettingError("DATABASE_URL", "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")
    return raw


def read_settings(env: Mapping[str, str], root: Path) -> Settings:
    """Settings from `env`; `root` is the folder of the project, under which `var/` lies.

    BOT_TOKEN and SECRET_KEY may be empty here: on loopback the start makes them (see `channels.secrets`).
    Raises SettingError for a missing or malformed setting.
    """
    var = Path(env.get("VAR_DIR", "").strip() or root / "var")
    ports = {
        name: _whole(env, name, default, 1, 65535)
        for name, default in (
            ("PUBLIC_PORT", 8080),
            ("DESK_PORT", 8081),
            ("METRICS_PORT", 8082),
            ("BOT_PORT", 5005),
            ("ACTIONS_PORT", 5055),
        )
    }
    taken: dict[int, str] = {}
    for name, port in ports.items():
        if port in taken:
            raise SettingError(name, f"a port other than that of {taken[port]}")
        taken[port] = name
    public_host = _host(env, "PUBLIC_HOST")
    desk_host = _host(env, "DESK_HOST")
    public_url = _url(env, "PUBLIC_URL", f"http://127.0.0.1:{ports['PUBLIC_PORT']}", ("http", "https"))
    desk_url = _url(env, "DESK_URL", f"http://127.0.0.1:{ports['DESK_PORT']}", ("http", "https"))
    settings = Settings(
        public_host=public_host,
        public_port=ports["PUBLIC_PORT"],
        desk_host=desk_host,
        desk_port=ports["DESK_PORT"],
        metrics_port=ports["METRICS_PORT"],
        bot_port=ports["BOT_PORT"],
        actions_port=ports["ACTIONS_PORT"],
        public_url=public_url,
        desk_url=desk_url,
        trusted_proxies=_addresses(env, "TRUSTED_PROXIES"),
        embed_origins=_urls(env, "EMBED_ORIGINS"),
        exit_url=_url(env, "EXIT_URL", "", ("https", "http")),
        operator_name=env.get("OPERATOR_NAME", "").strip() or "Chatmasjien",
        privacy_contact=env.get("PRIVACY_CONTACT", "").strip(),
        bot_urls=_urls(env, "BOT_URLS", f"http://127.0.0.1:{ports['BOT_PORT']}"),
        bot_token=env.get("BOT_TOKEN", "").strip(),
        bot_deadline_s=_seconds(env, "BOT_DEADLINE_S", 1.8),
        database_url=_database_url(env, var),
        redis_url=_url(env, "REDIS_URL", "", ("redis", "rediss")),
        secret_key=env.get("SECRET_KEY", "").strip(),
        telegram_token=_matching(env, "TELEGRAM_TOKEN", r"[A-Za-z0-9:_-]+", "the bot's token as Telegram gave it"),
        telegram_secret=_matching(env, "TELEGRAM_SECRET", r"[A-Za-z0-9_-]{1,256}", _HEADER_FORM),
        telegram_mode=_one_of(env, "TELEGRAM_MODE", "webhook", ("webhook", "polling")),
        telegram_api_url=_url(env, "TELEGRAM_API_URL", "", ("http", "https")),
        smtp_url=_url(env, "SMTP_URL", "", ("smtp", "smtps")),
        alert_email=_mail_address(env, "ALERT_EMAIL"),
        alert_webhook_url=_url(env, "ALERT_WEBHOOK_URL", "", ("https", "http")),
        alert_webhook_secret=env.get("ALERT_WEBHOOK_SECRET", "").strip(),
        claim_within_min=_whole(env, "CLAIM_WITHIN_MIN", 10, 1, 120),
        retention_chat_h=_whole(env, "RETENTION_CHAT_H", 24, 1, 24 * 90),
        retention_case_days=_whole(env, "RETENTION_CASE_DAYS", 30, 1, 3650),
        inbox=_one_of(env, "INBOX", "off", ("off", "on")) == "on",
        var=var,
    )
    _check_together(settings)
    return settings


def _check_together(settings: Settings) -> None:
    """Rules that join two settings."""
    if settings.telegram_token and settings.telegram_mode == "webhook" and not settings.telegram_secret:
        why = "since TELEGRAM_TOKEN is set and TELEGRAM_MODE is webhook (without it anybody could send in updates: Telegram does not start)"
        raise SettingError("TELEGRAM_SECRET", f"{_HEADER_FORM}, {why}")
    if settings.smtp_url and not settings.alert_email:
        raise SettingError("ALERT_EMAIL", "a mail address, since SMTP_URL is set")
    if settings.alert_webhook_url and len(settings.alert_webhook_secret) < 16:
        raise SettingError("ALERT_WEBHOOK_SECRET", "at least 16 characters, since ALERT_WEBHOOK_URL is set")
    desk = urlsplit(settings.desk_url)
    if desk.scheme != "https" and desk.hostname not in LOOPBACK:
        raise SettingError("DESK_URL", "an address that starts with https://, since its host is not loopback (staff log in there)")
    if settings.is_loopback_only:
        return
    if len(settings.secret_key) < 32:
        raise SettingError("SECRET_KEY", "at least 32 characters, since a host is not loopback")
    if urlsplit(settings.public_url).hostname == urlsplit(settings.desk_url).hostname:
        raise SettingError("DESK_URL", "another host name than PUBLIC_URL, since cookies ignore ports")
    if not settings.exit_url:
        raise SettingError("EXIT_URL", "a neutral outside address, since a host is not loopback")
