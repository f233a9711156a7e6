import { describe, expect, it } from 'vitest';
import { importBytes, loadChapters } from '../../src/app/load-chapters.ts';
import { InputError } from '../../src/core/errors.ts';
import { zipArchive } from '../../src/zip-archive.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { zipOf } from '../helpers/zips.ts';

const part = (no: number) => `Export-0f0e0d0c-1111-4222-8333-a1b2c3d4e5f6-Part-${no}.zip`;

function page(title: string): string {
  return `# ${title}\n\n## 가람\n\n- 캐시는 왜 두나요?\n    \n    <aside>\n    💡\n    \n    ${title}의 답\n    \n    </aside>\n`;
}

async function load(zip: Uint8Array) {
  const files = memoryFiles({ '/in/export.zip': zip });
  const { chapters, skipped } = await loadChapters(['/in/export.zip'], { files, archive: zipArchive });
  return {
    chapters: chapters.map(({ file, chapter }) => [file, chapter.title]),
    skipped: skipped.map(({ file }) => file),
  };
}

async function refusal(zip: Uint8Array): Promise<string> {
  const error = await load(zip).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof InputError) return error.sentence('en');
  throw new Error(`expected an InputError, got ${String(error)}`);
}

describe('an archive', () => {
  it('is read as the folder that was packed would be', async () => {
    const zip = await zipOf({
      '1장/1장.md': page('1장'),
      '10장.md': page('10장'),
      '2장.md': page('2장'),
      '3장.csv': 'member,no,answer\n가람,1,정렬되어 있다\n',
      '그림.png': 'png',
      'README.md': '# 읽어 주세요\n\n글\n',
    });
    expect(await load(zip)).toEqual({
      chapters: [
        ['/in/export.zip!2장.md', '2장'],
        ['/in/export.zip!3장.csv', '3장'],
        ['/in/export.zip!10장.md', '10장'],
        ['/in/export.zip!1장/1장.md', '1장'],
      ],
      skipped: ['/in/export.zip!README.md'],
    });
  });

  it('is told by its content, whatever its name', async () => {
    const files = memoryFiles({ '/in/export': await zipOf({ '1장.md': page('1장') }) });
    const { chapters } = await loadChapters(['/in/export'], { files, archive: zipArchive });
    expect(chapters.map(({ file }) => file)).toEqual(['/in/export!1장.md']);
  });

  it('may hold the parts of an export, which are joined; other archives inside are named', async () => {
    const inner = { [part(1)]: await zipOf({ 'deeper.md': page('9장') }) };
    const zip = await zipOf({
      [part(1)]: await zipOf({ 'Export-0f/1장.md': page('1장'), ...inner }),
      [`ExportBlock-${part(2).slice('Export-'.length)}`]: await zipOf({ 'Export-0f/2장.md': page('2장') }),
      'homework.zip': await zipOf({ '3장.md': page('3장') }),
      [`later/${part(3)}`]: await zipOf({ '4장.md': page('4장') }),
    });
    expect(await load(zip)).toEqual({
      chapters: [
        [`/in/export.zip!${part(1)}!Export-0f/1장.md`, '1장'],
        [`/in/export.zip!ExportBlock-${part(2).slice('Export-'.length)}!Export-0f/2장.md`, '2장'],
      ],
      skipped: [
        `/in/export.zip!${part(1)}!${part(1)}`,
        '/in/export.zip!homework.zip',
        `/in/export.zip!later/${part(3)}`,
      ],
    });
  });

  it('may have been unpacked as far as its parts, which lie in a folder then', async () => {
    const files = memoryFiles({
      [`/in/${part(1)}`]: await zipOf({ '1장.md': page('1장') }),
      [`/in/${part(2)}`]: await zipOf({ '2장.md': page('2장'), '.DS_Store': 'x' }),
      '/in/homework.zip': await zipOf({ '3장.md': page('3장') }),
    });
    const { chapters } = await loadChapters(['/in'], { files, archive: zipArchive });
    expect(chapters.map(({ file }) => file)).toEqual([`/in/${part(1)}!1장.md`, `/in/${part(2)}!2장.md`]);
  });

  it('is refused where two parts hold one file, or a part is damaged', async () => {
    const one = await zipOf({ '1장.md': page('1장') });
    expect(await refusal(await zipOf({ [part(1)]: one, [part(2)]: one }))).toBe(
      `/in/export.zip!${part(2)}!1장.md: another part holds the same file, /in/export.zip!${part(1)}!1장.md; hand in only what was exported at once.`,
    );
    expect(await refusal(await zipOf({ [part(1)]: one.subarray(0, 50) }))).toMatch(
      new RegExp(`^/in/export\\.zip!${part(1)}: the archive is damaged`, 'u'),
    );
  });

  it('is refused where something inside is not safe, however deep it lies', async () => {
    const link = await zipOf({ 'a.md': { bytes: '/etc/hosts', mode: 0o120777 } });
    expect(await refusal(await zipOf({ [part(1)]: link }))).toMatch(
      new RegExp(`^/in/export\\.zip!${part(1)}!a\\.md: this is a symbolic link`, 'u'),
    );
    const bomb = await zipOf({ 'a.md': Buffer.alloc(32 * 1024 * 1024, 'a') });
    expect(await refusal(await zipOf({ [part(1)]: bomb }))).toMatch(
      new RegExp(`^/in/export\\.zip!${part(1)}!a\\.md: this file becomes far too large`, 'u'),
    );
  });

  it('may hold what a Mac puts beside the pages', async () => {
    const zip = await zipOf({
      '1장.md': page('1장'),
      '__MACOSX/._1장.md': 'x',
      '.DS_Store': 'x',
      '1장/.DS_Store': 'x',
    });
    expect(await load(zip)).toEqual({ chapters: [['/in/export.zip!1장.md', '1장']], skipped: [] });
  });

  it('names what may hold answers but cannot be read, and what to do', async () => {
    const zip = await zipOf({
      '1장.md': page('1장'),
      '가람.docx': 'x',
      '나래.hwp': 'x',
      '표.xlsx': 'x',
      '묶음.zip': 'x',
      '그림.png': 'x',
    });
    const files = memoryFiles({ '/in/export.zip': zip });
    const { skipped } = await loadChapters(['/in/export.zip'], { files, archive: zipArchive });
    const writing =
      'documents of this kind cannot be read, so this was not read; save it as Markdown (.md) or text (.txt).';
    expect(Object.fromEntries(skipped.map(({ file, why }) => [file, why.en]))).toEqual({
      '/in/export.zip!가람.docx': writing,
      '/in/export.zip!나래.hwp': writing,
      '/in/export.zip!표.xlsx': 'tables of this kind cannot be read, so this was not read; save it as CSV.',
      '/in/export.zip!묶음.zip': 'an archive inside is not opened, so this was not read; unpack it first.',
    });
  });

  it('without pages is refused, and one of web pages with how to export', async () => {
    expect(await refusal(await zipOf({ 'a.png': 'png' }))).toBe(
      '/in/export.zip: there are only pictures and other attachments (a.png); hand in the .md, .txt, .csv or .jsonl files with the answers.',
    );
    expect(await refusal(await zipOf({}))).toBe(
      '/in/export.zip: the archive is empty; hand in one with files.',
    );
    expect(await refusal(await zipOf({ '1장.html': '<h1>1장</h1>', 'a.png': 'png' }))).toMatch(
      /^\/in\/export\.zip: this was exported as HTML/u,
    );
  });

  it('may be handed in to the service, which says what could not be read', async () => {
    const zip = await zipOf({
      '1장.md': page('1장'),
      '2장.md': page('2장'),
      'b/README.md': '# 읽기\n\n글\n',
    });
    const chapters = await importBytes(zip, 'export.zip', zipArchive);
    expect(chapters.map(({ title }) => title)).toEqual(['1장', '2장']);
    expect(
      chapters.map(({ warnings }) => warnings.filter(({ code }) => code === 'document_skipped')),
    ).toEqual([[expect.objectContaining({ file: 'export.zip!b/README.md', line: 1 })], []]);
  });
});
