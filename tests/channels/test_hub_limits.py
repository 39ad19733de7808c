"""Token buckets."""

from __future__ import annotations

import pytest

from channels import limits
from channels.limits import Limiter


class Clock:
    """A clock that stands still until told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_ten_at_once_then_five_a_second() -> None:
    clock = Clock()
    limiter = Limiter(5, 10, clock)
    assert [limiter.take("a") for _ in range(10)] == [0.0] * 10
    wait = limiter.take("a")
    assert wait == pytest.approx(0.2)
    clock.now += wait
    assert limiter.take("a") == 0.0
    assert limiter.take("a") > 0
    assert limiter.take("b") == 0.0


def test_what_is_full_again_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_SWEEP_AT", 3)
    clock = Clock()
    limiter = Limiter(1, 1, clock)
    for key in "abc":
        limiter.take(key)
    clock.now += 1.5
    limiter.take("d")
    assert len(limiter) == 1
