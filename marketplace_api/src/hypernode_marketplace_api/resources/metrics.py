"""Metrics for Prometheus: one registry per app, so that two apps in one process do not mix."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "hypernode_api_requests_total",
            "HTTP requests by route and status",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self.latency = Histogram(
            "hypernode_api_request_seconds", "Time to answer", ["route"], registry=self._registry
        )
        self.events = Counter(
            "hypernode_api_events_total", "Chain events written", ["name"], registry=self._registry
        )
        self.skipped = Counter(
            "hypernode_api_skipped_events_total",
            "Chain events of newer programs, kept raw",
            ["program"],
            registry=self._registry,
        )
        self.indexer_lag = Gauge(
            "hypernode_api_indexer_lag_slots",
            "Slots between the chain and the newest look at it",
            registry=self._registry,
        )
        self.indexer_failures = Counter(
            "hypernode_api_indexer_failures_total", "Index rounds that failed", registry=self._registry
        )
        self.sessions = Gauge("hypernode_api_node_sessions", "Connected nodes", registry=self._registry)
        self.offers = Counter(
            "hypernode_api_offers_total", "Offers by how they ended", ["outcome"], registry=self._registry
        )
        self.matcher_failures = Counter(
            "hypernode_api_matcher_failures_total", "Match rounds that failed", registry=self._registry
        )

    def render(self) -> bytes:
        return generate_latest(self._registry)
