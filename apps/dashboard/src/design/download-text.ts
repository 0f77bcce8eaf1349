/** Saves a text as a file of that name. */
export function downloadText(
  text: string,
  { name, mediaType }: { readonly name: string; readonly mediaType: string },
): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
