/**
 * Coverage of 95 % intervals of the average chance to be better, by tasks and runs of each side, and how often the best
 * of four methods that are no better than a fifth is shown to be better.
 *
 *     node benchmarks/statistics/improvements.ts [tries per cell, default 4000]
 */
import { jointConfidence } from '@goalpost/statistics'
import {
  bootstrapInterval,
  drawTasks,
  falseAlarms,
  improvementCases,
  sameTasks,
  scoreInterval,
  shifted,
} from '../../packages/statistics/test/improvement-cases.ts'
import { normal, twoGroups } from '../../packages/statistics/test/populations.ts'
import { simulateCoverage } from '../../packages/statistics/test/simulate-coverage.ts'

const tries = Number(process.argv[2] ?? 4000)
/** Bootstraps take far longer. */
const bootstrapTries = tries / 4
const sizes = [1, 3, 6].flatMap((tasks) => [3, 5, 10].map((runs) => ({ tasks, runs })))
const print = (text: string): void => void process.stdout.write(`${text}\n`)
const row = (name: string, cells: readonly number[]): void =>
  print(`  ${name.padEnd(50)}${cells.map((cell) => cell.toFixed(3).padStart(7)).join('')}`)

print(
  `${tries} tries a cell, standard error ${Math.sqrt((0.95 * 0.05) / tries).toFixed(4)}; a quarter of them for bootstraps`,
)
row(
  'tasks',
  sizes.map(({ tasks }) => tasks),
)
row(
  'runs of either side in each task',
  sizes.map(({ runs }) => runs),
)

const exceptions = [
  {
    name: 'two groups of half each, against a constant',
    left: shifted(twoGroups(0.5), 0),
    right: () => 0.5,
    truth: 0.5,
  },
  { name: 'two groups, 70 % high, against a constant', left: shifted(twoGroups(0.7), 0), right: () => 0.5, truth: 0.7 },
]
for (const { name, left, right, truth } of [...improvementCases, ...exceptions]) {
  const cover = (intervalOf: Parameters<typeof falseAlarms>[3], repeat = tries) =>
    sizes.map(
      ({ tasks, runs }) =>
        simulateCoverage(`better ${name} ${tasks} ${runs}`, repeat, (random) => {
          const sides = [left, right].map((draw) => drawTasks(sameTasks(draw, tasks), runs, random))
          return { interval: intervalOf(sides[0] ?? [], sides[1] ?? [], random), truth }
        }).coverage,
    )
  row(
    name,
    cover((one, other) => scoreInterval(one, other)),
  )
  row('    percentile bootstrap', cover(bootstrapInterval, bootstrapTries))
}

print('one of four methods is shown to be better than an equal fifth')
const each = jointConfidence(0.95, 4)
for (const { name, draw } of [
  { name: 'normal', draw: shifted(normal, 0) },
  { name: 'two groups of half each', draw: shifted(twoGroups(0.5), 0) },
]) {
  const alarms = (intervalOf: Parameters<typeof falseAlarms>[3], repeat = tries) =>
    sizes.map((size) => falseAlarms(name, draw, { ...size, tries: repeat }, intervalOf))
  row(
    name,
    alarms((left, own) => scoreInterval(left, own, each)),
  )
  row(
    '    without correction',
    alarms((left, own) => scoreInterval(left, own)),
  )
  row('    percentile bootstrap without correction', alarms(bootstrapInterval, bootstrapTries))
}
