"""Embedded PostgreSQL, Valkey and SeaweedFS: everything Questline needs, without Docker and without root."""

from questline_core.services.embedded import EmbeddedServices, running_services
from questline_core.services.errors import ServiceError
from questline_core.services.postgres import EmbeddedPostgres
from questline_core.services.seaweed import EmbeddedSeaweed
from questline_core.services.valkey import EmbeddedValkey
from questline_core.services.watch import ServiceEvent

__all__ = [
    "EmbeddedPostgres",
    "EmbeddedSeaweed",
    "EmbeddedServices",
    "EmbeddedValkey",
    "ServiceError",
    "ServiceEvent",
    "running_services",
]
