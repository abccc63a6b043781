"""What happens, as numbers that Prometheus collects."""

import platform
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot.chat.ports.watch import ModelCalled, QueueDepth, TurnEnded

LEASE_LOST = "lease_lost"

_CALLS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_ANSWERS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0)
# What a model says of its own end goes into a label only if it is one of the known words.
_ENDS = frozenset({"stop", "length", "content_filter", "broken_off"})


class Metrics:
    """Implements `bot.chat.ports.watch.Watch`, for one process."""

    def __init__(self, database: str) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._turns = self._counter("confab_turns", "Turns that were closed", "outcome")
        self._attempts = self._counter("confab_attempts_unfinished", "Attempts without an end", "outcome")
        self._leases_lost = self._counter("confab_leases_lost", "Turns that went to another worker")
        self._turn_waited = self._histogram("confab_turn_wait_seconds", "From a message to its turn")
        self._turn_took = self._histogram("confab_turn_seconds", "From the claim of a turn to its end")
        self._calls = self._counter("confab_model_calls", "Calls of a model", "deployment", "outcome")
        self._first = self._histogram("confab_model_first_token_seconds", "To the first words", "deployment")
        self._whole = self._histogram("confab_model_seconds", "To the end of the answer", "deployment")
        self._tokens = self._counter("confab_tokens", "Tokens, by kind", "deployment", "kind")
        self._share = self._gauge("confab_cached_token_share", "Prompt tokens that came from Azure's cache")
        self._slack = self._histogram("confab_slack_call_seconds", "Slack's answers", "method", steps=_CALLS)
        self._slack_calls = self._counter("confab_slack_calls", "Calls to Slack", "method", "outcome")
        self._slack_waits = self._histogram(
            "confab_slack_wait_seconds", "Waits for a rate", "method", steps=_ANSWERS
        )
        self._events = self._counter("confab_events", "What Slack delivered", "kind", "acked")
        self._queue = self._gauge("confab_queue_turns", "Open turns of the team", "state")
        self._oldest = self._gauge("confab_queue_oldest_seconds", "Age of the oldest turn that waits")
        self._reachable = self._gauge("confab_database_up", "Whether the database answers")
        self._stores = self._gauge("confab_database_writes", "Whether the last heartbeat was stored")
        self._replicas = self._gauge("confab_replicas", "Live processes that share Slack's rates")
        self._replicas.set(1)
        self._prompt = self._cached = 0
        build = self._gauge("confab_build_info", "This Confab", "version", "python", "database")
        build.labels(version("confab"), platform.python_version(), database).set(1)

    def turn_ended(self, ended: TurnEnded) -> None:
        """Closed ones by their outcome, the others apart: those come again."""
        if ended.outcome == LEASE_LOST:
            self._leases_lost.inc()
        if not ended.final:
            self._attempts.labels(ended.outcome).inc()
            return
        self._turns.labels(ended.outcome if ended.outcome.isidentifier() else "other").inc()
        self._turn_waited.observe(ended.waited)
        self._turn_took.observe(ended.took)

    def model_called(self, call: ModelCalled) -> None:
        """By deployment."""
        known = call.first is None or call.outcome in _ENDS or call.outcome.startswith(("model_", "answer_"))
        self._calls.labels(call.deployment, call.outcome if known else "other").inc()
        if call.first is not None:
            self._first.labels(call.deployment).observe(call.first)
            self._whole.labels(call.deployment).observe(call.took)
        usage = call.usage
        for kind, tokens in (
            ("prompt", usage.prompt),
            ("cached", usage.cached),
            ("completion", usage.completion),
            ("reasoned", usage.reasoned),
        ):
            self._tokens.labels(call.deployment, kind).inc(tokens)
        self._prompt += usage.prompt
        self._cached += usage.cached
        self._share.set(self._cached / self._prompt if self._prompt else 0.0)

    def slack_called(self, method: str, outcome: str, seconds: float) -> None:
        """By method."""
        self._slack.labels(method).observe(seconds)
        self._slack_calls.labels(method, outcome).inc()

    def slack_waited(self, method: str, seconds: float) -> None:
        """By method."""
        self._slack_waits.labels(method).observe(seconds)

    def delivered(self, kind: str, *, acked: bool) -> None:
        """By kind."""
        self._events.labels(kind, str(acked).lower()).inc()

    def replicas(self, live: int) -> None:
        """So many processes are alive."""
        self._replicas.set(live)

    def stores(self, *, well: bool) -> None:
        """A heartbeat was stored, or could not be."""
        self._stores.set(well)

    def page(self, queue: QueueDepth | None) -> bytes:
        """All of it in Prometheus' text format; without `queue` the database did not say."""
        self._reachable.set(queue is not None)
        if queue is not None:
            self._queue.labels("waiting").set(queue.waiting)
            self._queue.labels("running").set(queue.running)
            self._oldest.set(queue.oldest)
        return generate_latest(self.registry)

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(name, about, labels, registry=self.registry)

    def _gauge(self, name: str, about: str, *labels: str) -> Gauge:
        return Gauge(name, about, labels, registry=self.registry)

    def _histogram(
        self, name: str, about: str, *labels: str, steps: tuple[float, ...] = _ANSWERS
    ) -> Histogram:
        return Histogram(name, about, labels, registry=self.registry, buckets=steps)
