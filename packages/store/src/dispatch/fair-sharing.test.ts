import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())
// Nothing of one test waits or runs in the next.
beforeEach(() => bench.work())

const seeds = (count: number, first: number) => Array.from({ length: count }, (_, index) => first + index)

/** One slot and a queue of one job: which experiment does each of the next tasks belong to? */
async function playOut(names: Readonly<Record<string, string>>, tasks: number): Promise<string[]> {
  const order: string[] = []
  while (order.length < tasks) {
    const [job] = await bench.dispatchAll(1)
    if (job === undefined) return order
    await bench.succeed(job.taskId)
    for (const [name, id] of Object.entries(names)) {
      const view = await bench.experiments.get(bench.workspace, id)
      if (view!.runs.some((run) => run.tasks.some((task) => task.id === job.taskId && task.key === 'train')))
        order.push(name)
    }
  }
  return order
}

describe('experiments of a workspace take turns', () => {
  it('a sweep delays a three-run experiment by one task each', async () => {
    const sweep = await bench.submit({ seeds: seeds(10, 1_000) })
    expect(await playOut({ sweep }, 2)).toEqual(['sweep', 'sweep'])
    const small = await bench.submit({ seeds: seeds(3, 2_000) })
    const order = await playOut({ sweep, small }, 8)
    expect(order.slice(0, 6).toSorted()).toEqual(['small', 'small', 'small', 'sweep', 'sweep', 'sweep'])
    for (const [index, name] of order.slice(0, 6).entries()) if (index > 0) expect(name).not.toBe(order[index - 1])
    expect(order.slice(6)).toEqual(['sweep', 'sweep'])
    await bench.experiments.cancel(bench.workspace, sweep)
  })

  it('a higher priority goes first, however many turns it has had', async () => {
    const usual = await bench.submit({ seeds: seeds(3, 3_000) })
    const urgent = await bench.submit({ seeds: seeds(3, 4_000), priority: 5 })
    expect(await playOut({ usual, urgent }, 6)).toEqual(['urgent', 'urgent', 'urgent', 'usual', 'usual', 'usual'])
  })

  it('a small experiment that shares tasks with a sweep does not wait for the sweep', async () => {
    const sweep = await bench.submit({ seeds: seeds(10, 5_000) })
    const small = await bench.submit({ seeds: [5_008, 5_009] })
    const order = await playOut({ small }, 2)
    expect(order).toEqual(['small', 'small'])
    // Of the sweep's own trainings, no more than as many have run meanwhile.
    const { runs } = (await bench.experiments.get(bench.workspace, sweep))!
    const trained = runs.filter(({ tasks }) => tasks.some(({ key, state }) => key === 'train' && state === 'succeeded'))
    expect(trained.length).toBeLessThanOrEqual(2 + 2)
    await bench.experiments.cancel(bench.workspace, sweep)
  })

  it('workspaces come first: many experiments in one do not outweigh one in another', async () => {
    const other = await bench.workspaces.ensure('other')
    for (const first of [6_000, 6_100, 6_200, 6_300]) await bench.submit({ seeds: seeds(5, first) })
    const lonely = await bench.submit({ seeds: seeds(5, 7_000) }, other)
    const jobs = await bench.dispatchAll(8)
    const own = Object.values(await bench.tasks(lonely, other))
    const view = (await bench.experiments.get(other, lonely))!
    const ids = new Set([...own, ...view.runs.flatMap(({ tasks }) => tasks.map(({ id }) => id))])
    expect(jobs.filter(({ taskId }) => ids.has(taskId))).toHaveLength(4)
    for (const { taskId, epoch } of jobs) await bench.succeed(taskId, undefined, epoch)
  })
})
