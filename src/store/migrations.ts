/** The database's history: each entry takes it one version further. Never edited, only added to. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE replies (
    key TEXT PRIMARY KEY,
    reply TEXT NOT NULL,
    kept_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
  ) WITHOUT ROWID;
  CREATE TABLE chapters (
    id TEXT PRIMARY KEY,
    chapter TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    chapter TEXT NOT NULL,
    judge TEXT NOT NULL,
    model TEXT,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT
  );
  CREATE TABLE grades (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id),
    chapter TEXT NOT NULL,
    member TEXT NOT NULL,
    question INTEGER NOT NULL,
    attempt TEXT NOT NULL,
    grade TEXT NOT NULL
  );
  CREATE INDEX grades_by_chapter ON grades (chapter, id);
  `,
  `
  CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    chapter TEXT NOT NULL,
    review TEXT NOT NULL
  );
  CREATE INDEX reviews_by_chapter ON reviews (chapter, id);
  CREATE INDEX grades_by_run ON grades (run, id);
  `,
  `
  ALTER TABLE replies ADD COLUMN times_kept INTEGER NOT NULL DEFAULT 1;
  CREATE TABLE reply_claims (
    key TEXT PRIMARY KEY,
    run TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE claiming_runs (
    run TEXT PRIMARY KEY,
    beat_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    base_url TEXT NOT NULL,
    label TEXT NOT NULL UNIQUE,
    planned_at TEXT NOT NULL,
    requests INTEGER NOT NULL,
    file_id TEXT,
    batch_id TEXT,
    state TEXT NOT NULL,
    counts TEXT,
    outcome TEXT
  );
  CREATE TABLE batch_requests (
    batch INTEGER NOT NULL REFERENCES batches (id),
    key TEXT NOT NULL,
    PRIMARY KEY (key, batch)
  ) WITHOUT ROWID;
  CREATE INDEX batch_requests_by_batch ON batch_requests (batch);
  `,
];
