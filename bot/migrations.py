"""The schema of the memory, step by step: a database at version n has had the first n steps, each once."""

Step = tuple[str, ...]


def _month_alone(begins: str) -> str:
    """Turns the day behind `begins` in a stored session into the first of its month."""
    found, value = f"{{position}}(state, '{begins}')", len(begins)
    before, behind = f"substr(state, 1, {found} + {value + 7})", f"substr(state, {found} + {value + 10})"
    return f"UPDATE session SET state = {before} || '01' || {behind} WHERE state LIKE '%{begins}____-__-__\"%'"


SCHEMA: tuple[Step, ...] = (
    ("CREATE TABLE IF NOT EXISTS session (chat TEXT PRIMARY KEY, state TEXT NOT NULL)",),
    (
        "ALTER TABLE session ADD COLUMN seen TEXT NOT NULL DEFAULT '{today}'",
        "CREATE INDEX session_seen ON session (seen)",
        "CREATE TABLE handled (event TEXT PRIMARY KEY, day TEXT NOT NULL)",
        "CREATE INDEX handled_day ON handled (day)",
        "CREATE TABLE outbox (id {serial}, chat TEXT NOT NULL, event TEXT NOT NULL, reply TEXT NOT NULL, "
        "day TEXT NOT NULL, leased_until {seconds} NOT NULL DEFAULT 0)",
        "CREATE INDEX outbox_chat ON outbox (chat)",
        "CREATE TABLE unanswered (id {serial}, day TEXT NOT NULL, lang TEXT NOT NULL, kind TEXT NOT NULL, "
        "question TEXT NOT NULL)",
        "CREATE TABLE counter (day TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, "
        "PRIMARY KEY (day, name))",
        "CREATE TABLE pause (lang TEXT PRIMARY KEY, note TEXT NOT NULL, since TEXT NOT NULL)",
    ),
    # Of a birth only the month is kept; sessions were written with blanks behind colons and, at first, without.
    (_month_alone('"child_born": "'), _month_alone('"child_born":"')),
)
"""`{today}` is the day of the migration, `{serial}` and `{seconds}` are the database's own types, `{position}` its
function for the place of a text in another one."""

VERSION = len(SCHEMA)


class NewerSchema(RuntimeError):
    """The database was written by a newer program: using it could lose data."""


def steps_from(version: int, **types: str) -> list[str]:
    """The statements that bring a database from `version` to VERSION. NewerSchema where it is beyond that."""
    if version > VERSION:
        raise NewerSchema(f"its schema is version {version}, this program knows versions up to {VERSION}: update it")
    return [statement.format_map(types) for step in SCHEMA[version:] for statement in step]
