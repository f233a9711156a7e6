import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createWorkspace,
  lastLine,
  linesOf,
  patience,
  sampleFile,
  type Workspace,
} from '../helpers/run-cli.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.addSample({ rubric: true });
  await workspace.write('empty.md', '');
  await workspace.write('white.md', ' \n\t\n');
  await workspace.write(
    'binary.md',
    Uint8Array.from({ length: 300 }, (_, index) => (index * 37) % 256),
  );
  await workspace.write('zeros.md', new Uint8Array(300));
  await workspace.write('export.zip', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00));
  await workspace.write('export.md', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00));
  await workspace.write('notes.md', '# Notes\n\nSome text.\n\n## More\n\n1. One\n2. Two\n');
  await workspace.write('pictures/cover.png', 'no chapter');
  await workspace.write('answers.docx', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00));
  await workspace.write('one/notes.md', '# Notes\n\nSome text.\n');
  await workspace.write('plain-file', 'not a folder');
  await workspace.write('text.db', 'This is a letter, not a database, and it is long enough to tell.');
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

const noStack = (stderr: string) => expect(stderr).not.toMatch(/^\s+at |node:|Error:/mu);

describe('a document that cannot be read is one sentence on standard error and exit code 2', () => {
  const cases: [path: string, sentence: string][] = [
    ['nowhere.md', 'nowhere.md: there is no such file; check the path.'],
    ['empty.md', 'empty.md: the file is empty; name a file with content.'],
    ['white.md', 'white.md: the file holds only white space; name a file with content.'],
    ['binary.md', 'binary.md: this is not text (UTF-8, UTF-16 or CP949); name a text file saved as UTF-8.'],
    ['zeros.md', 'zeros.md: this is not text (UTF-8, UTF-16 or CP949); name a text file saved as UTF-8.'],
    [
      'export.zip',
      'export.zip: the archive is damaged or was not downloaded to its end; export or download it again.',
    ],
    [
      'export.md',
      'export.md: the archive is damaged or was not downloaded to its end; export or download it again.',
    ],
    [
      'notes.md',
      "notes.md: no heading with a member's name and question bullets (- question) under it was found (headings seen: Notes, More); check that this is a chapter page exported from Notion as Markdown.",
    ],
    [
      'answers.docx',
      'answers.docx: documents of this kind cannot be read, so this was not read; save it as Markdown (.md) or text (.txt).',
    ],
    [
      'pictures',
      'pictures: there are only pictures and other attachments (cover.png); hand in the .md, .txt, .csv or .jsonl files with the answers.',
    ],
    [
      'one',
      "one/notes.md: no heading with a member's name and question bullets (- question) under it was found (headings seen: Notes); check that this is a chapter page exported from Notion as Markdown.",
    ],
  ];
  test.each(cases)('import %s', async (path, sentence) => {
    expect(await workspace.run(['import', path])).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });

  test.each(cases.slice(0, 4))('grade %s', async (path, sentence) => {
    expect(await workspace.run(['grade', path, '--judge', 'offline'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${sentence}\n`,
    });
  });

  test('in Korean', async () => {
    const { stderr } = await workspace.run(['import', 'empty.md'], { env: { LC_ALL: 'ko_KR.UTF-8' } });
    expect(stderr).toBe('empty.md: 빈 파일입니다. 내용이 있는 파일을 지정하세요.\n');
  });

  test('with --json too: nothing on standard output', async () => {
    const { code, stdout } = await workspace.run(['import', 'nowhere.md', '--json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('after a good one: nothing is graded', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    const { code, stdout } = await own.run(['grade', sampleFile, 'nowhere.md', '--judge', 'offline']);
    expect({ code, stdout, files: await own.files('.') }).toEqual({
      code: 2,
      stdout: '',
      files: [sampleFile],
    });
  });
});

describe('a database that cannot be used ends with one sentence and exit code 2', () => {
  const cases: [db: string, says: RegExp][] = [
    ['pictures', /pictures: the database: it cannot be opened; check the folder and its permissions/u],
    ['text.db', /text\.db: the database: it is not an SQLite database; name another file with --db\.$/u],
    ['plain-file/grades.db', /plain-file: a file of that name is in the way of a folder\.$/u],
  ];
  test.each(cases)('grade --db %s', async (db, says) => {
    const { code, stdout, stderr } = await workspace.run([
      ...['grade', sampleFile, '--judge', 'offline', '--db', db],
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lastLine(stderr)).toMatch(says);
    noStack(stderr);
  });

  test.each(cases.slice(0, 2))('scoreboard --db %s', async (db, says) => {
    const { code, stdout, stderr } = await workspace.run(['scoreboard', '--db', db]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(linesOf(stderr)).toEqual([expect.stringMatching(says)]);
  });

  test.skipIf(process.platform !== 'linux')('in a place where nothing can be written', async () => {
    const { code, stdout, stderr } = await workspace.run([
      ...['grade', sampleFile, '--judge', 'offline', '--db', '/proc/grades.db'],
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lastLine(stderr)).toMatch(/^\/proc\/grades\.db: the database: it cannot be opened; .*--db\.$/u);
    noStack(stderr);
  });

  test('leaves a file that is no database as it was', async () => {
    await workspace.run(['grade', sampleFile, '--judge', 'offline', '--db', 'text.db']);
    expect(await workspace.read('text.db')).toMatch(/^This is a letter/u);
  });
});

describe('a place for reports that cannot be used ends with one sentence and exit code 2', () => {
  test('where a file is in the way', async () => {
    const { code, stderr } = await workspace.run([
      ...['grade', sampleFile, '--judge', 'offline', '--out', 'plain-file'],
    ]);
    expect(code).toBe(2);
    expect(lastLine(stderr)).toMatch(
      /^plain-file\/.*index\.html: a file of that name is in the way of a folder\.$/u,
    );
    noStack(stderr);
  });

  test('but what was graded is kept', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    await own.write('plain-file', '');
    await own.run(['grade', sampleFile, '--judge', 'offline', '--out', 'plain-file']);
    expect((await own.run(['scoreboard'])).code).toBe(0);
  });
});
