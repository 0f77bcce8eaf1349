/**
 * Goalpost against PyTorch, JAX and itself: contestants are separate processes that run for the whole contest,
 * pinned to one core if `taskset` is available, and measured in turn. Medians of all runs, with the spread.
 *
 *   npx node benchmarks/learning/versus.ts [--python path] [--engine name] [--runs 7] [--core 0] [--json]
 *     [--clock wall|processor]
 *     [--only update|training|rollout|concurrency|engines]
 *
 * `--python` is one with benchmarks/peers/requirements.txt; missing peers are reported and left out.
 */
import { parseArgs } from 'node:util'
import { engineNames } from '@goalpost/engine'
import { clocks, compete, type Result } from './compete.ts'
import { competeWithOneself } from './concurrency.ts'
import { listContests } from './contests.ts'
import { describeMachine } from './machine.ts'
import { formatResult } from './table.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    engine: { type: 'string', default: 'onnx:cpu' },
    runs: { type: 'string', default: '7' },
    clock: { type: 'string', default: 'wall' },
    core: { type: 'string', default: '0' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const engine = engineNames.find((name) => name === values.engine)
if (engine === undefined) throw new RangeError(`engines are ${engineNames.join(', ')}`)
const clock = clocks.find((name) => name === values.clock)
if (clock === undefined) throw new RangeError(`clocks are ${clocks.join(', ')}`)
const runs = Number(values.runs)

const results: Result[] = []
function report(result: Result): void {
  results.push(result)
  if (!values.json) console.log(`\n${formatResult(result)}`)
}

if (!values.json) console.log(`${engine}, ${runs} runs, ${clock} time; ${describeMachine()}`)
for (const contest of listContests({ engine, python: values.python }))
  if (values.only === undefined || values.only === contest.group)
    report(await compete(contest, { runs, core: Number(values.core), clock }))
if (values.only === undefined || values.only === 'concurrency') report(await competeWithOneself(engine, runs))
if (values.json) console.log(JSON.stringify({ machine: describeMachine(), engine, runs, clock, results }, null, 2))
