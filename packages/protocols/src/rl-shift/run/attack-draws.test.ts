import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { rlShift } from '../index.ts'
import { storedOptions } from '../stored-options.ts'
import { levelTools } from '../subjects/trained/run/level-tools.ts'
import { proposals } from './attack-draws.ts'

const resolution = rlShift.resolve({ environment: 'corner', parameters: { size: 4 }, alpha: 0.5, steps: 8192 })
if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
const mixture = storedOptions(resolution.options)
const editor = levelTools(mixture).design!
const stream = createStream(4)
const textOf = (level: unknown) => JSON.stringify(level)

test('an edit is tried if it can be solved; otherwise its original is tried again', () => {
  const drawn = stream.named('drawn')
  const triedWith = (optimum: () => number) => {
    const { edits, draws } = proposals(mixture, { editor, optimum, drawn })
    const level = draws(null, stream.at(0))
    return { level, tried: Array.from({ length: 8 }, (_, i) => edits(level, stream.at(i))) }
  }
  const unsolvable = triedWith(() => 0)
  expect(unsolvable.tried.every((tried) => tried === unsolvable.level)).toBe(true)
  const solvable = triedWith(() => 1)
  expect(new Set(solvable.tried.map(textOf)).size).toBeGreaterThan(6)
})

test('draws are levels of the mixture that can be solved, after any last one', () => {
  const { design, optimum } = levelTools(mixture)
  const { draws } = proposals(mixture, { editor, optimum: optimum!, drawn: stream.named('drawn') })
  const levels = Array.from({ length: 64 }, (_, i) => draws(null, stream.at(i)))
  expect(levels.every((level) => optimum!(level) > 0)).toBe(true)
  const apart = levels.filter((level) => design!.kindOf(level) === 'distinguishes').length
  expect(apart).toBeGreaterThan(16)
  expect(apart).toBeLessThan(48)
  expect(textOf(draws(levels[5], stream.at(0)))).toBe(textOf(levels[0]))
})
