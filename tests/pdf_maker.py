"""Makes a PDF with a text layer, so that tests need no file and no other library."""

from __future__ import annotations


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF of these pages of lines (Western letters only), set in Helvetica, one line below the other."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, rows in enumerate(pages):
        drawn = _drawn(rows)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1200 800] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _file(objects)


def _drawn(rows: list[str]) -> bytes:
    """The drawing orders of a page: one text object, a line down for each row."""
    shown = (row.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for row in rows)
    lines = " ".join(f"({row}) Tj 0 -18 Td" for row in shown)
    return f"BT /F1 11 Tf 60 740 Td {lines} ET".encode("cp1252", "replace")


def _file(objects: list[bytes]) -> bytes:
    """The objects, numbered from 1, with the table that says where each begins."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
