import type { ExperimentSpecInput } from '@goalpost/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SpecFile } from '../../spec-file/read-spec.ts'
import { runInTurn } from './run-in-turn.ts'

type Api = Parameters<typeof runInTurn>[0]

let log: string[]
/** By id. */
let open: Map<string, ExperimentSpecInput>

beforeEach(() => {
  log = []
  open = new Map()
})

const fileOf = (name: string, seeds = 3): SpecFile => ({
  path: `${name}.yaml`,
  text: '',
  spec: { apiVersion: 'goalpost/v1', protocol: 'ramp', name, seeds },
})

/** The part of the service that is used, with experiments that are open. */
const api = {
  preview: async ({ name }: ExperimentSpecInput) => {
    log.push(`checks ${name}`)
    if (name === 'faulty') throw new Error('refused')
    return {}
  },
  submit: async ({ name }: ExperimentSpecInput) => {
    log.push(`submits ${name}`)
    return { experiment: { id: `new-${name}` } }
  },
  experiments: async ({ named, state }: { named?: string; state?: string }) => ({
    items: [...open].flatMap(([id, { name }]) => (name === named && state === 'running' ? [{ id, labels: {} }] : [])),
    nextCursor: null,
  }),
  experiment: async (id: string) => ({ spec: open.get(id) }),
} as unknown as Api

const follow = async (id: string) => {
  log.push(`follows ${id}`)
  return true
}

describe('searches of a league', () => {
  test('are submitted one after the other, when all have been checked', async () => {
    expect(await runInTurn(api, [fileOf('a'), fileOf('b')], follow)).toEqual(['new-a', 'new-b'])
    expect(log).toEqual(['checks a', 'checks b', 'submits a', 'follows new-a', 'submits b', 'follows new-b'])
  })

  test('are not begun if a later one is refused', async () => {
    await expect(runInTurn(api, [fileOf('a'), fileOf('faulty')], follow)).rejects.toThrow('refused')
    expect(log).toEqual(['checks a', 'checks faulty'])
  })

  test('are continued by the same command where an interrupted one has left them', async () => {
    open.set('left', fileOf('a').spec)
    expect(await runInTurn(api, [fileOf('a'), fileOf('b')], follow)).toEqual(['left', 'new-b'])
    expect(log).not.toContain('submits a')
    // Another spec of that name is another search.
    expect(await runInTurn(api, [fileOf('a', 4)], follow)).toEqual(['new-a'])
  })

  test('submits no more after an interrupt', async () => {
    expect(await runInTurn(api, [fileOf('a'), fileOf('b')], async () => false)).toBeNull()
    expect(log).toEqual(['checks a', 'checks b', 'submits a'])
  })
})
