import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { standingOf } from '../../src/app/standing.ts';
import { StoreError } from '../../src/core/errors.ts';
import { machineSummary } from '../../src/core/grade-summary.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { StoredChapter } from '../../src/store/store.ts';
import { sampleGrade } from '../helpers/sample-material.ts';
import { chapterOutline, describeStore, sampleReview, sampleRun, storedChapter } from './store-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'answer-grader-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function newFile(): string {
  count += 1;
  return join(folder, `grades-${count}.db`);
}

/** Looks into a database behind the store's back. */
function look<T>(path: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const versionOf = (path: string) => look(path, (database) => database.prepare('PRAGMA user_version').get());

function errorOf(work: () => unknown): StoreError {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('expected a StoreError');
}

describeStore('SQLite store', () => openSqliteStore(newFile()));

describe('SQLite file', () => {
  let file: string;
  beforeEach(() => {
    file = newFile();
  });

  it('keeps everything from one opening to the next', () => {
    const first = openSqliteStore(file);
    first.saveChapter(storedChapter());
    const run = first.startRun(sampleRun);
    first.addGrades(run, [sampleGrade()]);
    first.finishRun(run, 'finished', '2026-11-01T00:01:00.000Z');
    first.keepReplies([['key', 'reply']]);
    first.addReview(sampleReview());
    first.close();

    const second = openSqliteStore(file);
    expect(second.chapters()).toEqual([chapterOutline()]);
    expect(second.answerText('03장-인덱스', 'hash-1')).toBe('전부 되거나 전부 안 된다.');
    expect(second.gradesOf('03장-인덱스')).toEqual([sampleGrade()]);
    expect(second.findReply('key')).toBe('reply');
    expect(second.reviewsOf('03장-인덱스')).toEqual([sampleReview()]);
    expect([...second.summariesOfRun(run)].map(({ id }) => second.grade(id))).toEqual([sampleGrade()]);
    expect(second.runs()).toHaveLength(1);
    expect(second.startRun(sampleRun)).toBeGreaterThan(run);
    second.close();
  });

  it('has what was written before it is closed: a killed run loses nothing', () => {
    const writer = openSqliteStore(file);
    writer.keepReplies([['key', 'reply']]);
    writer.addGrades(writer.startRun(sampleRun), [sampleGrade()]);
    const reader = openSqliteStore(file);
    expect(reader.findReply('key')).toBe('reply');
    expect(reader.gradesOf('03장-인덱스')).toEqual([sampleGrade()]);
    reader.close();
    writer.close();
  });

  it('notes each run with its judge and how it ended', () => {
    const store = openSqliteStore(file);
    const [first, second] = [
      store.startRun(sampleRun),
      store.startRun({ ...sampleRun, judge: 'offline', model: null }),
    ];
    store.finishRun(first, 'stopped', '2026-11-01T00:01:00.000Z');
    store.close();
    expect(look(file, (database) => database.prepare('SELECT * FROM runs ORDER BY id').all())).toEqual([
      {
        id: first,
        chapter: '03장-인덱스',
        judge: 'llm',
        model: 'judge-1',
        started_at: '2026-11-01T00:00:00.000Z',
        finished_at: '2026-11-01T00:01:00.000Z',
        outcome: 'stopped',
      },
      {
        id: second,
        chapter: '03장-인덱스',
        judge: 'offline',
        model: null,
        started_at: '2026-11-01T00:00:00.000Z',
        finished_at: null,
        outcome: null,
      },
    ]);
  });

  it.each([
    ['an empty file', () => writeFileSync(file, '')],
    ['a database without tables', () => look(file, (database) => database.exec('VACUUM'))],
  ])('%s is brought from version 0 to the newest', (_name, make) => {
    make();
    openSqliteStore(file).close();
    expect(versionOf(file)).toEqual({ user_version: migrations.length });
    const store = openSqliteStore(file);
    store.keepReplies([['key', 'reply']]);
    expect(store.findReply('key')).toBe('reply');
    store.close();
  });

  describe('of version 1', () => {
    /** A database as the first version left it, with what it kept of a chapter and a grade. */
    function versionOne(): void {
      const {
        similarTo: _similarTo,
        opinions: _opinions,
        spread: _spread,
        stale: _stale,
        override: _override,
        referenceHash: _reference,
        criteriaHash: _criteria,
        judge: { asked: _asked, ...judge },
        ...grade
      } = sampleGrade();
      const {
        rubricFile: _rubricFile,
        rubric: _rubric,
        questions,
        submissions,
        ...chapter
      } = storedChapter();
      const oldChapter = {
        ...chapter,
        questions: questions.map(({ no, text }) => ({ no, text })),
        submissions: submissions.map((submission) => ({
          ...submission,
          attempts: submission.attempts.map(({ kind, answerHash }) => ({ kind, answerHash })),
        })),
      };
      look(file, (database) => {
        database.exec(migrations[0] ?? '');
        database.exec('PRAGMA user_version = 1');
        database.prepare('INSERT INTO chapters VALUES (?, ?)').run(chapter.id, JSON.stringify(oldChapter));
        database
          .prepare('INSERT INTO runs (chapter, judge, model, started_at) VALUES (?, ?, ?, ?)')
          .run(sampleRun.chapter, sampleRun.judge, sampleRun.model, sampleRun.startedAt);
        database
          .prepare(
            'INSERT INTO grades (run, chapter, member, question, attempt, grade) VALUES (1, ?, ?, ?, ?, ?)',
          )
          .run(
            grade.chapter,
            grade.member,
            grade.question,
            grade.attempt,
            JSON.stringify({ ...grade, judge }),
          );
        database.prepare('INSERT INTO replies (key, reply) VALUES (?, ?)').run('key', 'reply');
      });
    }

    it('is brought to the newest, with everything it kept; what was not kept is empty', () => {
      versionOne();
      const store = openSqliteStore(file);
      expect(versionOf(file)).toEqual({ user_version: migrations.length });
      const old = {
        ...sampleGrade({ referenceHash: '', criteriaHash: '' }),
        judge: { ...sampleGrade().judge, asked: ['judge-1-2026'] },
      };
      expect(store.gradesOf('03장-인덱스')).toEqual([old]);
      expect([...store.summariesOfRun(1)].map(({ id, ...summary }) => [store.grade(id), summary])).toEqual([
        [old, machineSummary(old)],
      ]);
      expect(store.chapters()).toEqual([
        {
          ...chapterOutline(),
          rubricFile: null,
          rubric: null,
          questions: [
            {
              no: 2,
              text: '트랜잭션의 원자성이란?',
              modelAnswer: null,
              points: 1,
              referenceHash: '',
              criteriaHash: '',
            },
          ],
          submissions: [
            {
              member: '가람',
              question: 2,
              status: 'answered',
              attempts: [{ kind: 'first', answerHash: 'hash-1' }],
            },
          ],
        },
      ]);
      expect(store.answerText('03장-인덱스', 'hash-1')).toBe('');
      expect(store.runs()).toEqual([{ ...sampleRun, id: 1, finishedAt: null, outcome: null }]);
      expect(store.findReply('key')).toBe('reply');
      store.close();
    });

    it('takes reviews, new grades and runs from then on', () => {
      versionOne();
      const store = openSqliteStore(file);
      store.addReview(sampleReview());
      store.addGrades(store.startRun(sampleRun), [sampleGrade({ score: 12 })]);
      expect(store.reviewsOf('03장-인덱스')).toEqual([sampleReview()]);
      expect(store.gradesOf('03장-인덱스').map(({ score }) => score)).toEqual([70, 12]);
      store.close();
    });

    it('is not marked stale for what it did not note, and keeps its place on the scoreboard', async () => {
      versionOne();
      const store = openSqliteStore(file);
      const [chapter] = store.chapters();
      if (!chapter) throw new Error('the chapter is gone');
      const question = { referenceHash: 'reference-2', criteriaHash: 'criteria-2' };
      const questions = chapter.questions.map((item) => ({ ...item, ...question }));
      const { grades, submissions } = await standingOf({ ...chapter, questions }, store);
      expect(grades).toMatchObject([{ score: 70, stale: [], override: null }]);
      expect(submissions).toMatchObject([{ points: 1 }]);
      store.close();
    });
  });

  it('of the version that kept chapters whole keeps their texts, apart from what is read often', () => {
    const submissions: StoredChapter['submissions'] = [
      { member: '나래', question: 3, status: 'unanswered', attempts: [] },
      {
        member: `O'Brien "가" \\ 👩‍💻`,
        question: 2,
        status: 'answered',
        attempts: [
          { kind: 'first', text: '', answerHash: 'hash-0' },
          { kind: 'revised', text: '고친 "답"\n', answerHash: 'hash-2' },
        ],
      },
      ...storedChapter().submissions,
    ];
    const kept = [storedChapter({ submissions }), storedChapter({ id: '04장', submissions: [] })];
    look(file, (database) => {
      for (const statements of migrations.slice(0, 5)) database.exec(statements);
      database.exec('PRAGMA user_version = 5');
      const save = database.prepare('INSERT INTO chapters VALUES (?, ?)');
      for (const chapter of kept) save.run(chapter.id, JSON.stringify(chapter));
    });
    const store = openSqliteStore(file);
    expect(store.chapters()).toEqual(kept.map(chapterOutline));
    const texts = ['hash-0', 'hash-1', 'hash-2'].map((hash) => store.answerText('03장-인덱스', hash));
    expect(texts).toEqual(['', '전부 되거나 전부 안 된다.', '고친 "답"\n']);
    expect(store.answerText('04장', 'hash-1')).toBe('');
    store.close();
    const records = look(file, (database) => database.prepare('SELECT chapter FROM chapters').all());
    expect(JSON.stringify(records)).not.toContain('전부 되거나');
  });

  it('gives summaries without looking at the grades they are of', () => {
    const asked = vi.spyOn(DatabaseSync.prototype, 'prepare');
    openSqliteStore(file).close();
    const queries = asked.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes('answerHash'));
    vi.restoreAllMocks();
    const planOf = (sql: string) =>
      look(file, (database) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
        .map(({ detail }) => detail)
        .join();
    const plans = queries.map(planOf);
    expect(plans).toEqual([
      'SEARCH grades USING COVERING INDEX grades_summary (chapter=? AND id>?)',
      'SEARCH grades USING INDEX grades_by_answer (chapter=? AND member=? AND question=? AND id>?)',
      'SEARCH grades USING COVERING INDEX grades_summary (chapter=? AND id>?),SCALAR SUBQUERY 1,SEARCH runs USING INTEGER PRIMARY KEY (rowid=?)',
      'SEARCH grades USING COVERING INDEX grades_summary (chapter=? AND id>?),SCALAR SUBQUERY 1,SEARCH runs USING INTEGER PRIMARY KEY (rowid=?),LIST SUBQUERY 2,SEARCH questions_taken_over USING PRIMARY KEY (run=?),CREATE BLOOM FILTER',
    ]);
  });

  it('of a newer program is refused and left as it is', () => {
    openSqliteStore(file).close();
    look(file, (database) => database.exec(`PRAGMA user_version = ${migrations.length + 1}`));
    const error = errorOf(() => openSqliteStore(file));
    expect(error.sentence('en')).toBe(
      `${file}: the database was made by a newer answer-grader; update answer-grader.`,
    );
    expect(error.sentence('ko')).toMatch(/answer-grader를 업데이트하세요/u);
    expect(versionOf(file)).toEqual({ user_version: migrations.length + 1 });
  });

  it('that is no database is refused and left as it is', () => {
    const text = '# 03장\n\n이것은 데이터베이스가 아니다.\n'.repeat(50);
    writeFileSync(file, text);
    const error = errorOf(() => openSqliteStore(file));
    expect(error.sentence('en')).toBe(
      `${file}: the database: it is not an SQLite database; name another file with --db.`,
    );
    expect(error.sentence('ko')).toContain('--db');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each([
    ['in a folder that is not there', () => join(folder, 'nowhere', 'grades.db')],
    ['that is a folder', () => folder],
  ])('%s cannot be opened', (_name, path) => {
    const error = errorOf(() => openSqliteStore(path()));
    expect(error.sentence('en')).toBe(
      `${path()}: the database: it cannot be opened; check the folder and its permissions or name another place with --db.`,
    );
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('that was closed throws StoreError', () => {
    const store = openSqliteStore(file);
    store.close();
    for (const work of [
      () => store.chapters(),
      () => store.keepReplies([['key', 'reply']]),
      () => store.addGrades(1, [sampleGrade()]),
      () => [...store.summariesOf('03장-인덱스')],
      () => [...store.summariesOfAnswer('03장-인덱스', '가람', 2)],
      () => [...store.summariesOfRun(1)],
      () => store.grade(1),
      () => store.chapter('03장-인덱스'),
      () => store.chapterNames(),
      () => store.saveChapter(storedChapter()),
      () => store.answerText('03장-인덱스', 'hash-1'),
      () => store.runs(),
      () => store.addReview(sampleReview()),
      () => store.reviewsOf('03장-인덱스'),
      () => store.timesKept('key'),
      () => store.claimReplies(['key'], 'run', 0),
      () => store.releaseReplies(['key'], 'run'),
      () => store.beat('run', 0),
    ])
      expect(errorOf(work).place).toEqual({ file });
  });

  const isRoot = process.getuid?.() === 0;

  it('that may not be written is refused', ({ skip }) => {
    skip(isRoot || process.platform === 'win32', 'root may write everything');
    openSqliteStore(file).close();
    chmodSync(file, 0o400);
    const error = errorOf(() => {
      const store = openSqliteStore(file);
      store.keepReplies([['key', 'reply']]);
    });
    expect(error.sentence('en')).toMatch(/read-only|cannot be opened/u);
  });

  it('in a folder that may not be written is refused', ({ skip }) => {
    skip(isRoot || process.platform === 'win32', 'root may write everything');
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    try {
      const error = errorOf(() => openSqliteStore(join(closed, 'grades.db')));
      expect(error.sentence('en')).toMatch(/cannot be opened|read-only/u);
    } finally {
      chmodSync(closed, 0o700);
    }
  });
});
