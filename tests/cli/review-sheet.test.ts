import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { cachingFile, gradedWorkspace, withAnswer } from '../helpers/graded-chapter.ts';
import { chapterPage, jsonOf, linesOf, patience, type Workspace } from '../helpers/run-cli.ts';

type SheetRow = Record<string, string>;

/** The exported sheet as a person leaves it: these decisions filled in, by member and question. */
async function filledIn(
  workspace: Workspace,
  decisions: Readonly<Record<string, Partial<SheetRow>>>,
): Promise<SheetRow[]> {
  const { stdout } = await workspace.run(['review', 'export']);
  const rows: SheetRow[] = parse(stdout, { columns: true, bom: true });
  return rows.map((row) => ({ ...row, ...decisions[`${row['member']} ${row['question']}`] }) as SheetRow);
}

interface ShownDecision {
  grade: { score: number; override: { reason: string; by: string; stale: string[] } | null };
  history: object[];
}

async function shown(workspace: Workspace, member: string, question: number): Promise<ShownDecision> {
  return jsonOf(await workspace.run(['review', 'show', member, String(question), '--json']));
}

const annDecided = { 'Ann 1': { override: '62.5', reason: '말로 설명함', by: 'Lea' } };

describe('a review sheet', () => {
  test(
    'goes out, is filled in, and comes back',
    async () => {
      await using workspace = await gradedWorkspace();
      expect(await workspace.run(['review', 'export', '--out', 'sheets/review.csv'])).toEqual({
        code: 0,
        stdout: 'sheets/review.csv: 5 rows\n',
        stderr: '',
      });
      expect((await workspace.read('sheets/review.csv')).startsWith('\uFEFFchapter,member,')).toBe(true);

      const rows = await filledIn(workspace, {
        ...annDecided,
        "'=Cem 2": { override: '12', reason: "'=1+1 is no reason", by: '' },
      });
      await workspace.write('sheet.csv', stringify(rows, { header: true, bom: true }));
      const importing = ['review', 'import', 'sheet.csv', '--by', 'Max'];
      expect(await workspace.run(importing)).toEqual({
        code: 0,
        stdout: '2 decisions taken over, 0 already there.\n',
        stderr: '',
      });
      expect((await shown(workspace, 'Ann', 1)).grade).toMatchObject({
        score: 62.5,
        override: { reason: '말로 설명함', by: 'Lea', stale: [] },
      });
      expect((await shown(workspace, '=Cem', 2)).grade.override).toMatchObject({
        reason: '=1+1 is no reason',
        by: 'Max',
      });

      expect(jsonOf(await workspace.run([...importing, '--json']))).toEqual({
        schemaVersion: 1,
        set: 0,
        unchanged: 2,
        stale: 0,
        overtaken: 0,
      });
      expect((await shown(workspace, 'Ann', 1)).history).toHaveLength(1);
    },
    patience,
  );

  test.each<[string, (rows: SheetRow[]) => string | Uint8Array]>([
    ['with semicolons', (rows) => stringify(rows, { header: true, delimiter: ';' })],
    [
      'with tabs, as UTF-16',
      (rows) => iconv.encode(stringify(rows, { header: true, delimiter: '\t' }), 'utf16le', { addBOM: true }),
    ],
    [
      'as CP949, with Windows line ends',
      (rows) => iconv.encode(stringify(rows, { header: true, record_delimiter: 'windows' }), 'cp949'),
    ],
  ])('may be saved %s', async (_name, save) => {
    await using workspace = await gradedWorkspace();
    await workspace.write('sheet.csv', save(await filledIn(workspace, annDecided)));
    const { code, stderr } = await workspace.run(['review', 'import', 'sheet.csv']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { grade } = await shown(workspace, 'Ann', 1);
    expect(grade).toMatchObject({ score: 62.5, override: { reason: '말로 설명함' } });
  });

  test('about an older text makes decisions that are stale', async () => {
    await using workspace = await gradedWorkspace();
    const rows = await filledIn(workspace, annDecided);
    await workspace.write('sheet.csv', stringify(rows, { header: true }));
    await workspace.write(cachingFile, chapterPage(withAnswer('Ann', 1, 'A store close by.')));
    await workspace.run(['grade', cachingFile, '--judge', 'offline']);
    expect((await workspace.run(['review', 'import', 'sheet.csv'])).code).toBe(0);
    expect((await shown(workspace, 'Ann', 1)).grade.override?.stale).toEqual(['answer']);
    const { stdout } = await workspace.run(['review', 'list']);
    expect(stdout).toMatch(/^Ann +1 +first attempt +62\.5 .*\(answer changed\)$/mu);
  });

  test('with a wrong row is not taken over at all', async () => {
    await using workspace = await gradedWorkspace();
    const decided = { override: '50', reason: 'why', by: 'Lea' };
    const wrong: [Partial<SheetRow>, RegExp][] = [
      [{ override: 'good' }, /^sheet\.csv:4: the column override takes a score from 0 to 100\.\n$/u],
      [{ reason: '' }, /^sheet\.csv:4: a row with an override needs a reason\.\n$/u],
      [{ member: 'Zoe' }, /no graded chapter "5 Caching" has a member "Zoe"; the members are .*\.\n$/u],
      [{ by: '' }, /^sheet\.csv:4: say who decided in the column by, or with --by\.\n$/u],
    ];
    for (const [parts, sentence] of wrong) {
      const rows = await filledIn(workspace, { ...annDecided, 'Benedict 1': { ...decided, ...parts } });
      await workspace.write('sheet.csv', stringify(rows, { header: true }));
      const { code, stdout, stderr } = await workspace.run(['review', 'import', 'sheet.csv']);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(sentence);
    }
    expect((await shown(workspace, 'Ann', 1)).history).toEqual([]);
  });

  test.each([
    [
      'member,question,score\nAnn,1,50\n',
      'sheet.csv:2: there is no column override; use a sheet made by "review export".\n',
    ],
    [
      'member,question,override,reason\nAnn,1,50\n',
      'sheet.csv:2: this record has more or fewer fields than the header; put a field with separators or line ends into "quotes".\n',
    ],
  ])('that is none is refused', async (sheet, stderr) => {
    await using workspace = await gradedWorkspace();
    await workspace.write('sheet.csv', sheet);
    expect(await workspace.run(['review', 'import', 'sheet.csv'])).toEqual({ code: 2, stdout: '', stderr });
  });
});

describe('review export --format gold', () => {
  test('names no member, and calibrate reads it', async () => {
    await using workspace = await gradedWorkspace();
    const decided = { override: '50', reason: 'the use is missing', by: 'Lea' };
    const rows = await filledIn(workspace, { ...annDecided, 'Benedict 1': decided, "'=Cem 2": decided });
    await workspace.write('sheet.csv', stringify(rows, { header: true }));
    await workspace.run(['review', 'import', 'sheet.csv']);

    const exporting = ['review', 'export', '5 Caching', '--format', 'gold', '--out', 'gold.jsonl', '--json'];
    expect(jsonOf(await workspace.run(exporting))).toEqual({
      schemaVersion: 1,
      file: 'gold.jsonl',
      format: 'gold',
      rows: 3,
    });
    const gold = await workspace.read('gold.jsonl');
    expect(linesOf(gold)).toHaveLength(3);
    for (const name of ['Ann', 'Benedict', 'Cem', 'Lea']) expect(gold).not.toContain(name);
    expect((await workspace.run(['review', 'export', '--format', 'gold'])).stdout).toBe(gold);

    const calibrating = ['calibrate', 'gold.jsonl', '--judge', 'offline', '--json'];
    const { calibration, results } = jsonOf<{ calibration: object; results: { human: number }[] }>(
      await workspace.run(calibrating),
    );
    expect(calibration).toMatchObject({ count: 3, graded: 3 });
    expect(results.map(({ human }) => human)).toEqual([0.625, 0.5, 0.5]);
  });

  test('is refused while nobody decided', async () => {
    await using workspace = await gradedWorkspace();
    expect(await workspace.run(['review', 'export', '--format', 'gold', '--out', 'gold.jsonl'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'nobody has decided anything yet; decide first with "review set" or "review import".\n',
    });
    expect(await workspace.files('.')).not.toContain('gold.jsonl');
  });
});
