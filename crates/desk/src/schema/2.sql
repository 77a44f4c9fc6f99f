-- Which desk this is. A copy is the same desk; alerts carry it, so that who hears of several can tell them apart.
INSERT OR IGNORE INTO meta (key, value) VALUES ('identity', lower(hex(randomblob(16))));

-- What programs remember from one run to the next, by a name of their own: what a watch has seen, which alerts were sent.
-- It cannot be made again, but nothing of the desk depends on it: without it pages are asked for and alerts sent once more.
CREATE TABLE memory (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    kept_at TEXT NOT NULL
) STRICT;
