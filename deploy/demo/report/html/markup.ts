/** HTML that is safe to put into a page as it is. */
export interface Markup {
  readonly html: string;
}

export type Content = Markup | string | number | null | undefined | readonly Content[];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that may stand in an element or a quoted attribute. NUL, which HTML cannot hold, becomes its picture. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!).replaceAll('\0', '␀');
}

function render(content: Content): string {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return escapeText(content);
  if (typeof content === 'number') return String(content);
  return 'html' in content ? content.html : content.map(render).join('');
}

/** Template tag: whatever is put in is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return { html: strings.reduce((text, string, i) => text + string + render(values[i]), '') };
}

/** Marks text of our own making, such as the style sheet, as markup. Never for data. */
export function trusted(text: string): Markup {
  return { html: text };
}
