import { collectFiles, serviceActor } from '@goalpost/experiments'
import { GoalpostError } from '@goalpost/contracts'
import { createMemoryFiles } from '@goalpost/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { manifest, startBench, type Bench } from '../../test/bench.ts'
import { registrationPauseMs } from './register-files.ts'

/**
 * Random histories, compared with a reference: a set of files for each thing that needs some. What is needed must be
 * there after every step; after a quiet grace period, nothing else may be.
 */
let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

const graceMs = 60_000
const actor = { key: null, address: null }

/** Numbers that a seed determines (mulberry32). */
function draws(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

async function play(seed: number) {
  const draw = draws(seed)
  const files = createMemoryFiles(bench.clock.now)
  const workspaces = [await bench.workspaces.ensure(`a${seed}`), await bench.workspaces.ensure(`b${seed}`)]
  // The reference. An experiment needs the files of its seeds' trainings, which those of one workspace share.
  type Experiment = { workspace: string; id: string; seeds: readonly number[] }
  const experiments: Experiment[] = []
  const madeBy = new Map<string, Set<string>>()
  const kept = new Map<string, Set<string>>()
  /** Trainings that a model version names: they stay, with all their files. */
  const versions = new Set<string>()
  const needed = () => {
    const trainings = experiments.flatMap(({ workspace, seeds }) => seeds.map((own) => `${workspace} ${own}`))
    return new Set(
      [...trainings, ...versions]
        .flatMap((key) => [...(madeBy.get(key) ?? [])])
        .concat(...[...kept.values()].map((own) => [...own])),
    )
  }
  const write = (text: string) => files.write(new TextEncoder().encode(text))
  const ref = ({ hash, bytes }: { hash: string; bytes: number }) => ({
    name: 'f',
    hash,
    bytes,
    mediaType: 'text/plain',
    evidence: false,
  })
  const writeAll = async (texts: readonly string[]) => {
    const written = []
    for (const text of texts) written.push(await write(text))
    return written
  }
  /** What was removed moments ago is not registered: it is written again, and registered after a while. */
  const again = async (texts: readonly string[], register: () => Promise<unknown>) => {
    try {
      await register()
    } catch (error) {
      if (!(error instanceof GoalpostError && error.code === 'unavailable')) throw error
      bench.clock.advance(registrationPauseMs)
      await writeAll(texts)
      await register()
    }
  }
  const collect = () => collectFiles({ register: bench.files, files, graceMs, intervalMs: 0 })

  async function work(): Promise<void> {
    await bench.work(async ({ claim, assignment }) => {
      const workspace =
        (await bench.experiments.task(workspaces[0]!, claim.taskId)) === null ? workspaces[1]! : workspaces[0]!
      const artifacts = []
      if (assignment.kind === 'train') {
        // Of two trainings of different seeds, one file is equal.
        const texts = [`${workspace} ${assignment.seed}`, `${seed} shared ${Number(assignment.seed) % 2}`]
        const parts = (await writeAll(texts)).map(ref)
        const key = `${workspace} ${assignment.seed}`
        madeBy.set(key, new Set([...(madeBy.get(key) ?? []), ...parts.map(({ hash }) => hash)]))
        await again(texts, () => bench.ledger.recordCheckpoint(claim, { step: 2, parts }))
        await bench.ledger.recordCheckpoint(claim, { step: 4, parts: parts.slice(0, 1) })
        artifacts.push(parts[1]!)
      }
      await bench.ledger.complete(claim, { measures: [], artifacts }, manifest)
    })
  }

  const steps = [
    async () => {
      const workspace = workspaces[draw(2)]!
      const seeds = [...new Set([draw(4), draw(4)])]
      experiments.push({ workspace, id: await bench.submit({ seeds }, workspace), seeds })
      await work()
    },
    async () => {
      const [gone] = experiments.splice(draw(experiments.length + 1), 1)
      if (gone === undefined) return
      const deleted = await bench.experiments.delete({ workspaceId: gone.workspace, id: gone.id }, { actor })
      expect(deleted).toEqual({ ok: true })
    },
    async () => {
      // Written, and registered a little later, or never.
      const workspace = workspaces[draw(2)]!
      const text = `${seed} upload ${draw(5)}`
      const file = await write(text)
      bench.clock.advance((draw(2) * graceMs) / 2)
      await collect()
      if (draw(3) === 0) return
      await again([text], () => bench.experiments.keepArtifact(workspace, ref(file), serviceActor))
      kept.set(workspace, new Set([...(kept.get(workspace) ?? []), file.hash]))
    },
    async () => {
      const of = experiments[draw(experiments.length + 1)]
      if (of === undefined) return
      const view = await bench.experiments.get(of.workspace, of.id)
      const run = view!.runs[draw(view!.runs.length)]!
      const taskId = run.tasks.find(({ key }) => key === 'train')!.id
      const { items } = await bench.experiments.checkpoints(of.workspace, { taskId, limit: 1 })
      const artifact = items[0]!.parts[0]!.hash
      const registration = { artifact, taskId, experimentId: of.id, metadata: {}, tags: [], aliases: [] }
      await bench.models.register({ workspaceId: of.workspace, model: 'mouse' }, registration, serviceActor)
      versions.add(`${of.workspace} ${run.seed}`)
    },
    async () => void (await collect()),
    async () => bench.clock.advance(((1 + draw(3)) * graceMs) / 2),
  ]

  for (let step = 0; step < 25; step++) {
    await steps[draw(steps.length)]!()
    const missing = [...needed()].filter((hash) => !files.stored.has(hash))
    expect({ seed, step, missing }).toEqual({ seed, step, missing: [] })
  }
  // Tasks, then the ownership of their files: each has its own grace period.
  for (let period = 0; period < 3; period++) {
    bench.clock.advance(graceMs + 1)
    await collect()
  }
  expect({ seed, left: [...files.stored.keys()].toSorted() }).toEqual({ seed, left: [...needed()].toSorted() })
}

it('removes what nothing needs and never what something needs, in random histories', { timeout: 240_000 }, async () => {
  for (let seed = 1; seed <= 4; seed++) await play(seed)
})
