"""Views for reading a ledger file with any SQLite program: what is packed in one cell stands a row each.

They have the names and columns of the exports' tables (``export/tables.yaml``), less what only Python can work out.
PostgreSQL has none: what reads a server's ledger is ``communique sql``.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

# Places of fields in the packed ``body`` of a move and of a thread, as they were when this migration was written.
MOVE = {"actors": 3, "targets": 4, "reports": 10, "said_by": 15, "contested": 16, "disputes": 17}
THREAD = {"root": 1, "rests_on": 5, "moves": 6, "links": 7, "actors": 8, "disputes": 14}


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for views in (_of_pages(), _of_events(), _of_moves(), _of_threads(), _of_the_rest()):
        for name, query in views.items():
            op.get_bind().exec_driver_sql(f"CREATE VIEW {name} AS {query}")


def _day(ordinal: str) -> str:
    """A proleptic ordinal as YYYY-MM-DD: day 1 is the Julian day 1721425.5."""
    return f"date({ordinal} + 1721424.5)"


def _inside(table: str, body: str, place: object) -> str:
    """A table with a row for each value of a list that is packed in it: ``x.key`` from 0, ``x.value``."""
    return f"{table}, json_each({table}.{body}, '$[{place}]') x"


def _of_pages() -> dict[str, str]:
    return {
        "articles": """
SELECT p.key AS article, p.digest, p.url, p.doc AS document, a.outlet, a.title, a.byline, a.published, a.dateline,
a.credit, a.language, p.fetched FROM page p JOIN article a ON a.page_id = p.id""",
        "sources": """
SELECT a.outlet AS source, count(*) AS articles, sum(e.n) AS events, min(a.published) AS first,
max(a.published) AS last FROM article a
JOIN (SELECT p.id, (SELECT count(*) FROM event e WHERE e.page_id = p.id) AS n FROM page p) e ON e.id = a.page_id
WHERE a.outlet IS NOT NULL GROUP BY a.outlet""",
    }


def _of_events() -> dict[str, str]:
    packed = "FROM event e, json_each(e.detail, '$.{}') x"
    return {
        "events": """
SELECT e.key AS event, p.key AS article, e.position AS number, e.type, e.mode, e.about, e.date, e.place, e.status,
p.key || '-' || e.answers AS answers, e.quote, e.start, e."end", e.confidence, m.key AS move, t.key AS thread,
e.coder, e.coder_version, e.codebook_version
FROM event e JOIN page p ON p.id = e.page_id LEFT JOIN report r ON r.event_id = e.id
LEFT JOIN move m ON m.id = r.move_id LEFT JOIN thread t ON t.id = m.thread_id""",
        "event_actors": """
SELECT e.key AS event, x.side, x.position, x.actor, x.name FROM event_actor x JOIN event e ON e.id = x.event_id""",
        "terms": f"""
SELECT e.key AS event, x.key AS position, x.value ->> 0 AS role, x.value ->> 1 AS actor, x.value ->> 4 AS quote,
x.value ->> 2 AS start, x.value ->> 3 AS "end" {packed.format("terms")}""",
        "attributions": f"""
SELECT e.key AS event, x.key AS position, x.value AS source {packed.format("according_to")}""",
        "evidence": f"""
SELECT key AS event, 0 AS position, quote, start, "end" FROM event UNION ALL
SELECT e.key, x.key + 1, x.value ->> 2, x.value ->> 0, x.value ->> 1 {packed.format("mentions")}""",
    }


def _of_moves() -> dict[str, str]:
    def listed(name: str) -> str:
        return _inside("move", "body", MOVE[name])

    return {
        "moves": f"""
SELECT m.key AS move, t.key AS thread, m.type, m.mode, m.about, m.date, {_day("m.since")} AS since,
{_day("m.until")} AS until, m.status, m.quote, m.reports, m.outlets, m.sources AS independent_sources, m.disputed
FROM move m LEFT JOIN thread t ON t.id = m.thread_id""",
        "move_actors": f"""
SELECT move.key AS move, 'source' AS side, x.key AS position, x.value AS actor FROM {listed("actors")} UNION ALL
SELECT move.key, 'target', x.key, x.value FROM {listed("targets")}""",
        "move_reports": f"""
SELECT move.key AS move, x.value AS event,
x.value IN (SELECT value FROM json_each(move.body, '$[{MOVE["contested"]}]')) AS contests FROM {listed("reports")}""",
        "move_sources": f"""
SELECT move.key AS move, x.key AS position, x.value AS source FROM {listed("said_by")}""",
        "disputes": f"{_disputes('move', MOVE)} UNION ALL {_disputes('thread', THREAD)}",
    }


def _disputes(table: str, at: dict[str, int]) -> str:
    def joined(place: int) -> str:
        return f"(SELECT group_concat(value, ' | ') FROM json_each(s.value, '$[{place}]'))"

    return f"""
SELECT {table}.key AS subject, x.key AS point, x.value ->> 0 AS kind, s.key AS side_number, s.value ->> 0 AS says,
{joined(1)} AS sources, {joined(2)} AS reports
FROM {_inside(table, "body", at["disputes"])}, json_each(x.value, '$[1]') s WHERE {table}.disputed"""


def _of_threads() -> dict[str, str]:
    def listed(name: str) -> str:
        return _inside("thread", "body", THREAD[name])

    return {
        "threads": f"""
SELECT key AS thread, body ->> {THREAD["root"]} AS root, matter, outcome, outcome_date, {_day("since")} AS since,
{_day("until")} AS until, moves, outlets, sources AS independent_sources, disputed FROM thread""",
        "thread_moves": f"""
SELECT thread.key AS thread, x.key AS position, x.value AS move,
x.value IN (SELECT value FROM json_each(thread.body, '$[{THREAD["rests_on"]}]')) AS decides FROM {listed("moves")}""",
        "thread_actors": f"""
SELECT thread.key AS thread, x.key AS position, x.value AS actor FROM {listed("actors")}""",
        "answers": f"""
SELECT thread.key AS thread, x.value ->> 0 AS move, x.value ->> 1 AS "to", x.value ->> 2 AS kind,
x.value ->> 3 AS score FROM {listed("links")}""",
    }


def _of_the_rest() -> dict[str, str]:
    return {
        "actors": """
SELECT a.id AS actor, coalesce((SELECT n.name FROM actor_name n WHERE n.actor = a.id AND n.events > 0
ORDER BY n.events DESC, n.name DESC LIMIT 1), a.id) AS name, a.made, a.received FROM actor a
WHERE a.made + a.received > 0""",
        "decisions": """
SELECT row_number() OVER (ORDER BY id) AS decision, who, subject, target, other, judgement, field,
nullif(value, 'null') AS value, nullif(note, '') AS note, decided, withdrawn FROM decision""",
    }
