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
  `
  ALTER TABLE batches ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE TABLE attempts (
    chapter TEXT NOT NULL,
    submission INTEGER NOT NULL,
    place INTEGER NOT NULL,
    member TEXT NOT NULL,
    question INTEGER NOT NULL,
    status TEXT NOT NULL,
    attempt TEXT,
    answer_hash TEXT,
    PRIMARY KEY (chapter, submission, place)
  ) WITHOUT ROWID;
  CREATE TABLE answers (
    chapter TEXT NOT NULL,
    answer_hash TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (chapter, answer_hash)
  ) WITHOUT ROWID;
  INSERT INTO attempts
    SELECT chapters.id, submission.key, coalesce(attempt.key, 0), submission.value ->> '$.member',
      submission.value ->> '$.question', submission.value ->> '$.status', attempt.value ->> '$.kind',
      attempt.value ->> '$.answerHash'
    FROM chapters, json_each(chapters.chapter, '$.submissions') AS submission
      LEFT JOIN json_each(submission.value, '$.attempts') AS attempt;
  INSERT OR REPLACE INTO answers
    SELECT chapters.id, attempt.value ->> '$.answerHash', attempt.value ->> '$.text'
    FROM chapters, json_each(chapters.chapter, '$.submissions') AS submission,
      json_each(submission.value, '$.attempts') AS attempt
    WHERE attempt.value ->> '$.text' <> '';
  UPDATE chapters SET chapter = json_remove(chapter, '$.submissions');
  DROP INDEX grades_by_chapter;
  CREATE INDEX grades_summary ON grades (
    chapter, id, run, member, question, attempt, grade ->> '$.answerHash', grade ->> '$.score',
    json_extract(
      grade, '$.state', '$.ungradedReason', '$.flags', '$.needsReview', '$.reviewReasons', '$.similarTo', '$.judge',
      '$.referenceHash', '$.criteriaHash'
    )
  );
  CREATE INDEX grades_by_answer ON grades (chapter, member, question, id);
  `,
  // Rows of their size make a slow tree when they stand in it themselves.
  `
  ALTER TABLE replies RENAME TO replies_in_tree;
  CREATE TABLE replies (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    reply TEXT NOT NULL,
    kept_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    times_kept INTEGER NOT NULL DEFAULT 1
  );
  INSERT INTO replies (key, reply, kept_at, times_kept) SELECT key, reply, kept_at, times_kept FROM replies_in_tree;
  DROP TABLE replies_in_tree;
  `,
  // Whatever grades a question unsettles it, and a reply in place of another may be to any; nobody can forget to.
  `
  CREATE TABLE settled_questions (
    chapter TEXT NOT NULL,
    question INTEGER NOT NULL,
    basis TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (id),
    PRIMARY KEY (chapter, question)
  ) WITHOUT ROWID;
  CREATE TABLE questions_taken_over (
    run INTEGER NOT NULL REFERENCES runs (id),
    question INTEGER NOT NULL,
    origin INTEGER NOT NULL REFERENCES runs (id),
    PRIMARY KEY (run, question)
  ) WITHOUT ROWID;
  CREATE TRIGGER unsettle AFTER INSERT ON grades BEGIN
    DELETE FROM settled_questions WHERE chapter = NEW.chapter AND question = NEW.question;
  END;
  CREATE TRIGGER unsettle_all AFTER UPDATE OF reply ON replies WHEN OLD.reply <> NEW.reply BEGIN
    DELETE FROM settled_questions;
  END;
  `,
  `
  CREATE TABLE uploads (
    id INTEGER PRIMARY KEY,
    chapter TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    file TEXT NOT NULL,
    uploaded_at TEXT NOT NULL,
    document TEXT NOT NULL
  );
  CREATE TABLE requested_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chapter TEXT NOT NULL,
    options TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    totals TEXT,
    failure TEXT
  );
  CREATE INDEX requested_runs_by_chapter ON requested_runs (chapter, id);
  CREATE INDEX requested_runs_open ON requested_runs (id) WHERE state IN ('queued', 'running');
  `,
  `
  ALTER TABLE requested_runs ADD COLUMN is_stop_asked INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE requested_runs ADD COLUMN spent TEXT;
  ALTER TABLE uploads ADD COLUMN source TEXT;
  `,
  // A chapter has one run at a time, whoever asks for it. Should there be more, the first goes on.
  `
  UPDATE requested_runs SET state = 'stopped', finished_at = created_at, is_stop_asked = 1
    WHERE state IN ('queued', 'running') AND id NOT IN (
      SELECT min(id) FROM requested_runs WHERE state IN ('queued', 'running') GROUP BY chapter
    );
  CREATE UNIQUE INDEX requested_runs_one_open ON requested_runs (chapter) WHERE state IN ('queued', 'running');
  CREATE TABLE run_plans (
    run INTEGER PRIMARY KEY,
    plan TEXT NOT NULL,
    spent_usd REAL NOT NULL DEFAULT 0,
    next_turn_at REAL NOT NULL DEFAULT 0
  );
  CREATE TABLE run_portions (
    run INTEGER NOT NULL REFERENCES run_plans (run),
    portion INTEGER NOT NULL,
    places TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    is_taken_up INTEGER NOT NULL DEFAULT 0,
    reserved_usd REAL NOT NULL DEFAULT 0,
    outcome TEXT,
    PRIMARY KEY (run, portion)
  ) WITHOUT ROWID;
  `,
];
