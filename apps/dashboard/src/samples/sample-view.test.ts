import type { SampleFile } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { orderedSamples, parseSampleView } from './sample-view.ts'

const sample = (input: string, group: string, values: number[]) => ({ input, group, values, answers: [] })
const file: SampleFile = {
  format: 'goalpost-samples/1',
  numbers: ['a', 'b'],
  samples: [sample('x', 'one', [0.1, 9]), sample('y', 'two', [0.9, 1]), sample('z', 'one', [0.5, 2])],
}
const inputs = (view: object) => orderedSamples(file, view).map(({ input }) => input)

test('samples are read from the largest value on, of one group if wanted', () => {
  expect(inputs({})).toEqual(['y', 'z', 'x'])
  expect(inputs({ by: 1 })).toEqual(['x', 'z', 'y'])
  expect(inputs({ group: 'one' })).toEqual(['z', 'x'])
  expect(inputs({ group: 'none' })).toEqual([])
})

test('an address is read as far as it makes sense', () => {
  expect(parseSampleView({ group: 'one', by: 1, sample: 2, run: 'r' })).toEqual({
    group: 'one',
    by: 1,
    sample: 2,
    run: 'r',
  })
  expect(parseSampleView({ group: '', by: -1, sample: 'last', run: '' })).toEqual({})
})
