/** For LIKE, in which `%` and `_` are wildcards. */
export function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
