"""Bytes to text, with the name of the encoding found; nothing is stripped, so that offsets hold.

The order of trust: byte order marks, UTF-16 without a mark (by its zero bytes), strict UTF-8,
the declaration inside the bytes, and last a guess among the one-byte encodings news pages use.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from communique.reading.failure import ReadError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,30})""", re.IGNORECASE)
ONE_BYTE = (
    *("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7"),
)
SAMPLE = 64_000
CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of ``data`` and its encoding; a byte order mark is no part of the text.

    Raises ReadError with ``binary`` or ``undecodable``.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name), name
    wide = _wide(data)
    if wide:
        return _strictly(data, wide), wide
    if _binary(data):
        raise ReadError("binary, not text")
    return _narrow(data, declared)


def _strictly(data: bytes, name: str) -> str:
    """Decode by the mark found; a few broken characters are replaced, many are an error."""
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        text = data.decode(name, errors="replace")
        if text.count("�") > 1 + len(text) // 1000:
            raise ReadError(f"undecodable: marked as {name}, but is not") from error
        return text


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: of each pair one byte takes few values, mostly two, and zero is among them."""
    head = data[:4000]
    if len(head) < 4 or 0 not in head:
        return None
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > len(odd) * 0.05 > even.count(0) * 5 and _few(odd):
        return "utf-16-le"
    if even.count(0) > len(even) * 0.05 > odd.count(0) * 5 and _few(even):
        return "utf-16-be"
    return None


def _few(high: bytes) -> bool:
    """Whether the high bytes of pairs are those of one alphabet, beside the blanks and marks that all share."""
    often = Counter(high).most_common(15)
    return sum(count for _, count in often[:2]) >= len(high) * 0.7 and len(set(high)) == len(often)


def _binary(data: bytes) -> bool:
    """Whether the first bytes hold more control characters than any text does."""
    head = data[:SAMPLE]
    controls = len(head) - len(head.translate(None, CONTROLS))
    return controls > len(head) * 0.005 or (b"\0" in head and controls > 2)


def _narrow(data: bytes, declared: str | None) -> tuple[str, str]:
    """UTF-8 where the bytes are, else as declared, else the likeliest one-byte encoding."""
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    tolerant = data.decode("utf-8", errors="replace")
    if tolerant.count("�") <= _multibyte(data) // 20 + (len(data) > 50):
        return tolerant, "utf-8"
    for name in (declared, _declaration(data)):
        text = _try(data, name)
        if text is not None and name is not None:
            return text, codecs.lookup(name).name
    return _guess(data)


def _multibyte(data: bytes) -> int:
    """How many lead bytes of UTF-8 sequences that are followed by a trail byte there are."""
    return len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]", data))


def _declaration(data: bytes) -> str | None:
    found = DECLARED.search(data[:4096])
    return found.group(1).decode("ascii", "ignore") if found else None


def _try(data: bytes, name: str | None) -> str | None:
    """The text by a declared encoding, or None where it is unknown or wrong."""
    if not name:
        return None
    name = "cp1252" if name.lower().replace("_", "-") in ("iso-8859-1", "latin-1", "ascii", "us-ascii") else name
    try:
        text = data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _guess(data: bytes) -> tuple[str, str]:
    """Windows-1252 for text that is nearly all ASCII, else what charset-normalizer finds likeliest."""
    high = sum(byte > 127 for byte in data[:SAMPLE])
    western = _try(data, "cp1252")
    if western is not None and high < min(len(data), SAMPLE) * 0.08:
        return western, "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE], cp_isolation=list(ONE_BYTE)).best()
    if best is not None:
        text = _try(data, best.encoding)
        if text is not None:
            return text, best.encoding
    if western is not None:
        return western, "cp1252"
    raise ReadError("undecodable")
