/** Saves a text as a file of that name. */
export function downloadText(
  text: string,
  { name, mediaType }: { readonly name: string; readonly mediaType: string },
): void {
  downloadFile(new Blob([text], { type: mediaType }), name)
}

/** Saves a file under that name. */
export function downloadFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
