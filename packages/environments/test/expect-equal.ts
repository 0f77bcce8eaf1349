import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'

/** As `toEqual`, whose own comparison takes a hundred times as long for typed arrays. It still explains differences. */
export function expectEqual<Value>(actual: Value, expected: Value): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected)
}
