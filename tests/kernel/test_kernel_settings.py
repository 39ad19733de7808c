"""Every setting: read by its name, wrong in one line that names it, and listed in .env.example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kernel.settings import SettingError, Settings, read_settings

ROOT = Path(__file__).resolve().parents[2]
OPEN = {
    "PUBLIC_HOST": "0.0.0.0",
    "PUBLIC_URL": "https://chat.example.org",
    "DESK_URL": "https://desk.example.org",
    "SECRET_KEY": "k" * 40,
    "EXIT_URL": "https://weather.example.org",
}
PORTS = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
URLS = ("PUBLIC_URL", "DESK_URL", "EXIT_URL", "REDIS_URL", "TELEGRAM_API_URL", "SMTP_URL", "ALERT_WEBHOOK_URL")
BAD_NUMBERS = ("x", "-1", "0", "1.5", "²", "1e3", "0x10", "99999999", "1 2")
BAD_URLS = ("nonsense", "ftp://a.example.org", "https://", "//a.example.org", "http://a.example.org:port", "http://a.example.org:99999999")
BROKEN_BRACKET = "http://[::1"
MALFORMED = [
    *[(name, bad) for name in PORTS for bad in (*BAD_NUMBERS, "65536")],
    *[(name, bad) for name in ("CLAIM_WITHIN_MIN", "RETENTION_CHAT_H", "RETENTION_CASE_DAYS") for bad in BAD_NUMBERS],
    *[("BOT_DEADLINE_S", bad) for bad in ("soon", "0", "-1", "1,8", "2", "nan", "inf", "1.8s")],
    *[(name, bad) for name in (*URLS, "BOT_URLS", "EMBED_ORIGINS") for bad in BAD_URLS],
    *[(name, f"https://a.example.org, {bad}") for name in ("BOT_URLS", "EMBED_ORIGINS") for bad in BAD_URLS],
    *[("DATABASE_URL", bad) for bad in ("nonsense", "sqlite:", "mysql://a/b", "postgres://a/b", "/var/chat.db")],
    ("TELEGRAM_MODE", "push"),
    ("TELEGRAM_TOKEN", "123:abc/../x"),
    ("TELEGRAM_SECRET", "met een spatie"),
    ("TELEGRAM_SECRET", "x" * 257),
    ("INBOX", "yes"),
]
# What is accepted today although the contract asks for one line that names it ("a missing or malformed setting").
MALFORMED_TOO = [
    *[(name, BROKEN_BRACKET) for name in (*URLS, "BOT_URLS", "EMBED_ORIGINS")],
    ("BOT_URLS", ","),
    ("TRUSTED_PROXIES", "not an address"),
    ("PUBLIC_HOST", "not a host"),
    ("DESK_HOST", "not a host"),
    ("ALERT_EMAIL", "nobody"),
]


class Recording(Mapping[str, str]):
    """An environment that remembers which names were asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values_, self.asked = values, set[str]()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def read(**environment: str) -> Settings:
    return read_settings(environment, ROOT)


def listed() -> list[str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return [line.split("=", 1)[0] for line in lines if line and not line.startswith("#")]


def assert_named(name: str, environment: dict[str, str]) -> None:
    with pytest.raises(SettingError) as raised:
        read_settings(environment, ROOT)
    said = str(raised.value)
    assert raised.value.name == name
    assert said.startswith(f"setting {name}: expected ")
    assert "\n" not in said


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_each_malformed_setting_names_itself(name: str, value: str) -> None:
    assert_named(name, {name: value})


@pytest.mark.parametrize(("name", "value"), MALFORMED_TOO)
def test_these_malformed_settings_name_themselves_too(name: str, value: str) -> None:
    assert_named(name, (OPEN if name == "PUBLIC_HOST" else {}) | {name: value})


def test_telegram_is_not_started_without_its_secret() -> None:
    assert_named("TELEGRAM_SECRET", {"TELEGRAM_TOKEN": "123:abc"})
    with pytest.raises(SettingError, match="Telegram does not start"):
        read(TELEGRAM_TOKEN="123:abc", TELEGRAM_MODE="webhook")
    assert read(TELEGRAM_TOKEN="123:abc", TELEGRAM_SECRET="een_Geheim-1").telegram_secret == "een_Geheim-1"
    assert read(TELEGRAM_TOKEN="123:abc", TELEGRAM_MODE="polling").telegram_secret == ""


def test_what_was_set_is_not_repeated_since_it_may_hold_a_password() -> None:
    for name, value in (
        ("DATABASE_URL", "mysql://user:geheim@host/chat"),
        ("REDIS_URL", "http://:geheim@host"),
        ("SMTP_URL", "smtp:geheim"),
    ):
        with pytest.raises(SettingError) as raised:
            read(**{name: value})
        assert "geheim" not in str(raised.value)


@pytest.mark.parametrize("name", PORTS)
def test_no_two_ports_are_the_same(name: str) -> None:
    other = next(one for one in reversed(PORTS) if one != name)
    with pytest.raises(SettingError) as raised:
        read(**{name: "7000", other: "7000"})
    assert raised.value.name in (name, other)
    assert (other if raised.value.name == name else name) in str(raised.value)


def test_empty_means_the_default() -> None:
    from_nothing = read()
    assert from_nothing == read(**dict.fromkeys(listed(), "")) == read(**dict.fromkeys(listed(), "  "))
    assert (from_nothing.public_host, from_nothing.public_port, from_nothing.desk_port) == ("127.0.0.1", 8080, 8081)
    assert (from_nothing.metrics_port, from_nothing.bot_port, from_nothing.actions_port) == (8082, 5005, 5055)
    assert from_nothing.bot_urls == ("http://127.0.0.1:5005",)
    assert (from_nothing.bot_deadline_s, from_nothing.claim_within_min) == (1.8, 10)
    assert (from_nothing.retention_chat_h, from_nothing.retention_case_days, from_nothing.inbox) == (24, 30, False)
    assert from_nothing.var == ROOT / "var"
    assert from_nothing.database_url == f"sqlite:///{ROOT / 'var/chatmasjien.db'}"
    assert from_nothing.is_loopback_only


def test_the_example_lists_exactly_what_is_read() -> None:
    environment = Recording({})
    read_settings(environment, ROOT)
    assert len(listed()) == len(set(listed()))
    assert set(listed()) == environment.asked
    assert len(environment.asked) == len(Settings.__dataclass_fields__)


def test_every_field_follows_its_setting() -> None:
    numbers = {name: str(7001 + place) for place, name in enumerate(PORTS)}
    given = OPEN | numbers | {
        "DESK_HOST": "::1",
        "TRUSTED_PROXIES": "10.0.0.1, 10.0.0.2",
        "EMBED_ORIGINS": "https://a.example.org,https://b.example.org/",
        "OPERATOR_NAME": "Iemand",
        "BOT_URLS": "http://127.0.0.1:7004, http://127.0.0.1:7014/",
        "BOT_TOKEN": "b" * 40,
        "BOT_DEADLINE_S": "0.5",
        "DATABASE_URL": "postgresql://u:p@127.0.0.1/chat",
        "REDIS_URL": "redis://127.0.0.1:6379/1",
        "VAR_DIR": "/tmp/elsewhere",
        "TELEGRAM_MODE": "polling",
        "CLAIM_WITHIN_MIN": "5",
        "RETENTION_CHAT_H": "48",
        "RETENTION_CASE_DAYS": "60",
        "INBOX": "on",
    }  # fmt: skip
    found, default = read(**given), read()
    assert (found.public_port, found.desk_port, found.metrics_port, found.bot_port, found.actions_port) == (7001, 7002, 7003, 7004, 7005)
    assert found.trusted_proxies == ("10.0.0.1", "10.0.0.2")
    assert found.embed_origins == ("https://a.example.org", "https://b.example.org")
    assert found.bot_urls == ("http://127.0.0.1:7004", "http://127.0.0.1:7014")
    assert (found.inbox, found.telegram_mode, found.bot_deadline_s, found.var) == (True, "polling", 0.5, Path("/tmp/elsewhere"))
    same = {field for field in Settings.__dataclass_fields__ if getattr(found, field) == getattr(default, field)}
    untouched = {name.lower() for name in set(listed()) - set(given)}
    assert same == untouched


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""), ("SECRET_KEY", "k" * 31), ("EXIT_URL", ""), ("DESK_URL", ""),
        ("DESK_URL", "https://chat.example.org:8443"), ("DESK_URL", "https://CHAT.example.org"),
    ],
)  # fmt: skip
def test_what_an_open_host_needs(name: str, value: str) -> None:
    assert not read(**OPEN).is_loopback_only
    if (name, value) == ("DESK_URL", ""):
        # The default address of the desk is on loopback: another host name than the public one, so it may stay.
        assert read(**OPEN | {name: value}).desk_url == "http://127.0.0.1:8081"
    else:
        assert_named(name, OPEN | {name: value})


@pytest.mark.parametrize(("url", "is_fine"), [
    ("http://desk.example.org", False), ("http://192.168.1.5:8081", False), ("https://desk.example.org", True), ("http://localhost:8081", True),
])  # fmt: skip
def test_staff_log_in_over_https_except_on_ones_own_machine(url: str, is_fine: bool) -> None:
    """Also while both hosts are loopback: a proxy may stand before them."""
    if is_fine:
        assert read(DESK_URL=url).desk_url == url
    else:
        assert_named("DESK_URL", {"DESK_URL": url})
