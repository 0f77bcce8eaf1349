import type { SearchSlot } from '@goalpost/experiments'
import { readSeedCurves, type Pressure } from './measures.ts'
import { completeOptions } from './spec.ts'

const pressures: ReadonlyMap<string, { readonly pressure: Pressure; readonly title: string }> = new Map([
  ['best-of-n-utility-gain', { pressure: 'best-of-n', title: 'utility gain by best-of-N' }],
  ['tilted-utility-gain', { pressure: 'tilted', title: 'utility gain under a KL budget' }],
])

/** Of each seed, at the strongest pressure, in standard deviations of the utility. */
export const searchSlot: SearchSlot = {
  measures: [...pressures].map(([name, { title }]) => ({ name, title, line: 0.5 })),
  read({ runs, options }, name) {
    const pressure = pressures.get(name)?.pressure
    if (pressure === undefined) return []
    return readSeedCurves(runs, completeOptions.parse(options).utility.scale).map(({ seed, curves }) => ({
      seed,
      value: curves[pressure].at(-1)?.utilityGain ?? { missing: 'nothing was measured' },
    }))
  },
}
