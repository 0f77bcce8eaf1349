/**
 * The search for a threshold: how often its interval contains the true one, how wide it is, and how many values it tries
 * (`grid`: the fewest values of an even grid whose interval is as often as narrow; `cost`: the quotient). The measure's mean rises from 0 to 1 along the log of the option, steeply or not;
 * each run adds the noise of its seed.
 *
 *     node benchmarks/statistics/threshold.ts [tries per row, default 1000]
 */
import { describeWorld, simulateGrid, simulateSearch, worlds } from '../../packages/statistics/test/threshold-worlds.ts'

const tries = Number(process.argv[2] ?? 1000)

const write = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(
    `${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(44) : String(cell).padStart(10))).join('')}\n`,
  )

write(['world', 'coverage', 'width', 'values', 'ended', 'grid', 'cost'])
for (const world of worlds) {
  const search = simulateSearch(world, tries)
  const grid = simulateGrid(world, { share: search.narrow, tries: Math.max(100, Math.floor(tries / 10)) })
  write([
    describeWorld(world),
    search.coverage.toFixed(3),
    search.width.toFixed(2),
    search.values.toFixed(1),
    search.narrow.toFixed(2),
    grid === null ? '> 400' : String(grid),
    grid === null ? '' : (search.values / grid).toFixed(2),
  ])
}
