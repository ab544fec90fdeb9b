-- The state of a pipeline, version 1. Times are UTC, ISO 8601.

-- Every `anubad run` that began.
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    ended TEXT,                 -- NULL while it lasts, or where it was killed
    status TEXT,                -- done, interrupted, budget, failed, killed (told by the next run), serving
    process TEXT NOT NULL,      -- process, host and version
    written INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The job ledger: what became of every article, as of its last run.
CREATE TABLE articles (
    folder TEXT NOT NULL,       -- the output folder, as configured
    id TEXT NOT NULL,
    input TEXT NOT NULL,        -- digest of its bytes; empty where it could not be read
    seen TEXT NOT NULL,         -- size and times of its file when it was read
    settings TEXT NOT NULL,     -- fingerprint of everything else that decides the output
    state TEXT NOT NULL CHECK (state IN ('done', 'held', 'failed', 'given-up')),
    attempts INTEGER NOT NULL,  -- failures in a row with this input and these settings
    cause TEXT,                 -- why it failed
    outputs TEXT NOT NULL,      -- JSON: path, digest, size and times of each file
    report TEXT NOT NULL,       -- JSON: its entry in report.json
    run INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (folder, id)
) STRICT, WITHOUT ROWID;

-- The translation memory: drafts of providers, and what a person approved.
CREATE TABLE memory (
    entry INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,      -- of the key, to find it fast; the key decides
    key TEXT NOT NULL,          -- JSON: everything that the draft depends on
    kind TEXT NOT NULL CHECK (kind IN ('draft', 'approved')),
    pair TEXT NOT NULL,
    provider TEXT NOT NULL,     -- who wrote it, or who approved it
    source TEXT NOT NULL,       -- as a person reads it
    target TEXT NOT NULL,
    draft TEXT NOT NULL,        -- JSON: the pieces of the target
    added TEXT NOT NULL
) STRICT;
CREATE INDEX memory_hash ON memory (hash);

-- Words of the sources, for similar sentences. Vowel signs belong to words.
CREATE VIRTUAL TABLE memory_words USING fts5 (
    source, content = 'memory', content_rowid = 'entry', detail = 'none', columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
);
CREATE VIRTUAL TABLE memory_vocabulary USING fts5vocab (memory_words, 'row');
CREATE TRIGGER memory_added AFTER INSERT ON memory BEGIN
    INSERT INTO memory_words (rowid, source) VALUES (new.entry, new.source);
END;
CREATE TRIGGER memory_removed AFTER DELETE ON memory BEGIN
    INSERT INTO memory_words (memory_words, rowid, source) VALUES ('delete', old.entry, old.source);
END;
CREATE TRIGGER memory_changed AFTER UPDATE OF source ON memory BEGIN
    INSERT INTO memory_words (memory_words, rowid, source) VALUES ('delete', old.entry, old.source);
    INSERT INTO memory_words (rowid, source) VALUES (new.entry, new.source);
END;

-- The name ledger: names without a glossary entry, and how they were rendered.
CREATE TABLE names (
    pair TEXT NOT NULL,
    source TEXT NOT NULL,       -- the name as the source has it, without an ending
    kind TEXT NOT NULL,         -- person, place, organisation ...
    rendering TEXT NOT NULL,
    origin TEXT NOT NULL,       -- where the rendering comes from: rules, a provider's name ...
    count INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    approved_by TEXT,
    approved_at TEXT,
    PRIMARY KEY (pair, source, kind, rendering)
) STRICT, WITHOUT ROWID;

-- What was sent to whom, and what it cost. A row is written before its call.
CREATE TABLE spend (
    entry INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    day TEXT NOT NULL,
    run INTEGER,
    article TEXT,
    provider TEXT NOT NULL,
    segments INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    nanos INTEGER NOT NULL,     -- billionths of the currency's unit
    currency TEXT NOT NULL,     -- empty where the provider has no price
    state TEXT NOT NULL CHECK (state IN ('sent', 'answered', 'unanswered'))
) STRICT;
CREATE INDEX spend_day ON spend (day);
