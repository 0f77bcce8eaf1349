const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Three digits and a unit, e.g. `1.24 GB`; a kilobyte has 1,000 bytes. */
export function formatBytes(bytes: number): string {
  const rounded = (power: number): number => Number((bytes / 1_000 ** power).toPrecision(3))
  const power = units.findIndex((_, index) => rounded(index) < 1_000)
  const place = power < 0 ? units.length - 1 : power
  return `${rounded(place).toLocaleString('en')} ${units[place]}`
}
