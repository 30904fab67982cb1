CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Values sealed by the master key.
CREATE TABLE secret (
    area TEXT NOT NULL,
    name TEXT NOT NULL,
    master BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (area, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE provision (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    -- Keyed hash of envelope and contents: the idempotency key. NULL once an original is erased.
    identity BLOB UNIQUE CHECK (length(identity) = 32),
    lane INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    -- Items that came with it.
    items INTEGER NOT NULL
) STRICT;

-- One file each. Without wrapped key (and name) it is erased.
CREATE TABLE evidence (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    provision INTEGER NOT NULL REFERENCES provision (number),
    position INTEGER NOT NULL,
    retention INTEGER NOT NULL,
    size INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    name BLOB UNIQUE CHECK (length(name) = 32),
    master BLOB,
    wrapped BLOB,
    CHECK ((name IS NULL) = (wrapped IS NULL) AND (master IS NULL) = (wrapped IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX evidence_of ON evidence (provision, position);

-- Key of a provision's documents in one retention class; provision 0 is the hub itself.
CREATE TABLE document_key (
    provision INTEGER NOT NULL,
    retention INTEGER NOT NULL,
    master BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (provision, retention)
) STRICT, WITHOUT ROWID;

-- The log. Rows are never changed but for the end of their body.
CREATE TABLE entry (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL CHECK (length(id) = 16),
    provision INTEGER REFERENCES provision (number),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    lane INTEGER NOT NULL,
    retention INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    body BLOB
) STRICT;
CREATE INDEX entry_in_lane ON entry (kind, lane, position);
CREATE INDEX entry_of_provision ON entry (provision, kind) WHERE provision IS NOT NULL;
CREATE INDEX entry_of_subject ON entry (kind, subject) WHERE subject <> '';

CREATE TABLE cursor (
    step TEXT NOT NULL,
    lane INTEGER NOT NULL,
    input TEXT NOT NULL,
    position INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    PRIMARY KEY (step, lane)
) STRICT, WITHOUT ROWID;

CREATE TABLE put_off (
    step TEXT NOT NULL,
    lane INTEGER NOT NULL,
    position INTEGER NOT NULL REFERENCES entry (position),
    attempts INTEGER NOT NULL,
    given_up INTEGER NOT NULL CHECK (given_up IN (0, 1)),
    reason TEXT NOT NULL,
    PRIMARY KEY (step, lane, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    idx INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX journal_actor ON journal (actor);
CREATE INDEX journal_subject ON journal (subject);

-- Complete subtrees of the journal's Merkle tree; level 0 are the leaves.
CREATE TABLE journal_node (
    level INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

-- The newest checkpoint, and one of each start of the hub.
CREATE TABLE checkpoint (
    size INTEGER NOT NULL,
    head INTEGER NOT NULL CHECK (head IN (0, 1)),
    note TEXT NOT NULL,
    PRIMARY KEY (head, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    provision BLOB NOT NULL CHECK (length(provision) = 16),
    classes INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
