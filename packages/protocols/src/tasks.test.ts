import { readdirSync, readFileSync } from 'node:fs'
import { experimentSpec, type JsonObject } from '@goalpost/contracts'
import { expand, resolveSpec, type Expansion } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { parseDocument } from '@goalpost/validation'
import { tasks as goodhartTasks } from './goodhart/tasks.ts'
import { protocols } from './index.ts'
import { tasks as lmShiftTasks } from './lm-shift/tasks.ts'
import { tasks as rlShiftTasks } from './rl-shift/tasks.ts'
import { loadExecutors } from './run.ts'

const folder = new URL('../../../examples/', import.meta.url)
const declared = { 'rl-shift': rlShiftTasks, goodhart: goodhartTasks, 'lm-shift': lmShiftTasks }
const stood = 'b'.repeat(64)

function expandExample(name: string): { protocol: keyof typeof declared; expansion: Expansion } {
  const text = readFileSync(new URL(name, folder), 'utf8').replaceAll(/file:\S+\.onnx/g, stood)
  const spec = experimentSpec.parse(parseDocument(text, 'yaml'))
  const resolution = resolveSpec(spec, protocols, { saltHash: 'a'.repeat(64) })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const engine = { name: 'tfjs:wasm', build: '1', threads: 1 }
  return {
    protocol: spec.protocol as keyof typeof declared,
    expansion: expand(resolution.resolved, protocols, engine),
  }
}

const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

test.each(examples)(
  'every planned task of %s is of a declared kind, and its schema does not change its inputs',
  (name) => {
    const { protocol, expansion } = expandExample(name)
    for (const { kind, inputs } of expansion.tasks.slice(0, -1)) {
      const task = Object.values(declared[protocol]).find((each) => each.kind === kind)
      expect(task?.parse(inputs)).toEqual(inputs)
    }
  },
)

test.each([
  ['corner.yaml', ['references']],
  ['tree-gridworld.yaml', ['references', 'continuing-references']],
  ['goodhart.yaml', ['sample']],
])('tasks of %s that were once stored as `evaluate` are still found by their identity', (name, kinds) => {
  const { tasks } = expandExample(name).expansion
  const renamed = tasks.filter(({ identityKind }) => identityKind === 'evaluate')
  expect([...new Set(renamed.map(({ kind }) => kind))].toSorted()).toEqual(kinds.toSorted())
})

test.each(Object.entries(declared))(
  'each task of %s has an executor, and no two fit the same inputs',
  async (protocol, tasks) => {
    const executors = await loadExecutors(protocol)
    for (const { kind } of Object.values(tasks)) expect(executors).toHaveProperty(kind)
    const inputs = examples
      .map(expandExample)
      .filter((example) => example.protocol === protocol)
      .flatMap(({ expansion }) => expansion.tasks.slice(0, -1))
      .map((task): JsonObject => task.inputs)
    for (const given of inputs.slice(0, 200))
      expect(Object.values(tasks).filter((task) => task.read(given) !== null)).toHaveLength(1)
  },
)
