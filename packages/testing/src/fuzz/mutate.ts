import type { Random } from './random.ts'

const odd = [
  '',
  ' ',
  '\0',
  '\u{1F600}',
  '-0',
  '1e999',
  'NaN',
  'null',
  '__proto__',
  '../',
  '%00',
  '{',
  ']',
  '&a *a',
  '\n',
  "'",
  '"',
  '9'.repeat(40),
]

/** A few edits of a text: pieces removed, doubled, exchanged or replaced by odd ones. */
export function mutateText(text: string, random: Random): string {
  let edited = text
  for (let edits = random.below(4) + 1; edits > 0; edits--) {
    const at = random.below(edited.length + 1)
    const until = Math.min(edited.length, at + random.below(12))
    const piece = random.choose([
      '',
      edited.slice(at, until).repeat(2),
      random.choose(odd),
      String.fromCodePoint(random.below(0x3_00)),
      edited.slice(random.below(edited.length + 1)).slice(0, 20),
    ])
    edited = edited.slice(0, at) + piece + edited.slice(until)
  }
  return edited
}

/** The same for bytes. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const edited = Uint8Array.from(bytes)
  for (let edits = random.below(6) + 1; edits > 0; edits--)
    edited[random.below(edited.length)] = random.choose([0, 255, random.below(256)])
  return random.below(4) === 0 ? edited.slice(0, random.below(edited.length)) : edited
}

/** Any JSON value, mostly of the wrong type for wherever it goes. */
export function oddValue(random: Random): unknown {
  return random.choose<() => unknown>([
    () => null,
    () => random.choose([0, -1, 1.5, 1e308, -1e-308, 2 ** 53, Number.MAX_SAFE_INTEGER]),
    () => random.below(2) === 0,
    () => random.choose(odd),
    () => 'x'.repeat(random.below(3_000)),
    () => [],
    () => ({}),
    () => Array.from({ length: random.below(50) }, () => random.choose(odd)),
    () => ({ [random.choose(odd)]: random.choose(odd) }),
    () => nest(random.below(200)),
  ])()
}

function nest(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = [value]
  return value
}
