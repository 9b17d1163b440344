"""The codebook: what counts as an event, as data that people and programs read alike.

Each event type stands in one file of ``types/``; ``codebook.yaml`` holds the version, the
statuses, the roles of terms and the fields. Edit those files, not this code.
"""

from communique.codebook.loader import (
    Codebook,
    EventType,
    Example,
    Mode,
    event_type,
    group,
    load,
    symmetric,
    types,
    version,
)

__all__ = [
    "Codebook",
    "EventType",
    "Example",
    "Mode",
    "event_type",
    "group",
    "load",
    "symmetric",
    "types",
    "version",
]
