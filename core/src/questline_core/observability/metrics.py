"""Prometheus metrics of one process."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("questline_requests_total", "Requests answered.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "questline_request_seconds",
    "Time to answer, seconds.",
    ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
HOOK_FAILURES = Counter("questline_hook_failures_total", "Hook calls that raised or timed out.", ["hook", "plugin"])
JOBS = Counter("questline_jobs_total", "Messages taken from the queue, by outcome.", ["plugin", "name", "outcome"])
JOB_SECONDS = Histogram("questline_job_seconds", "Time a message took, seconds.", ["plugin", "name"])
LIVE_CONNECTIONS = Gauge("questline_live_connections", "Open live streams.")
