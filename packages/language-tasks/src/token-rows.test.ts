import { expect, test } from 'vitest'
import { padLeft } from './token-rows.ts'
import { batchTexts } from './training-batch.ts'

test('rows end in the last column', () => {
  const { tokens, starts } = padLeft([[5, 6], [7], [1, 2, 3]], 3)
  expect([...tokens]).toEqual([0, 5, 6, 0, 0, 7, 1, 2, 3])
  expect([...starts]).toEqual([1, 2, 0])
  expect(() => padLeft([[1, 2, 3, 4]], 3)).toThrow('a row of 4 tokens does not fit in 3 columns')
})

test('a batch points at the token before each predicted one', () => {
  const texts = [
    { tokens: [1, 2, 3, 4], predicted: [2, 3] },
    { tokens: [5, 6], predicted: [1] },
  ]
  const batch = batchTexts(texts, { columns: 4, predictions: 2 })
  expect([...batch.tokens]).toEqual([0, 1, 2, 3, 0, 0, 0, 5])
  expect([...batch.starts]).toEqual([1, 3])
  expect([...batch.targets]).toEqual([3, 4, 6, 0])
  expect([...batch.weights]).toEqual([1, 1, 1, 0])
  expect([0, 1, 2].map((i) => batch.tokens[batch.positions[i]])).toEqual([2, 3, 5])
  expect(() => batchTexts(texts, { columns: 4, predictions: 1 })).toThrow('predicts 2 tokens, at most 1 fit')
})
