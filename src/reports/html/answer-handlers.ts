import type { Element, ElementContent, Properties } from 'hast';
import type * as mdast from 'mdast';
import type { Handlers, State } from 'mdast-util-to-hast';
import type { Language } from '../../core/localized.ts';
import { boldRuns } from './bold-runs.ts';
import type { Marker } from './marked-text.ts';
import { sourceOffsets } from './source-offsets.ts';

const words = {
  ko: { image: '그림', table: '답에 있는 표' },
  en: { image: 'image', table: 'table in the answer' },
};

/** Bold around nothing, alone on its line, which Markdown takes for a rule. */
const emptyBold = /^\*\*[ \t]*\*\*$/u;
const safeProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

function safeAddress(url: string): string | null {
  const address = URL.parse(url);
  return address && safeProtocols.has(address.protocol) ? address.href : null;
}

function element(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

function spanOf(node: mdast.Nodes): { start: number; end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

/** What stands in front of the text of a code block or inline code and is no part of it, in characters. */
function lengthOfFence(typed: string): number {
  return /^(?:`{3}|~{3})[^\n]*\n|^`+/u.exec(typed)?.[0].length ?? 0;
}

function linkAddress(state: State, { identifier }: mdast.LinkReference): string {
  return state.definitionById.get(identifier.toUpperCase())?.url ?? '';
}

/** Where nodes stand, and what marks their text. */
export interface AnswerPart {
  /** The text that the nodes' positions are in. */
  source: string;
  /** Where that text begins in the answer that the marker marks. */
  offset: number;
  marker: Marker;
  language: Language;
}

/**
 * How nodes of Markdown become HTML that loads nothing and has no ids: HTML and links of other kinds are shown as
 * they were written, images by their names, headings as strong paragraphs, footnotes where they stand.
 */
export function answerHandlers({ source, offset, marker, language }: AnswerPart): Handlers {
  const own = words[language];

  function verbatim(node: mdast.Literal & mdast.Nodes, skipped = 0) {
    const { start, end } = spanOf(node);
    const offsets = sourceOffsets(node.value, source, { start: start + skipped, end }, 'verbatim');
    return marker.nodesOf(node.value, (unit) => (offsets[unit] ?? 0) + offset);
  }
  function typedBetween(start: number, end: number): ElementContent[] {
    return marker.nodesOf(source.slice(start, end), (unit) => start + unit + offset);
  }
  function typed(node: mdast.Nodes): ElementContent[] {
    const { start, end } = spanOf(node);
    return typedBetween(start, end);
  }
  function code(node: mdast.InlineCode | mdast.Code): Element {
    const { start, end } = spanOf(node);
    return element('code', {}, verbatim(node, lengthOfFence(source.slice(start, end))));
  }
  function link(state: State, node: mdast.Link | mdast.LinkReference, url: string) {
    const href = safeAddress(url);
    if (href === null) return typed(node);
    return element('a', { href, rel: ['noopener', 'noreferrer', 'nofollow'] }, state.all(node));
  }
  function image(node: mdast.Image | mdast.ImageReference): ElementContent[] {
    const at = spanOf(node).start + offset;
    return marker.nodesOf(node.alt ? `[${own.image}: ${node.alt}]` : `[${own.image}]`, () => at);
  }

  return {
    text(_, node: mdast.Text) {
      const { start, end } = spanOf(node);
      const offsets = sourceOffsets(node.value, source, { start, end }, 'text');
      const isEscaped = (unit: number) => source[(offsets[unit] ?? 0) - 1] === '\\';
      return boldRuns(node.value, isEscaped).flatMap(({ from, to, isBold }) => {
        const nodes = marker.nodesOf(
          node.value.slice(from, to),
          (unit) => (offsets[from + unit] ?? 0) + offset,
        );
        return isBold ? [element('strong', {}, nodes)] : nodes;
      });
    },
    inlineCode: (_, node: mdast.InlineCode) => code(node),
    code(_, node: mdast.Code) {
      const info = [node.lang, node.meta].filter(Boolean).join(' ');
      const name = element('span', { className: ['info'] }, [{ type: 'text', value: `${info}\n` }]);
      return element('pre', {}, info === '' ? [code(node)] : [name, code(node)]);
    },
    html(_, node: mdast.Html, parent?: mdast.Parents) {
      const nodes = verbatim(node);
      const isInline = parent?.type === 'paragraph' || !parent || !('type' in parent);
      return isInline ? nodes : element('p', {}, nodes);
    },
    heading: (state, node: mdast.Heading) => element('p', {}, [element('strong', {}, state.all(node))]),
    break: () => element('br', {}, []),
    thematicBreak(_, node: mdast.ThematicBreak) {
      const { start, end } = spanOf(node);
      return emptyBold.test(source.slice(start, end)) ? [] : element('hr', {}, []);
    },
    link: (state, node: mdast.Link) => link(state, node, node.url),
    linkReference: (state, node: mdast.LinkReference) => link(state, node, linkAddress(state, node)),
    image: (_, node: mdast.Image) => image(node),
    imageReference: (_, node: mdast.ImageReference) => image(node),
    definition: (_, node: mdast.Definition) => element('p', {}, typed(node)),
    footnoteReference: (_, node: mdast.FootnoteReference) => typed(node),
    footnoteDefinition(state, node: mdast.FootnoteDefinition) {
      const { start, end } = spanOf(node);
      const name = element(
        'p',
        {},
        typedBetween(start, node.children[0] ? spanOf(node.children[0]).start : end),
      );
      return element('div', {}, [name, ...state.all(node)]);
    },
    table(state, node: mdast.Table) {
      const rows = element('table', {}, [element('tbody', {}, state.all(node))]);
      return element('div', { className: ['scroll'], tabIndex: 0, role: 'group', ariaLabel: own.table }, [
        rows,
      ]);
    },
  };
}
