"""Counters of this process without persons, in Prometheus' format."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

REGISTRY = CollectorRegistry()
REPLIES = Counter("kibon_bot_replies", "Replies by kind and language", ("kind", "lang"), registry=REGISTRY)
SECONDS = Histogram("kibon_bot_reply_seconds", "Seconds from a message to its stored reply", registry=REGISTRY)
SENT = Counter("kibon_bot_sent", "What became of replies: sent, again, undeliverable", ("outcome",), registry=REGISTRY)
FAILED = Counter("kibon_bot_failures", "Messages that ended in an error of ours", registry=REGISTRY)
REFUSED = Counter("kibon_bot_refused_requests", "Requests to the webhook that were refused", registry=REGISTRY)


def text() -> bytes:
    """All counters as Prometheus reads them."""
    return generate_latest(REGISTRY)
