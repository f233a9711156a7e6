import type { Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';

/** Constructs inside a line. Nobody reads their nodes, and some take quadratic time on lines such as `![![![`. */
const inline = [
  'attention',
  'autolink',
  'codeText',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
];

function withoutInline(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: object[] };
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: inline } }];
}

// Both plug-ins must be told, or `1~2주, 3~4주` is read as struck through.
const parser = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .use(remarkCjkFriendlyStrikethrough, { singleTilde: false })
  .use(withoutInline);

/** The blocks of a Markdown text; used for structure only, texts are cut from the source. */
export function parseMarkdown(text: string): Root {
  return parser.parse(text);
}
