import type { EngineName } from '@goalpost/engine'
import type { Result } from './compete.ts'
import { ours } from './contests.ts'
import { isAbsent, startContestant, type Contestant } from './contestant.ts'
import { summarize } from './statistics.ts'
import { trainingOptions, workloads } from './workloads.ts'

const bound = 1.9

/** Total throughput of two concurrent trainings, one core each, relative to a single one. */
export async function competeWithOneself(engine: EngineName, runs: number): Promise<Result> {
  const workload = 'mlp13'
  const command = ours({ work: 'training', workload, engine, lookups: true })
  const [first, second] = [await startContestant(command, 0), await startContestant(command, 1)]
  if (isAbsent(first) || isAbsent(second)) throw new Error(`${engine} does not run`)
  const { environments, rolloutSteps } = trainingOptions(workloads[workload])
  const throughput = async (contestant: Contestant) => {
    const { wallMs } = await contestant.measure(2)
    return (environments * rolloutSteps * 1000) / wallMs
  }
  const alone: number[] = []
  const together: number[] = []
  try {
    for (let round = 0; round < runs; round++) {
      alone.push(((await throughput(first)) + (await throughput(second))) / 2)
      const both = await Promise.all([throughput(first), throughput(second)])
      together.push(both[0] + both[1])
    }
  } finally {
    await Promise.all([first.close(), second.close()])
  }
  const ratio = summarize(together.map((both, round) => both / (alone[round] ?? Number.NaN)))
  const entry = (name: string, values: readonly number[]) => {
    return { name, version: first.version, figure: summarize(values), cpuMs: null }
  }
  return {
    name: `two trainings at once on two cores, ${workloads[workload].name}`,
    unit: 'steps/s',
    entries: [entry('two at once, together', together), entry('one alone', alone)],
    ratios: [{ against: 'one alone', ratio, aim: bound, met: ratio.median >= bound }],
    absent: [],
  }
}
