/**
 * Levels per second that curricula edit and solve, on one core: `node benchmarks/environments/edits.ts [levels]`. An
 * edited level is a mutation of twelve elementary edits, as ACCEL makes them. The median of five runs, in processor
 * time; corner 13×13.
 */
import { environments } from '@goalpost/environments'
import { mutateLevel } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { describeMachine } from '../learning/machine.ts'

const count = Number(process.argv[2] ?? 20_000)
const runs = 5

const corner = environments.get('corner')
const design = corner?.design
const solve = corner?.solve
if (corner === undefined || design === undefined || solve === undefined)
  throw new Error('corner has edits and a solver')
const parameters = corner.parameters.parse({})
const [agreeing] = corner.distributions
const stream = createStream(1)
const levels = Array.from({ length: count }, (_, i) => agreeing.sample(parameters, stream.named('levels').at(i)))
const edits = stream.named('edits')
const editor = {
  kindOf: (level: unknown) => design.kindOf(parameters, level),
  toggleWall: (level: unknown, random: ReturnType<typeof edits.at>) => design.toggleWall(parameters, level, random),
  moveThing: (level: unknown, random: ReturnType<typeof edits.at>) => design.moveThing(parameters, level, random),
  resample: (level: unknown, kind: 'agrees' | 'distinguishes', random: ReturnType<typeof edits.at>) =>
    design.resample(parameters, level, kind, random),
  alpha: 0.01,
}

const work: Readonly<Record<string, (level: unknown, index: number) => unknown>> = {
  'edits: identity': (level, i) => mutateLevel(editor, level, { kind: 'identity', count: 12 }, edits.at(i)),
  'edits: binomial': (level, i) => mutateLevel(editor, level, { kind: 'binomial', count: 12 }, edits.at(i)),
  'optimum of the intended goal': (level) => design.optimum(parameters, level),
  'optima of all goals': (level) => solve(parameters, level),
}

console.log(`${describeMachine()}\n\n| corner 13×13 | levels/s |\n|---|--:|`)
for (const [name, one] of Object.entries(work)) {
  const speeds = Array.from({ length: runs }, () => measure(one)).sort((a, b) => a - b)
  console.log(`| ${name} | ${Math.round(speeds[Math.floor(runs / 2)] ?? 0).toLocaleString('en-US')} |`)
}

function measure(one: (level: unknown, index: number) => unknown): number {
  const before = process.cpuUsage()
  for (let i = 0; i < levels.length; i++) one(levels[i], i)
  const { user, system } = process.cpuUsage(before)
  return (levels.length * 1e6) / (user + system)
}
