/** `from`: the experiment whose spec is the start. */
export type SubmitSearch = { readonly from?: string }

export function parseSubmitSearch({ from }: Readonly<Record<string, unknown>>): SubmitSearch {
  return typeof from === 'string' && from !== '' ? { from } : {}
}
