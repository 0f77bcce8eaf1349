/**
 * Environment steps per second of a uniform random policy: every world, corner and keys also in JAX, all in one run. A
 * step counts once its whole observation is in the buffer that PPO reads; the time includes drawing fresh levels.
 *
 *   npx node benchmarks/environments/random-steps.ts [--python path] [--procgen folder] [--only text] [--runs 7] [--core 0]
 *     [--clock wall|processor]
 *
 * Contestants are processes that run for the whole benchmark, pinned to one core if `taskset` is available, and
 * measured in turn. `--python` is one with benchmarks/peers/requirements.txt; without JAX its rows are left out. `--procgen`
 * is a folder in which benchmarks/peers/procgen/build.sh has built it. `--only coinrun` measures those whose names have
 * "coinrun" in them. Ends with 1 if ours and JAX differ in observations or outcomes.
 */
import { parseArgs } from 'node:util'
import { clocks, type Clock } from '../learning/compete.ts'
import { isAbsent, startContestant, type Absent, type Contestant, type Timing } from '../learning/contestant.ts'
import { describeMachine } from '../learning/machine.ts'
import { summarize } from '../learning/statistics.ts'
import { describeDifferences } from './describe-differences.ts'
import { listEntrants, type Entrant } from './entrants.ts'
import { setting } from './rollout.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    procgen: { type: 'string' },
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '7' },
    core: { type: 'string', default: '0' },
    clock: { type: 'string', default: 'wall' },
  },
})
const clock = clocks.find((name) => name === values.clock)
if (clock === undefined) throw new RangeError(`clocks are ${clocks.join(', ')}`)
const runs = Number(values.runs)

/** The minimum duration of one run of a contestant. */
const runMs = 400

type Racer = { readonly entrant: Entrant; readonly contestant: Contestant; readonly timings: Timing[] }

const { batch, rolloutSteps, alpha } = setting
const perSecondBy = (name: Clock) => (timing: Timing) =>
  (batch * rolloutSteps * 1000) / (name === 'wall' ? timing.wallMs : timing.cpuMs)
const perSecond = perSecondBy(clock)

async function race(racers: readonly Racer[]): Promise<void> {
  const repetitions: number[] = []
  for (const { contestant } of racers)
    repetitions.push(Math.max(1, Math.round(runMs / (await contestant.measure(1)).wallMs)))
  for (let run = 0; run < runs; run++)
    for (const [i, { contestant, timings }] of racers.entries())
      timings.push(await contestant.measure(repetitions[i] ?? 1))
}

/** Median and range, in millions. */
function formatSpeed(steps: readonly number[]): string {
  const { median, least, most } = summarize(steps.map((value) => value / 1e6))
  return `${median.toPrecision(3)} (${least.toPrecision(3)}–${most.toPrecision(3)})`
}

function formatRow({ entrant, timings }: Racer, racers: readonly Racer[]): object {
  const jax = racers.find(({ entrant: { rival } }) => rival !== undefined && rival === entrant.world)
  const ratios = jax?.timings.map((timing, run) => perSecond(timings[run] ?? timing) / perSecond(timing))
  const ratio = ratios === undefined ? null : summarize(ratios)
  return {
    'M steps/s': formatSpeed(timings.map(perSecondBy('wall'))),
    'in processor time': formatSpeed(timings.map(perSecondBy('processor'))),
    bytes: entrant.bytes,
    'times JAX':
      ratio === null ? '' : `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`,
    "jaxgmg's laptop": entrant.jaxgmg ?? '',
  }
}

const racers: Racer[] = []
const absent: Absent[] = []
const entrants = listEntrants(values).filter(({ command: { name } }) => name.includes(values.only))
for (const entrant of entrants) {
  const contestant = await startContestant(entrant.command, Number(values.core))
  if (isAbsent(contestant)) absent.push(contestant)
  else racers.push({ entrant, contestant, timings: [] })
}
try {
  await race(racers)
} finally {
  await Promise.all(racers.map(({ contestant }) => contestant.close()))
}

console.log(`${describeMachine()}; one core, ratios of ${clock} time, ${runs} runs of each in turn, medians and ranges`)
console.log(`batch ${batch}, rollouts of ${rolloutSteps} steps, α = ${alpha}, level generation inside`)
console.table(Object.fromEntries(racers.map((racer) => [racer.contestant.name, formatRow(racer, racers)])))
for (const { name, reason } of absent) console.log(`${name}: not measured (${reason})`)

for (const rival of racers.filter(({ entrant }) => entrant.rival !== undefined)) {
  const ours = racers.find(({ entrant }) => entrant.world === rival.entrant.rival)
  const lines = describeDifferences(ours?.timings ?? [], rival.timings)
  console.log(`${rival.contestant.name} sees and does what ours does: ${lines.length === 0 ? 'yes' : lines.join('; ')}`)
  if (lines.length > 0) process.exitCode = 1
}
