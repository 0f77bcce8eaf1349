/** Text that is HTML already. Whatever is not, is escaped where it is put into a template. */
export type Html = { readonly html: string }

type Content = string | number | Html | readonly Content[] | null

/** A template of HTML: what is put into it is escaped, unless it was made by such a template itself. */
export function html(literals: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return { html: literals.map((literal, index) => unindent(literal) + render(contents[index] ?? null)).join('') }
}

/** How templates are indented in the source is no matter of the page's, which has thousands of cells. */
const unindent = (literal: string) => literal.replaceAll(/\n\s*/g, '\n')

/** For what this package has written itself, such as its style sheet; never for text from elsewhere. */
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
