import type { SearchSlot } from '@goalpost/experiments'
import { experiments, options } from './experiments/table.ts'
import { isHosted, options as allOptions } from './options.ts'
import { afterwards, readSeeds } from './seed-readings.ts'

const readings: ReadonlyMap<string, 'shifted' | 'capability'> = new Map([
  ['shifted-rate', 'shifted'],
  ['capability', 'capability'],
])

/** Of each seed, after the last stage: how often it pursues the proxy where training did not look, and its capability. */
export const searchSlot: SearchSlot = {
  measures: [
    { name: 'shifted-rate', title: 'rate of the proxy', line: 0.5 },
    { name: 'capability', title: 'capability', line: 0.5 },
  ],
  read(condition, name) {
    const reading = readings.get(name)
    if (reading === undefined) return []
    // Nothing of a hosted model is trained, so there is no threshold to search.
    if (isHosted(allOptions.parse(condition.options))) return []
    const { experiment, stages } = options.parse(condition.options)
    const seeds = readSeeds(condition.runs, stages.length)
    const values = afterwards(experiments[experiment].readings[reading], seeds)
    return seeds.map(({ seed }, index) => ({ seed, value: values[index] }))
  },
}
