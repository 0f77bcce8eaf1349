import { afterEach, beforeEach, expect, it } from 'vitest'
import { startOldDatabase, type OldDatabase } from '../../test/old-database.ts'
import { createStore } from '../create-store.ts'

const added = '20261129070000_verdicts'
const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const workspace = idOf(1)

/** A verdict of a report from before sentences, goals and keys. */
const judged = {
  type: 'verdict',
  title: 'alpha=0',
  condition: 'alpha=0',
  verdict: 'goal-misgeneralization',
  tone: 'bad',
  provisional: true,
  reason: 'Under the shift the policy stays capable and pursues the proxy.',
  tally: { 'goal-misgeneralization': 2, mixed: 1 },
  numbers: [
    {
      name: 'in distribution, share of optimum',
      estimate: { value: 0.98 },
      help: "True return over the true-oracle's",
    },
    { name: "… above random's", estimate: { value: -0.1, low: -0.2, high: 0, level: 0.95, count: 3 } },
    { name: 'goal position', estimate: { value: { missing: 'too close' } } },
    { name: 'what no report says any more', estimate: { value: 1 } },
  ],
  thresholds: { learned: 0.5 },
}
const undecided = {
  ...judged,
  verdict: 'undetermined',
  tone: 'neutral',
  condition: 'b',
  title: 'b',
  tally: {},
  numbers: [],
}
const curve = (policy: string) =>
  ['utility gain', 'share of peak gain left', 'growth of reward gain'].map((name) => ({
    name: `${policy}: ${name}`,
    estimate: { value: 1 },
  }))
const optimised = { ...judged, numbers: ['best of 64', 'tilted to 2 nats', 'top 1/8 raised'].flatMap(curve) }

let old: OldDatabase
beforeEach(async () => {
  old = await startOldDatabase(added, workspace)
})
afterEach(() => old.close())

/** An experiment with an analysis in the given state. */
async function addExperiment(number: number, state: string, parts: readonly object[]): Promise<string> {
  const [id, task] = [idOf(number), idOf(number + 100)]
  await old.client.query(
    `INSERT INTO tasks (id, workspace_id, identity, salt, protocol, kind, key, inputs, resources, device, engine, work_unit,
      work_amount, short, priority, rank, state, epoch, cancel_requested, experiment_failures, infrastructure_failures,
      dispatch_count, result, result_hash, manifest, created_at, updated_at)
    VALUES ($1, $2, $3, '', 'p', 'analyse', 'analysis', '{}', '{}', 'cpu', 'none', 'u', 1, true, 0, 0, $4::text, 0, false, 0, 0, 0,
      CASE WHEN $4::text = 'succeeded' THEN $5::jsonb END, CASE WHEN $4::text = 'succeeded' THEN $3::text END,
      CASE WHEN $4::text = 'succeeded' THEN '{}'::jsonb END, now(), now())`,
    [task, workspace, String(number).padStart(64, 'a'), state, { measures: [], artifacts: [], report: { parts } }],
  )
  await old.client.query(
    `INSERT INTO experiments (id, workspace_id, name, protocol, labels, priority, spec, resolved, condition_count, seed_count,
      state, revision, sequence, analysis_task_id, tasks_blocked, tasks_ready, tasks_queued, tasks_running, tasks_succeeded,
      tasks_failed, tasks_cancelled, created_at, updated_at)
    VALUES ($1, $2, 'n', 'p', '{}', 0, '{}', '{}', 1, 3, 'succeeded', 7, 1, $3, 0, 0, 0, 0, 1, 0, 0, now(), now())`,
    [id, workspace, task],
  )
  return id
}

it('adds verdicts to experiments that were analysed earlier, from their stored reports', async () => {
  const text = { type: 'text', title: 't', paragraphs: [] }
  const id = await addExperiment(1, 'succeeded', [text, judged, undecided, text])
  const curves = await addExperiment(2, 'succeeded', [optimised])
  const waiting = await addExperiment(3, 'ready', [])
  expect((await old.update())[0]).toBe(added)

  const store = createStore({ url: old.url })
  const view = await store.experiments.get(workspace, id)
  expect(view).toMatchObject({ revision: 8 })
  expect(view?.verdicts).toEqual([
    {
      condition: 'alpha=0',
      title: 'alpha=0',
      name: 'goal-misgeneralization',
      tone: 'bad',
      goal: null,
      sentence: judged.reason,
      provisional: true,
      agreeing: 2,
      total: 3,
      numbers: [
        {
          key: 'in-distribution-share-of-optimum',
          label: 'in distribution, share of optimum',
          estimate: { value: 0.98 },
        },
        { key: 'shifted-true-return-above-random', label: "… above random's", estimate: judged.numbers[1]!.estimate },
        { key: 'goal-position', label: 'goal position', estimate: { value: { missing: 'too close' } } },
        { key: null, label: 'what no report says any more', estimate: { value: 1 } },
      ],
    },
    expect.objectContaining({ condition: 'b', name: 'undetermined', agreeing: 0, total: 0, numbers: [] }),
  ])
  const keys = (await store.experiments.get(workspace, curves))?.verdicts[0]?.numbers.map(({ key }) => key)
  expect(keys).toEqual(
    ['best-of-n', 'tilted', 'tail'].flatMap((way) =>
      ['utility-gain', 'retained-gain', 'reward-growth'].map((number) => `${way}-${number}`),
    ),
  )
  expect(await store.experiments.get(workspace, waiting)).toMatchObject({ revision: 7, verdicts: [] })
  const found = await store.experiments.list(workspace, { verdict: 'goal-misgeneralization', limit: 9 })
  expect(found.items.map((item) => item.id)).toEqual([curves, id])
  const serious = await store.experiments.list(workspace, { sort: 'verdict', limit: 9 })
  expect(serious.items.map((item) => item.id)).toEqual([curves, id, waiting])
  await store.close()
})
