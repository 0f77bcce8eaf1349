import type { Aim, Contest } from './contests.ts'
import { isAbsent, isPresent, startContestant, type Absent, type Contestant, type Timing } from './contestant.ts'
import { summarize, type Summary } from './statistics.ts'

export type Entry = {
  readonly name: string
  readonly version: string
  /** Milliseconds of one repetition, or steps/s. */
  readonly figure: Summary
  /** Of processor time per repetition, over all threads; null if two processes work together. */
  readonly cpuMs: Summary | null
}

export type Ratio = {
  readonly against: string
  /** Our figure over the peer's, round by round, so that both had the same conditions. */
  readonly ratio: Summary
  readonly aim: number | null
  readonly met: boolean | null
}

export type Result = {
  readonly name: string
  readonly unit: 'ms' | 'steps/s'
  readonly entries: readonly Entry[]
  readonly ratios: readonly Ratio[]
  readonly absent: readonly Absent[]
}

/** The minimum duration of one run of a contestant. */
const runMs = 500

/**
 * The time measured: wall-clock, or processor time, which is the same on an idle machine and the only meaningful one
 * on a shared one.
 */
export const clocks = ['wall', 'processor'] as const
export type Clock = (typeof clocks)[number]

export type CompeteOptions = { readonly runs: number; readonly core: number | null; readonly clock: Clock }

type Runs = { readonly contestant: Contestant; readonly timings: Timing[] }

/** All contestants started and warm, then one run of each in turn, `runs` times. */
export async function compete(contest: Contest, { runs, core, clock }: CompeteOptions): Promise<Result> {
  const started: (Contestant | Absent)[] = []
  for (const command of contest.contestants) started.push(await startContestant(command, core))
  const taking = started.filter(isPresent)
  const all: Runs[] = taking.map((contestant) => ({ contestant, timings: [] }))
  try {
    const repetitions: number[] = []
    for (const { contestant } of all)
      repetitions.push(Math.max(1, Math.round(runMs / (await contestant.measure(1)).wallMs)))
    for (let round = 0; round < runs; round++)
      for (const [i, { contestant, timings }] of all.entries())
        timings.push(await contestant.measure(repetitions[i] ?? 1))
  } finally {
    await Promise.all(taking.map((contestant) => contestant.close()))
  }
  const figure = (timing: Timing) => figureOf(contest, clock === 'wall' ? timing.wallMs : timing.cpuMs)
  return {
    name: contest.name,
    unit: contest.steps === null ? 'ms' : 'steps/s',
    entries: all.map((one) => describe(one, figure)),
    ratios: compare(contest, all, figure),
    absent: started.filter(isAbsent),
  }
}

function describe({ contestant, timings }: Runs, figure: (timing: Timing) => number): Entry {
  return {
    name: contestant.name,
    version: contestant.version,
    figure: summarize(timings.map(figure)),
    cpuMs: summarize(timings.map(({ cpuMs }) => cpuMs)),
  }
}

function figureOf({ steps }: Contest, ms: number): number {
  return steps === null ? ms : (steps / ms) * 1000
}

function compare(contest: Contest, [first, ...others]: readonly Runs[], figure: (timing: Timing) => number): Ratio[] {
  if (first === undefined) return []
  return others.map(({ contestant, timings }) => {
    const ratio = summarize(timings.map((timing, i) => figure(first.timings[i] ?? timing) / figure(timing)))
    const aim = contest.aims.find(({ against }) => against === contestant.name)
    return {
      against: contestant.name,
      ratio,
      aim: aim?.bound ?? null,
      met: aim === undefined ? null : meets(contest, aim, ratio.median),
    }
  })
}

function meets({ steps }: Contest, { bound }: Aim, ratio: number): boolean {
  return steps === null ? ratio <= bound : ratio >= bound
}
