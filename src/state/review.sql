-- What editors do, version 2.

-- Articles that an editor has changed something for: the next run does them again.
CREATE TABLE reopened (
    folder TEXT NOT NULL,       -- folder and id as in `articles`
    id TEXT NOT NULL,
    change INTEGER NOT NULL,    -- counts the changes; a run strikes out the one that it has seen
    PRIMARY KEY (folder, id)
) STRICT, WITHOUT ROWID;

-- Articles that an editor has called ready, as they read then.
CREATE TABLE ready (
    folder TEXT NOT NULL,
    article TEXT NOT NULL,      -- as reports call it
    text TEXT NOT NULL,         -- digest of the translation
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (folder, article)
) STRICT, WITHOUT ROWID;
