import type { Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

// Both plug-ins must be told, or `1~2주, 3~4주` is read as struck through.
const parser = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .use(remarkCjkFriendlyStrikethrough, { singleTilde: false });

const longestLine = 1000;

/** The parser takes quadratic time on lines such as `![![![`, and the middle of a long line shapes no block. */
function shorten(line: string): string {
  return line.length <= longestLine ? line : line.slice(0, 300) + line.slice(-100);
}

/** The blocks of a Markdown text; used for structure only, texts are cut from the source. */
export function parseMarkdown(text: string): Root {
  return parser.parse(text.split('\n').map(shorten).join('\n'));
}
