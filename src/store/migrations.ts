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
];
