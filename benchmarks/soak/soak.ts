/**
 * Many small runs on a service that a random fault strikes every few seconds, with jobs in PostgreSQL and in Redis: do
 * all of them end, with the hashes of undisturbed ones? Needs `redis-server`. Exit code 1 if not. Ctrl-C submits no more,
 * and prints the table once the open runs have ended.
 *
 *     node benchmarks/soak/soak.ts [runs per queue] [seconds between faults] [seed] [postgres | redis]
 */
import { soak, type Soaked } from '../../tests/soak/soak.ts'

const [runs = '500', pause = '4', seed = String(Date.now() % 1_000_000), only] = process.argv.slice(2)
const queues = (['postgres', 'redis'] as const).filter((queue) => only === undefined || only === queue)

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())

const soaked: Soaked[] = []
for (const queue of queues) {
  const pauseMs = Number(pause) * 1_000
  const plan = {
    queue,
    runs: Number(runs),
    limitMs: 3_600_000,
    openAtOnce: 3,
    pauseMs,
    seed: Number(seed),
    signal: interrupted.signal,
  }
  soaked.push(await soak({ ...plan, report: (line) => console.error(line) }))
}

const rows = (name: string, of: (one: Soaked) => number | string) => `| ${[name, ...soaked.map(of)].join(' | ')} |`
const names = (of: (one: Soaked) => object) => [...new Set(soaked.flatMap((one) => Object.keys(of(one))))]

console.log(`seed ${seed}\n`)
console.log(rows('', ({ queue }) => (queue === 'redis' ? 'jobs in Redis' : 'jobs in PostgreSQL')))
console.log(`|---${'|---:'.repeat(soaked.length)}|`)
console.log(rows('runs', ({ runs: { submitted } }) => submitted))
console.log(rows('with the hash of an undisturbed run', ({ runs: { equal } }) => equal))
console.log(rows('with another hash', ({ runs: { different } }) => different))
console.log(rows('failed or cancelled', ({ runs: { other } }) => other))
console.log(rows('invariants broken', ({ brokenInvariants }) => brokenInvariants.length))
console.log(rows('minutes', ({ seconds }) => (seconds / 60).toFixed(1)))
for (const name of names(({ faults }) => faults)) console.log(rows(name, ({ faults }) => faults[name] ?? 0))
for (const name of names(({ attempts }) => attempts))
  console.log(rows(`attempts: ${name}`, ({ attempts }) => attempts[name] ?? 0))
for (const { brokenInvariants } of soaked) for (const broken of brokenInvariants) console.log(broken)

const isUndisturbed = ({ runs: of, brokenInvariants }: Soaked) =>
  of.equal === of.submitted && brokenInvariants.length === 0
process.exitCode = soaked.every(isUndisturbed) ? 0 : 1
