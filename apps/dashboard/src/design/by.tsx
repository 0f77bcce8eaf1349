/** Who did it, after the time when; nothing for the service itself. */
export function By({ author }: { readonly author: string | null }) {
  return author === null ? null : <> by {author}</>
}
