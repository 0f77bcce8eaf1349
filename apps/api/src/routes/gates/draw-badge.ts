import type { GateOutcome } from '@goalpost/contracts'

const colours: Readonly<Record<GateOutcome, string>> = {
  pass: '#2e7d32',
  warn: '#b26a00',
  fail: '#c62828',
  undecided: '#616161',
}

/** About right for Verdana at 11 px. */
const widthOf = (text: string): number => Math.round(text.length * 6.6) + 12

/** The name of a gate and the outcome of its latest run that has ended; null before the first. Both are plain words. */
export function drawBadge(name: string, outcome: GateOutcome | null): string {
  const value = outcome ?? 'no run'
  const [left, right] = [widthOf(name), widthOf(value)]
  const text = (at: number, content: string) => `<text x="${at}" y="14" text-anchor="middle">${content}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${name}: ${value}">`,
    `<title>${name}: ${value}</title>`,
    `<rect width="${left}" height="20" fill="#444"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="${colours[outcome ?? 'undecided']}"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
    text(left / 2, name),
    text(left + right / 2, value),
    '</g></svg>',
  ].join('')
}
