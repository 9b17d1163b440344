"""What an export asks of a folder of batch Parquet, in DuckDB's SQL, over the views ``article``, ``event``, ``page``.

``page`` names each coded page once, with the shard that it counts in. VARCHARs compare by their bytes, as in a ledger.
"""

from __future__ import annotations

from pathlib import Path

from communique.batch.linking_tables import schemas

_ARTICLE = "FROM article a JOIN page p ON a.key = p.key AND a.shard = p.shard"
_EVENT = "FROM event e JOIN page p ON e.page = p.key AND e.shard = p.shard"
PAGES = (
    "SELECT a.key, a.digest, a.url, a.doc, a.outlet, a.title, a.byline, a.published, a.dateline, a.credit, a.language,"
    f" a.fetched {_ARTICLE} ORDER BY a.key"
)
WHOLE_PAGES = f"SELECT a.* {_ARTICLE} ORDER BY a.key"
EVENTS = f"""
SELECT e.*, e.position AS number, t.move, t.thread, t.matter, t.outcome {_EVENT} LEFT JOIN telling t ON t.event = e.key
ORDER BY e.page, e.position
"""
_SIDES = (
    "(SELECT id, list({dispute: dispute, kind: kind, says: says, sources: sources, reports: reports, words: words}"
    " ORDER BY dispute, place) AS disputes FROM dispute GROUP BY id)"
)
_LINKS = """
(SELECT m.thread, list({'move': l.move, 'to': l."to", 'kind': l.kind, 'score': l.score}
    ORDER BY l.move, l."to", l.kind) AS links FROM link l JOIN move m ON m.id = l.move GROUP BY m.thread)
"""
MOVES = f"SELECT m.*, d.disputes FROM move m LEFT JOIN {_SIDES} d ON d.id = m.id ORDER BY m.id"
THREADS = (
    f"SELECT t.*, d.disputes, k.links FROM thread t LEFT JOIN {_SIDES} d ON d.id = t.id"
    f" LEFT JOIN {_LINKS} k ON k.thread = t.id ORDER BY t.id"
)
PARTIES = f"""
WITH named AS (SELECT unnest(list_concat(e.sources, e.targets)) AS party {_EVENT}),
counted AS (SELECT party.id AS id, party.name AS name, count(*) AS events FROM named GROUP BY ALL),
called AS (SELECT id, arg_max(name, (events, name)) AS name FROM counted GROUP BY id),
sides AS (SELECT unnest(list_distinct(sources)) AS id, 1 AS made, 0 AS received FROM move
    UNION ALL SELECT unnest(list_distinct(targets)), 0, 1 FROM move),
summed AS (SELECT id, sum(made)::BIGINT AS made, sum(received)::BIGINT AS received FROM sides GROUP BY id)
SELECT coalesce(c.id, s.id) AS id, c.name, s.made, s.received FROM called c FULL JOIN summed s ON s.id = c.id ORDER BY 1
"""
SOURCES = f"""
SELECT a.outlet, count(*) AS pages, sum(a.events)::BIGINT AS events, min(a.published), max(a.published) {_ARTICLE}
WHERE a.outlet IS NOT NULL GROUP BY a.outlet ORDER BY a.outlet
"""
CODERS = f"SELECT DISTINCT a.coder, a.coder_version, a.codebook_version {_ARTICLE} ORDER BY ALL"

_TYPES = {"string": "VARCHAR", "list<element: string>": "VARCHAR[]", "list<item: string>": "VARCHAR[]",
          "date32[day]": "DATE", "double": "DOUBLE", "int32": "INTEGER"}  # fmt: skip


def prepared(folder: Path) -> list[str]:
    """Statements that name the tables of linking, empty ones where the folder is not linked."""
    named = [("move", "moves"), ("thread", "threads"), ("link", "links"), ("dispute", "disputes")]
    made = [f"CREATE VIEW {view} AS {_table(folder, name)}" for view, name in named]
    told = (
        "CREATE TABLE telling AS SELECT unnest(m.reports) AS event, m.id AS move, m.thread, t.matter, t.outcome"
        " FROM move m LEFT JOIN thread t ON t.id = m.thread"
    )
    return [*made, told]


def _table(folder: Path, name: str) -> str:
    """A table of linking, with the place of each row in its file."""
    path = folder / f"{name}.parquet"
    if path.is_file():
        quoted = str(path).replace("'", "''")
        return f"SELECT *, file_row_number AS place FROM read_parquet('{quoted}', file_row_number = true)"
    columns = (f'NULL::{_TYPES[str(field.type)]} AS "{field.name}"' for field in schemas()[name])
    return f"SELECT {', '.join(columns)}, 0 AS place WHERE false"
