/** RFC 6901: `['grid', 'a/b', 0]` → `/grid/a~1b/0`. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
