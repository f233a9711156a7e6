import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CliResult,
  chapterPage,
  createWorkspace,
  type ImportDocument,
  jsonOf,
  linesOf,
  patience,
  sampleFile,
  sampleId,
  type Workspace,
} from '../helpers/run-cli.ts';

const networks = chapterPage({
  title: '3장 Networks',
  members: { Ann: { 1: 'A packet is a piece of data with a header.' }, Ben: { 2: '' } },
  questions: [
    { text: 'What is a packet?', modelAnswer: 'A packet is a small unit of data with a header.' },
    { text: 'What does a router do?', modelAnswer: 'A router passes packets on towards their goal.' },
  ],
});

let workspace: Workspace;
let shown: CliResult;
let printed: CliResult;
let sample: ImportDocument;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.addSample();
  shown = await workspace.run(['import', sampleFile]);
  printed = await workspace.run(['import', sampleFile, '--json']);
  sample = jsonOf(printed);
  await workspace.write('more/networks.md', networks);
  await workspace.write('more/notes.md', '# Notes\n\nNo chapter at all.\n');
  await workspace.write('more/cover.png', 'not read');
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

describe('the sample chapter', () => {
  test('is read without a word on standard error', () => {
    expect({ code: shown.code, stderr: shown.stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('is shown as a table of submissions', () => {
    const table = shown.stdout.slice(0, shown.stdout.indexOf('\nFlags'));
    expect(table).toMatchInlineSnapshot(`
      "02장 데이터베이스 기초: 5 members, 10 questions, 10 submissions
      Read as member-sections (95 % sure): 5 headings with 10 question bullets below.

      member  question  status                    attempts                         begins                                        lines
      서다온         1  answered                  first attempt + revised attempt  데이터를 압축해서 작게 만들어 두니까 읽을 …   5–18
      서다온         2  answered                  first attempt                    이건 혼자 못 풀어서 챗봇한테 물어보고 제 …    19–41
      남기훈         3  answered                  first attempt + revised attempt  정규화는 테이블을 잘게 쪼개서 중복을 없애는…  44–69
      남기훈         4  don't know                first attempt                    잘 모르겠어요ㅠㅠ                             70–79
      배솔           5  answered                  first attempt                    교과서 정의는 모르지만 회사에서 쿼리 짜본 …   82–94
      배솔           6  answered                  first attempt + revised attempt  격리니까 서버를 따로 떼어놓는 것..? 보안…     95–108
      문채린         7  answered                  first attempt                    (1) 데이터 유실 가능성: **비동기(as…          111–137
      문채린         8  answered                  first attempt                    서로 상대방이 쥔 락을 놓아주기만 기다리다가…  138–168
      오하람         9  replaced by model answer  first attempt                    ㅠㅠ 로그를 왜 굳이 먼저 쓰는지 세 번을 …     171–195
      오하람        10  unanswered                                                                                               196–199
      "
    `);
  });

  test('is shown with flags and warnings by line', () => {
    const notes = linesOf(shown.stdout.slice(shown.stdout.indexOf('\nFlags')));
    expect(notes.join('\n')).toMatchInlineSnapshot(`
      "Flags
        2. 서다온: says that a tool helped
        3. 남기훈: own summary
        7. 문채린: a copy of the model answer stands below
        8. 문채린: a copy of the model answer stands below
        9. 오하람: a copy of the model answer stands below
      13 things to check
        answers/02장-데이터베이스-기초.md:14: question 1, 서다온: lines 14-18 are read as the revised attempt.
        answers/02장-데이터베이스-기초.md:21: question 2, 서다온: says that a tool helped with the answer.
        answers/02장-데이터베이스-기초.md:31: an empty bold mark (****) is left in the text; the text is kept as it is.
        answers/02장-데이터베이스-기초.md:42: member headings have different levels (##, ###); all are read as members.
        answers/02장-데이터베이스-기초.md:53: question 3, 남기훈: lines 53-68 are read as the revised attempt.
        answers/02장-데이터베이스-기초.md:104: question 6, 배솔: lines 104-106 are read as the revised attempt.
        answers/02장-데이터베이스-기초.md:125: question 7, 문채린: a copy of the model answer (lines 125-136) is not taken as an answer.
        answers/02장-데이터베이스-기초.md:153: question 8, 문채린: a copy of the model answer (lines 153-166) is not taken as an answer.
        answers/02장-데이터베이스-기초.md:173: question 9, 오하람: says that the model answer stands in for an answer; not graded.
        answers/02장-데이터베이스-기초.md:182: question 9, 오하람: a copy of the model answer (lines 182-186) is not taken as an answer.
        answers/02장-데이터베이스-기초.md:188: question 9, 오하람: a copy of the model answer (lines 188-192) is not taken as an answer.
        answers/02장-데이터베이스-기초.md:196: question 10, 오하람: there is no answer.
        answers/02장-데이터베이스-기초.md:262: the heading of model answer 7 is missing; the text from here equals the copy in the callout at line 125, so it was split off as 7."
    `);
  });

  test('counts its warnings', () => {
    const warnings = linesOf(shown.stdout).filter((line) => line.startsWith(`  ${sampleFile}:`));
    expect(shown.stdout).toContain(`\n${warnings.length} things to check\n`);
  });

  test('warns in the order of the lines', () => {
    const lines = sample.warnings.map((warning) => warning.line);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  test('is read the same from its folder', async () => {
    expect(await workspace.run(['import', 'answers'])).toEqual(shown);
  });

  test('is read the same with Windows line ends and a byte order mark', async () => {
    const text = await workspace.read(sampleFile);
    await workspace.write(`windows/${sampleId}.md`, `\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(await workspace.run(['import', 'windows', '--json'])).toEqual(printed);
  });
});

describe('--json', () => {
  const keysOf = (items: readonly object[]) => [...new Set(items.map((item) => Object.keys(item).join()))];

  test('prints nothing but the document', () => {
    expect({ code: printed.code, stderr: printed.stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('has exactly the keys of the contract', () => {
    const document = sample;
    expect(Object.keys(document).join()).toBe('schemaVersion,chapter,questions,submissions,warnings,reader');
    expect(Object.keys(document.chapter).join()).toBe('id,title');
    expect(keysOf(document.questions)).toEqual(['no,text,modelAnswer']);
    expect(keysOf(document.submissions)).toEqual(['member,question,status,attempts,flags,lines']);
    expect(keysOf(document.submissions.flatMap((item) => item.attempts))).toEqual(['kind,text']);
    expect(keysOf(document.warnings)).toEqual(['code,line,message']);
  });

  test('says schema version 1 and the chapter', () => {
    expect(sample.schemaVersion).toBe(1);
    expect(sample.chapter).toEqual({ id: sampleId, title: '02장 데이터베이스 기초' });
  });

  test('says status and attempts in the words of the contract', () => {
    const { submissions } = sample;
    const known = ['answered', 'unanswered', 'dont_know', 'replaced_by_model_answer', 'not_gradable'];
    expect(known).toEqual(expect.arrayContaining(submissions.map((item) => item.status)));
    const kinds = submissions.flatMap((item) => item.attempts.map((attempt) => attempt.kind));
    expect(new Set(kinds)).toEqual(new Set(['first', 'revised']));
  });

  test('gives warnings in the language asked for', async () => {
    const korean = jsonOf<ImportDocument>(
      await workspace.run(['import', sampleFile, '--json', '--lang', 'ko']),
    );
    const codes = ({ warnings }: ImportDocument) => warnings.map(({ code, line }) => ({ code, line }));
    expect(codes(korean)).toEqual(codes(sample));
    expect(korean.warnings.every((warning) => /니다/u.test(warning.message))).toBe(true);
    expect(sample.warnings.some((warning) => /니다/u.test(warning.message))).toBe(false);
  });

  test('of several chapters is a list under "chapters"', async () => {
    const result = await workspace.run(['import', sampleFile, 'more/networks.md', '--json']);
    const document = jsonOf<{ schemaVersion: number; chapters: ImportDocument[] }>(result);
    expect(document.schemaVersion).toBe(1);
    expect(document.chapters.map((item) => item.chapter.title)).toEqual([
      '02장 데이터베이스 기초',
      '3장 Networks',
    ]);
  });
});

describe('the language', () => {
  test.each([
    [{ LC_ALL: 'ko_KR.UTF-8' }, []],
    [{ LC_ALL: '', LANG: 'ko_KR.UTF-8' }, []],
    [{ LC_ALL: 'C' }, ['--lang', 'ko']],
    [{ LC_ALL: 'de_DE.UTF-8' }, ['--lang=ko']],
  ])('is Korean with %j and %j', async (env, options) => {
    const { stdout } = await workspace.run(['import', 'more/networks.md', ...options], { env });
    expect(linesOf(stdout)[0]).toBe('3장 Networks: 멤버 2명, 질문 2개, 제출 2개');
  });

  test.each([
    [{ LC_ALL: 'C' }, []],
    [{ LC_ALL: 'de_DE.UTF-8' }, []],
    [{ LC_ALL: 'ko_KR.UTF-8' }, ['--lang', 'en']],
  ])('is English with %j and %j', async (env, options) => {
    const { stdout } = await workspace.run(['import', 'more/networks.md', ...options], { env });
    expect(linesOf(stdout)[0]).toBe('3장 Networks: 2 members, 2 questions, 2 submissions');
  });

  test('of a Korean table', async () => {
    const { stdout } = await workspace.run(['import', 'more/networks.md', '--lang', 'ko']);
    expect(stdout).toMatchInlineSnapshot(`
      "3장 Networks: 멤버 2명, 질문 2개, 제출 2개
      읽은 방식: member-sections (확실한 정도 95 %). 멤버 제목 2개 아래에 질문 항목 2개가 있습니다.

      멤버  질문  상태     답     첫 부분                    행
      Ann      1  답함     첫 답  A packet is a piece of d…  5–13
      Ben      2  답 없음                                    16–24

      확인할 것 1개
        more/networks.md:16: 2번 Ben: 답이 없습니다.
      "
    `);
  });
});

describe('a folder', () => {
  test('gives its chapters; files that are none are named on standard error', async () => {
    const { code, stdout, stderr } = await workspace.run(['import', 'more']);
    expect({ code, first: linesOf(stdout)[0] }).toEqual({
      code: 0,
      first: '3장 Networks: 2 members, 2 questions, 2 submissions',
    });
    expect(linesOf(stderr)).toEqual([expect.stringMatching(/^more\/notes\.md: skipped: no heading with/u)]);
  });

  test('and a file can be given together', async () => {
    const { code, stdout } = await workspace.run(['import', 'more', sampleFile]);
    const titles = linesOf(stdout).filter((line) => / members, /u.test(line));
    expect({ code, titles: titles.map((line) => line.split(':')[0]) }).toEqual({
      code: 0,
      titles: ['3장 Networks', '02장 데이터베이스 기초'],
    });
  });

  test('with two chapters of one title is refused with both names', async () => {
    await workspace.write('twins/a.md', networks);
    await workspace.write('twins/b.md', networks);
    expect(await workspace.run(['import', 'twins'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'twins/b.md: the title "3장 Networks" is also that of twins/a.md; give every chapter a title of its own.\n',
    });
  });
});

describe('a table of answers', () => {
  const rows = [
    'member,question_id,question,answer,reference',
    'Ann,1,What is a packet?,"A piece of data, with a header.",A packet is a small unit of data with a header.',
    'Ben,1,,no idea,',
  ];

  test('is imported and graded like a page', async () => {
    await using own = await createWorkspace();
    await own.write('week 3.csv', `\uFEFF${rows.join('\r\n')}\r\n`);
    const imported = await own.run(['import', 'week 3.csv', '--json']);
    expect(jsonOf<ImportDocument>(imported)).toMatchObject({
      schemaVersion: 1,
      chapter: { id: 'week-3', title: 'week 3' },
      questions: [{ no: 1, text: 'What is a packet?' }],
      submissions: [
        { member: 'Ann', status: 'answered', attempts: [{ text: 'A piece of data, with a header.' }] },
        { member: 'Ben', status: 'dont_know' },
      ],
      warnings: [],
    });
    const { code, stdout } = await own.run(['grade', '.', '--judge', 'offline']);
    expect({ code, ann: /Ann/u.test(stdout) }).toEqual({ code: 0, ann: true });
  });

  test('with a row that cannot be understood is refused with its line', async () => {
    await workspace.write('rows.csv', [...rows, ',,nobody,'].join('\n').replace(',,nobody,', ',,,nobody,'));
    expect(await workspace.run(['import', 'rows.csv'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'rows.csv:4: this row has neither a member nor a question; say in member and question_id (or question) whose answer to what it is.\n',
    });
  });

  test('may be missing', async () => {
    const { code, stderr } = await workspace.run(['import', 'none.csv']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'none.csv: there is no such file; check the path.\n',
    });
  });
});

test('import writes nothing', async () => {
  await using own = await createWorkspace();
  await own.addSample();
  await own.run(['import', 'answers']);
  expect(await own.files('.')).toEqual([sampleFile]);
});
