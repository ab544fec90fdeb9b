-- How holes came back, version 3: what decides by which protection they travel.
CREATE TABLE survival (
    provider TEXT NOT NULL,     -- name, model and version: another version is measured anew
    model TEXT NOT NULL,
    version TEXT NOT NULL,
    pair TEXT NOT NULL,
    protection TEXT NOT NULL,   -- typed, tags, html, tokens, plain
    holes INTEGER NOT NULL,     -- sent in whole sentences; of the last about two thousand
    kept INTEGER NOT NULL,      -- of them, those that came back once
    PRIMARY KEY (provider, model, version, pair, protection)
) STRICT, WITHOUT ROWID;
