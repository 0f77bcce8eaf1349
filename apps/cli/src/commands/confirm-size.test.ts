import type { PreviewView } from '@goalpost/contracts'
import { GoalpostError } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import type { Context } from '../context.ts'
import { overrideSpec, type Overrides } from '../spec-file/override-spec.ts'
import type { SpecFile } from '../spec-file/read-spec.ts'
import { createTerminal } from '../terminal/terminal.ts'
import { confirmSize, type Confirmation } from './confirm-size.ts'

type Surroundings = {
  readonly seedsOfFile?: number
  readonly tasksOfRun?: number
  /** Keys that are pressed; undefined: no terminal. */
  readonly keys?: readonly string[]
  readonly json?: boolean
  /** Also without the settings of the command line. */
  readonly isComplete?: boolean
}

/** Plans one condition: a run for each seed. Without options the spec is incomplete. */
const api = (tasksOfRun: number) => ({
  async preview({ seeds = 1, options }: SpecFile['spec']) {
    if (options === undefined) throw new GoalpostError('invalid-spec', 'options are missing')
    const runs = typeof seeds === 'number' ? seeds : 0
    const resolved = { name: 'x', conditions: [{}], seeds: Array.from({ length: runs }) }
    return {
      runs,
      tasks: { train: runs * tasksOfRun },
      work: { steps: runs * ((options as { steps?: number } | null)?.steps ?? 1) },
      reused: 0,
      estimatedSeconds: 7_200,
      resolved,
    } as never as PreviewView
  },
})

async function confirm(options: Overrides & Confirmation, around: Surroundings = {}) {
  const { seedsOfFile = 5, tasksOfRun = 1, keys, json = false, isComplete = false } = around
  const said: string[] = []
  const context = {
    terminal: createTerminal({ columns: 80, unicode: true, colour: false }),
    keys: () =>
      keys === undefined
        ? null
        : (async function* press() {
            yield* keys
          })(),
    note: (text: string) => void said.push(text),
    draw: (text: string) => void said.push(text),
  } as Partial<Context> as Context
  const complete = options.set === undefined || isComplete ? { options: { steps: 1 } } : {}
  const spec = { apiVersion: 'goalpost/v1' as const, protocol: 'any', name: 'x', seeds: seedsOfFile, ...complete }
  const given = { path: 'x.yaml', text: '', spec }
  const file = overrideSpec(given, options)
  const goesOn = await confirmSize({ context, global: { json }, api: api(tasksOfRun), given, file, options })
  return { goesOn, said: said.join('\n') }
}

const plan =
  /x: 100 runs = 1 condition × 100 seeds instead of the file's 5 runs, 100 tasks, 100 steps instead of 5; time about 2 h/

test('a flag that makes an experiment more than ten times as large asks on a terminal', async () => {
  expect(await confirm({ seeds: '100' }, { keys: ['n'] })).toEqual({ goesOn: false, said: expect.stringMatching(plan) })
  expect(await confirm({ seeds: '100' }, { keys: ['y'] })).toEqual({ goesOn: true, said: expect.stringMatching(plan) })
  // Ctrl-C ends the keys.
  expect(await confirm({ seeds: '100' }, { keys: [] })).toMatchObject({ goesOn: false })
})

test('without a terminal the plan is printed, and it goes on', async () => {
  const { goesOn, said } = await confirm({ seeds: '100' })
  expect(goesOn).toBe(true)
  expect(said).toMatch(plan)
  expect(said).toMatch(/--seeds 100 means 100 seeds; seed 100 alone is --seeds 100\.\.100/)
})

test('a flag that leads to more than 500 tasks asks if they are more than twice those of the file', async () => {
  expect(await confirm({ seeds: '51' }, { seedsOfFile: 25, tasksOfRun: 10, keys: ['n'] })).toMatchObject({
    goesOn: false,
  })
  expect(await confirm({ seeds: '600', set: ['options.steps=1'] }, { keys: ['n'] })).toMatchObject({ goesOn: false })
})

test('a flag that makes runs more than ten times as long asks', async () => {
  const longer = (steps: number) => confirm({ set: [`options.steps=${steps}`] }, { isComplete: true, keys: ['n'] })
  expect(await longer(11)).toEqual({
    goesOn: false,
    said: expect.stringMatching(/the file's 5 runs, 5 tasks, 55 steps instead of 5; time/),
  })
  expect(await longer(10)).toEqual({ goesOn: true, said: '' })
})

test.each([
  ['a file of 499 tasks plus one seed', { seeds: '501' }, { seedsOfFile: 499 }],
  ['twice the tasks', { seeds: '52' }, { seedsOfFile: 26, tasksOfRun: 10 }],
  ['ten times the runs', { seeds: '50' }, {}],
  ['a large file as it is', {}, { seedsOfFile: 1_000 }],
  ['fewer runs of a large file', { seeds: '600' }, { seedsOfFile: 1_000 }],
  ['--yes', { seeds: '100', yes: true }, {}],
  ['JSON', { seeds: '100' }, { json: true }],
] as const)('%s is not asked about', async (_, options, around) => {
  expect(await confirm(options, { ...around, keys: ['n'] })).toEqual({ goesOn: true, said: '' })
})
