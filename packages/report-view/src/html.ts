/** Text that is already HTML. Templates escape everything else. */
export type Html = { readonly html: string }

type Content = string | number | Html | readonly Content[] | null

/** An HTML template: escapes its values, except those made by such a template. */
export function html(literals: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return { html: literals.map((literal, index) => unindent(literal) + render(contents[index] ?? null)).join('') }
}

/** Removes the source's indentation from the page, which has thousands of cells. */
const unindent = (literal: string) => literal.replaceAll(/\n\s*/g, '\n')

/** For this package's own text, such as its style sheet; never for text from elsewhere. */
export function trusted(text: string): Html {
  return { html: text }
}

function render(content: Content): string {
  if (content === null) return ''
  if (typeof content === 'string' || typeof content === 'number') return escapeHtml(String(content))
  return 'html' in content ? content.html : content.map(render).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
