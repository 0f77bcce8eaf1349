import { readSpec, type ReadSpec } from './spec-text.ts'

/** A text with what it says. While it cannot be read, `value` is what it said last. */
export type WrittenSpec = ReadSpec & { readonly text: string }

/** Another text in place of the one before. */
export function rewrite(before: WrittenSpec | undefined, text: string): WrittenSpec {
  const { value, faults } = readSpec(text)
  return { text, faults, value: faults.length > 0 ? (before?.value ?? value) : value }
}
