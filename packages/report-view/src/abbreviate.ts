/** Cuts a name in the middle: conditions of one grid have names that begin alike, and some end alike. */
export function abbreviate(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name
  const kept = Math.max(2, maxLength - 1)
  return `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(name.length - Math.floor(kept / 2))}`
}
