import { gateSpec, type GateSpecInput, type RuleState } from '@goalpost/contracts'
import { serviceActor } from '@goalpost/experiments'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { artifact, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
let workspace: string
beforeAll(async () => {
  bench = await startBench()
})
beforeEach(async () => {
  workspace = await bench.workspaces.ensure(crypto.randomUUID())
})
afterAll(() => bench.close())

const rule = { kind: 'absolute', name: 'returns', condition: 'c', measure: 'm', atLeast: 0.5 } as const

const apply = (change: Partial<GateSpecInput> = {}) =>
  bench.gates.apply(
    workspace,
    gateSpec.parse({ apiVersion: 'goalpost/v1', name: 'nightly', model: 'mouse', spec: {}, rules: [rule], ...change }),
    serviceActor,
  )

const judgement = (state: RuleState, name: string = rule.name) => ({
  rule: name,
  state,
  reason: '',
  difference: null,
  units: 64,
  unitsNeeded: null,
})

/** The run that is due ends with a judgement of that state. */
async function end(state: RuleState): Promise<void> {
  const due = (await bench.gates.due(10, [])).find((run) => run.workspaceId === workspace)
  if (due === undefined) throw new Error('No run is due')
  const other = judgement(state === 'holds' ? 'violated' : 'holds', 'another')
  await bench.gates.end(due, { outcome: 'pass', message: null, judgements: [other, judgement(state)] })
}

async function registerAndTest(...states: readonly RuleState[]): Promise<void> {
  for (const state of states) {
    const file = artifact()
    await bench.experiments.keepArtifact(workspace, file, serviceActor)
    const registration = { artifact: file.hash, step: 100, metadata: {}, tags: [], aliases: [] }
    await bench.models.register({ workspaceId: workspace, model: 'mouse' }, registration, serviceActor)
    await end(state)
  }
}

async function testAgain(version: number, state: RuleState): Promise<void> {
  await bench.gates.startRun(workspace, 'nightly', version, serviceActor)
  await end(state)
}

describe('the versions that a gate has judged', () => {
  const read = (query = {}) => bench.gates.judgedVersions(workspace, 'nightly', { limit: 10, ...query })
  const statesOf = async (query = {}) =>
    (await read(query))?.map(({ version, judgements }) => [version, judgements.at(-1)?.state])

  it('are read with their latest runs, the newest ones, ascending', async () => {
    await apply()
    await registerAndTest('holds', 'violated')
    await testAgain(1, 'open')
    expect((await read())?.[0]).toEqual({
      version: 1,
      step: 100,
      judgements: [judgement('holds', 'another'), judgement('open')],
    })
    expect(await statesOf()).toEqual([
      [1, 'open'],
      [2, 'violated'],
    ])
    expect(await statesOf({ limit: 1 })).toEqual([[2, 'violated']])
    expect(await statesOf({ until: 1 })).toEqual([[1, 'open']])
  })

  it('are those that had the rules of today', async () => {
    await apply()
    await registerAndTest('holds')
    await apply({ description: 'the same rules' })
    expect(await statesOf()).toEqual([[1, 'holds']])
    await apply({ rules: [{ ...rule, atLeast: 0.7 }] })
    expect(await statesOf()).toEqual([])
    expect(await bench.gates.judgedVersions(workspace, 'missing', { limit: 10 })).toBeNull()
  })
})

describe('the onset of a violation', () => {
  const onset = (query = {}) => bench.gates.onset(workspace, 'nightly', { rule: rule.name, ...query })

  it('lies between the newest version that keeps the rule and the next that violates it', async () => {
    await apply()
    await registerAndTest('violated', 'holds', 'open', 'violated', 'violated', 'open')
    expect(await onset()).toEqual({ lastGood: 2, firstBad: 4 })
    expect(await onset({ rule: 'another' })).toEqual({ lastGood: 6, firstBad: null })
    expect(await onset({ until: 3 })).toEqual({ lastGood: 2, firstBad: null })
    expect(await onset({ until: 1 })).toEqual({ lastGood: null, firstBad: 1 })
  })

  it('is judged by the latest run of each version', async () => {
    await apply()
    await registerAndTest('holds', 'holds', 'violated', 'violated')
    await testAgain(2, 'violated')
    expect(await onset()).toEqual({ lastGood: 1, firstBad: 2 })
    await testAgain(3, 'open')
    await testAgain(2, 'open')
    expect(await onset()).toEqual({ lastGood: 1, firstBad: 4 })
  })

  it('knows nothing of other rules, gates and workspaces', async () => {
    await apply()
    await registerAndTest('holds')
    const nothing = { lastGood: null, firstBad: null }
    expect(await onset({ rule: 'missing' })).toEqual(nothing)
    expect(await bench.gates.onset(workspace, 'missing', { rule: rule.name })).toEqual(nothing)
    const other = await bench.workspaces.ensure('other')
    expect(await bench.gates.onset(other, 'nightly', { rule: rule.name })).toEqual(nothing)
    await apply({ rules: [{ ...rule, atLeast: 0.7 }] })
    expect(await onset()).toEqual(nothing)
  })
})
