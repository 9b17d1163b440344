"""Zip, tar, gzip and zstd: the pages of their members, streamed, none unpacked to disk."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from communique.reading import warc
from communique.reading.failure import MissingReader, ReadError, ReadFailure
from communique.reading.formats import HEAD, Pages, Stream, guarded, read_bytes, read_stream
from communique.reading.pages import LIMIT, Source

MOST_MEMBERS = 1_000_000


def read(kind: str, stream: Stream, source: Source, depth: int) -> Pages:
    """The Pages of all members, in the archive's order."""
    if kind == "zip":
        return _zip(stream, source, depth)
    if kind == "tar":
        return _tar(stream, source, depth)
    return _compressed(kind, stream, source, depth)


def _compressed(kind: str, stream: Stream, source: Source, depth: int) -> Pages:
    """One compressed stream: a page, or another container. WARC files go to their own reader as they are."""
    if _first_bytes(kind, stream.peek(HEAD)).startswith(b"WARC/"):
        yield from warc.read("warc", stream, source, depth)
        return
    plain: io.RawIOBase = gzip.GzipFile(fileobj=stream) if kind == "gzip" else _zstd(stream)  # type: ignore[assignment]
    inner: Stream = io.BufferedReader(plain, 1 << 16)
    doc = source.doc.removesuffix(".txt").removesuffix(".html")
    try:
        yield from read_stream(inner, replace(source, doc=doc), depth + 1)
    except (EOFError, gzip.BadGzipFile) as error:
        raise ReadError(f"broken {kind} data") from error


def _first_bytes(kind: str, head: bytes) -> bytes:
    """The first bytes inside compressed ones; none where they do not say."""
    try:
        if kind == "gzip":
            return zlib.decompressobj(31).decompress(head, 64)
        import zstandard

        return zstandard.ZstdDecompressor().stream_reader(head).read(64)
    except Exception:  # a reader of the whole stream will say what is wrong
        return b""


def _zstd(stream: Stream) -> io.RawIOBase:
    try:
        import zstandard
    except ImportError as error:
        raise MissingReader("zstd", "archives") from error
    reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream, read_across_frames=True)
    return reader  # type: ignore[return-value]


def _zip(stream: Stream, source: Source, depth: int) -> Pages:
    seekable = stream if stream.seekable() else io.BytesIO(stream.read(200_000_000))
    try:
        archive = zipfile.ZipFile(seekable)
    except zipfile.BadZipFile as error:
        raise ReadError("broken zip") from error
    with archive:
        for member in archive.infolist()[:MOST_MEMBERS]:
            if not member.is_dir():
                inner = _inside(source, member.filename)
                yield from guarded(inner.path or "", partial(_zip_member, archive, member, inner, depth))


def _zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source, depth: int) -> Pages:
    if member.flag_bits & 1:
        raise ReadError("encrypted")
    with archive.open(member) as file:
        yield from read_stream(io.BufferedReader(file, 1 << 16), source, depth + 1)


def _tar(stream: Stream, source: Source, depth: int) -> Pages:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                if member.isfile():
                    inner = _inside(source, member.name)
                    yield from guarded(inner.path or "", partial(_tar_member, archive, member, inner, depth))
                elif not member.isdir():
                    yield ReadFailure(_inside(source, member.name).path or "", "not a regular file")
    except tarfile.TarError as error:
        raise ReadError(f"broken tar: {error}") from error


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo, source: Source, depth: int) -> Pages:
    file = archive.extractfile(member)
    if file is None:
        raise ReadError("not a regular file")
    if member.size > LIMIT * 20:
        raise ReadError(f"over {LIMIT * 20 // 1_000_000} MB")
    return read_bytes(file.read(), source, depth + 1)


def _inside(source: Source, name: str) -> Source:
    """The source of a member: its name after the archive's path, and its own stem as document name."""
    name = name.replace("\\", "/")
    return replace(source, doc=PurePosixPath(name).stem or source.doc, path=f"{source.path or source.doc}!{name}")
