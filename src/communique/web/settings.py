"""How the reading room is served: where, to whom, and how much it takes in."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """What an upload may be: bytes in all, files, pages read out of them, and seconds until it is given up."""

    bytes: int = 20_000_000
    files: int = 50
    pages: int = 500
    seconds: float = 300.0
    read_seconds: float = 20.0
    waiting: int = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """Host and port to bind to, the token that visitors must know (None: none asked), and limits.

    ``names`` are further host names by which the server may be addressed, besides ``host`` and loopback.
    """

    host: str = "127.0.0.1"
    port: int = 8001
    token: str | None = None
    names: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    readers: int = 2
    shelf: int = 64_000_000  # bytes of finished pages that are kept

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.token:
            raise ValueError(f"{self.host} can be reached from other machines: a token is needed")

    @property
    def known_hosts(self) -> frozenset[str] | None:
        """Host names that requests may name, or None where every name will do because a token is asked for."""
        if self.host in ("0.0.0.0", "::") and not self.names:
            return None
        return frozenset({"localhost", "127.0.0.1", "::1", self.host, *self.names})


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
