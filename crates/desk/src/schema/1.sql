-- What must not be lost ------------------------------------------------------------------------------------------------

-- Bytes as they came, one document each; they lie in originals/ab/cdef… by SHA-256.
CREATE TABLE original (
    hash TEXT PRIMARY KEY,
    n_bytes INTEGER NOT NULL,
    added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where an original was found, and what its container said of it (JSON: id, charset, is_html, declared).
CREATE TABLE sighting (
    original TEXT NOT NULL REFERENCES original (hash),
    location TEXT NOT NULL,
    envelope TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (original, location)
) STRICT, WITHOUT ROWID;

-- What people decided. Rows are only added; undoing one is another.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    what TEXT NOT NULL,
    undone_by INTEGER REFERENCES decision (id)
) STRICT;

-- What is derived ------------------------------------------------------------------------------------------------------

CREATE TABLE story (
    ix INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    line TEXT NOT NULL,
    title TEXT,
    renamed TEXT,
    first_day TEXT,
    last_day TEXT,
    n_reports INTEGER NOT NULL DEFAULT 0,
    n_origins INTEGER NOT NULL DEFAULT 0,
    n_facts INTEGER NOT NULL DEFAULT 0,
    -- Raised whenever its reports or a decision about them change; facts are those of version `weighed`.
    version INTEGER NOT NULL DEFAULT 1,
    weighed INTEGER NOT NULL DEFAULT 0,
    changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX story_listed ON story (last_day DESC, n_reports DESC, id);
CREATE INDEX story_dirty ON story (ix) WHERE weighed <> version;

-- Names that stories had before they became part of another.
CREATE TABLE story_alias (
    id TEXT PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (ix)
) STRICT, WITHOUT ROWID;

CREATE INDEX story_alias_story ON story_alias (story);

CREATE TABLE report (
    ix INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- SHA-256 of what it says and who published it when: the same report from another place is the same.
    content TEXT NOT NULL UNIQUE,
    original TEXT NOT NULL REFERENCES original (hash),
    -- Which report of its original, from 0.
    ordinal INTEGER NOT NULL,
    location TEXT NOT NULL,
    -- Its id before it was made unique on the desk.
    base_id TEXT NOT NULL,
    -- The earlier report from the same location, when what is found there has changed.
    version_of INTEGER REFERENCES report (ix),
    title TEXT,
    outlet TEXT,
    day TEXT,
    lang TEXT,
    n_words INTEGER NOT NULL,
    -- Set within the transaction that adds the report.
    story INTEGER NOT NULL REFERENCES story (ix) DEFERRABLE INITIALLY DEFERRED,
    because TEXT NOT NULL,
    engine TEXT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (original, ordinal)
) STRICT;
CREATE INDEX report_story ON report (story);
CREATE INDEX report_place ON report (location, base_id);
CREATE INDEX report_listed ON report (day DESC, id);
CREATE INDEX report_outlet ON report (outlet, day);

-- The whole record of stages 1 to 3, packed.
CREATE TABLE record (
    report INTEGER PRIMARY KEY REFERENCES report (ix),
    packed BLOB NOT NULL
) STRICT;

-- By what a report is found by another: fingerprints of its wording, and the words that say most of it.
CREATE TABLE print (
    hash INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (hash, report)
) STRICT, WITHOUT ROWID;
CREATE TABLE term (
    stem INTEGER NOT NULL,
    day INTEGER NOT NULL,
    report INTEGER NOT NULL,
    weight REAL NOT NULL,
    PRIMARY KEY (stem, day, report)
) STRICT, WITHOUT ROWID;

-- Who is named in a report, as a rule by whom the reports call so.
CREATE TABLE actor (
    ix INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT;
CREATE TABLE report_actor (
    actor INTEGER NOT NULL REFERENCES actor (ix),
    report INTEGER NOT NULL REFERENCES report (ix),
    n_mentions INTEGER NOT NULL,
    PRIMARY KEY (actor, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_actor_report ON report_actor (report);

-- A story as weighed: relations, claims, the account; packed.
CREATE TABLE weighed (
    story INTEGER PRIMARY KEY REFERENCES story (ix),
    version INTEGER NOT NULL,
    packed BLOB NOT NULL
) STRICT;

CREATE TABLE fact (
    ix INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    story INTEGER NOT NULL REFERENCES story (ix),
    -- Place in the story, 0 the weightiest.
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    verdict TEXT NOT NULL,
    realis TEXT,
    n_origins INTEGER NOT NULL,
    -- When it happened or was said, TIMEX3 value as stated.
    date TEXT,
    -- The first day a report tells it on.
    told_on TEXT,
    spot TEXT,
    fact TEXT NOT NULL,
    -- 1 when a person said that it is wrong.
    is_wrong INTEGER NOT NULL DEFAULT 0,
    row TEXT NOT NULL
) STRICT;
CREATE INDEX fact_story ON fact (story, place);
CREATE INDEX fact_listed ON fact (told_on DESC, story, place, is_wrong);

CREATE TABLE fact_actor (
    actor INTEGER NOT NULL REFERENCES actor (ix),
    fact INTEGER NOT NULL REFERENCES fact (ix),
    role TEXT NOT NULL,
    PRIMARY KEY (actor, fact, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_actor_fact ON fact_actor (fact);

CREATE TABLE fact_report (
    report INTEGER NOT NULL REFERENCES report (ix),
    fact INTEGER NOT NULL REFERENCES fact (ix),
    PRIMARY KEY (report, fact)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_report_fact ON fact_report (fact);

-- Entries of the ledgers, with the row other programs read.
CREATE TABLE entry (
    ix INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (ix),
    place INTEGER NOT NULL,
    -- positions, schedule, figures, offices, quotes
    ledger TEXT NOT NULL,
    fact INTEGER REFERENCES fact (ix),
    actor TEXT,
    day TEXT,
    n_origins INTEGER NOT NULL,
    row TEXT NOT NULL
) STRICT;
CREATE INDEX entry_fact ON entry (fact);
CREATE INDEX entry_story ON entry (story, ledger, place);
CREATE INDEX entry_listed ON entry (ledger, day DESC, story, place);
CREATE INDEX entry_agenda ON entry (ledger, day, story, place) WHERE ledger = 'schedule';
CREATE INDEX entry_actor ON entry (ledger, actor);

-- What happened on the desk, in the order it happened. Numbers are never used again.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    story TEXT NOT NULL,
    subject TEXT NOT NULL,
    row TEXT NOT NULL
) STRICT;
CREATE INDEX event_story ON event (story, seq);

-- Full text, without the text itself: that stands in the records.
CREATE VIRTUAL TABLE report_text USING fts5 (
    title, text, outlet, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE fact_text USING fts5 (
    fact, actor, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
