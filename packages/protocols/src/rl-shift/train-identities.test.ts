import { readFileSync } from 'node:fs'
import { experimentSpec } from '@goalpost/contracts'
import { expand, hashJson, resolveSpec } from '@goalpost/experiments'
import { parseDocument } from '@goalpost/validation'
import { expect, test } from 'vitest'
import { protocols } from '../index.ts'

/** The identities of an example's trainings, in one hash. */
function trainingsOf(name: string): string {
  const text = readFileSync(new URL(`../../../../examples/${name}.yaml`, import.meta.url), 'utf8')
  const resolution = resolveSpec(experimentSpec.parse(parseDocument(text, 'yaml')), protocols, {
    saltHash: 'a'.repeat(64),
  })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const { tasks } = expand(resolution.resolved, protocols, { name: 'tfjs:wasm', build: '1', threads: 1 })
  return hashJson(tasks.filter(({ kind }) => kind === 'train').map(({ identity }) => identity)).slice(0, 16)
}

/** Recorded when PPO was the only method; that of maze-pixels when its network changed, before invariance. */
test.each([
  ['corner-13', 'c04cde6a26ddd8c9'],
  ['maze-pixels', '2b56df7b1b62005e'],
  ['tree-gridworld', '5403a893fce0cc27'],
  ['keys', 'ec44d2f62f91a871'],
  ['dish', 'beb4817bb64a904f'],
  ['corner', '996c72e612c06f28'],
])('the trainings of %s keep the identities from before there were other methods', (name, identities) => {
  expect(trainingsOf(name)).toBe(identities)
})

test('those of simulated judges keep theirs from before there were others', () => {
  expect(trainingsOf('judge-corner')).toBe('bfe832edb9ca0794')
})
