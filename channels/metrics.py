"""Counts and durations for Prometheus, in a registry of our own: no words, no ids, labels from fixed sets only."""

from __future__ import annotations

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.2, 1.6, 1.8, 2.0, 3.0, 5.0)


class Metrics:
    """Everything the hub counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter("chatmasjien_messages", "Messages of teenagers accepted", registry=self.registry)
        self.replies = Counter("chatmasjien_replies", "Reply bubbles", ["from", "language"], registry=self.registry)
        self.fallbacks = Counter("chatmasjien_fallbacks", "Turns answered by the fixed answer", ["reason"], registry=self.registry)
        self.turns = Histogram("chatmasjien_turn_seconds", "Receipt to last bubble", buckets=_BUCKETS, registry=self.registry)
        self.action_calls = Counter("chatmasjien_action_calls", "Custom actions run", ["action"], registry=self.registry)
        self.scenario_answers = Counter(
            "chatmasjien_scenario_answers",
            "Answers to a scenario's question, before and after it",
            ["scenario", "moment", "answer"],
            registry=self.registry,
        )
        self.action_requests = Counter("chatmasjien_action_requests", "Calls of the action server", ["outcome"], registry=self.registry)
        self.escalations = Counter("chatmasjien_escalations_offered", "Escalations offered", ["reason"], registry=self.registry)
        self.handoffs = Counter("chatmasjien_handoffs", "Steps of hand-offs", ["step"], registry=self.registry)
        self.alarms = Counter("chatmasjien_alarms", "Tries of the second channel", ["way", "outcome"], registry=self.registry)
        self.sockets = Gauge("chatmasjien_open_sockets", "Open chat sockets", registry=self.registry)
        self.errors = Counter("chatmasjien_error_frames", "Error frames sent", ["code"], registry=self.registry)
        self.telegram_updates = Counter("chatmasjien_telegram_updates", "Updates of Telegram taken", ["kind"], registry=self.registry)
        self.telegram_calls = Counter("chatmasjien_telegram_calls", "Calls of Telegram", ["call", "outcome"], registry=self.registry)
        self.wipes = Counter("chatmasjien_wipes", "Conversations wiped by their teenager", registry=self.registry)

    def replied(self, speaker: str, language: str) -> None:
        """Count one bubble."""
        self.replies.labels(**{"from": speaker, "language": language}).inc()


def metrics_app(metrics: Metrics) -> web.Application:
    """The site of METRICS_PORT: GET /metrics."""

    async def show(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(metrics.registry), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    app = web.Application()
    app.router.add_get("/metrics", show)
    return app
