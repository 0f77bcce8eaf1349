import { type Environment, type Shift, shiftParameters } from '@goalpost/environments'
import { canonicalJson, type CoveredShift, type SubjectSlot } from '@goalpost/experiments'
import { environmentOf } from '../../../worlds/environment-of.ts'
import type { Suite } from '../../../worlds/suites/suite-options.ts'
import { storedOptions } from '../../stored-options.ts'

type World = { readonly environment: Environment; readonly parameters: Readonly<Record<string, unknown>> }

/** A suite per test; worlds are part of the names, as an experiment may have several. */
export const coverShifts: SubjectSlot['coverage'] = (options) => {
  const { environment: name, parameters, suites } = storedOptions(options)
  const environment = environmentOf(name)
  return {
    known: environment.shifts.map((shift) => ({ name: nameIn(environment, shift.name), title: shift.description })),
    tests: suites.map((suite) => coverShift(suite, { environment, parameters })),
  }
}

const nameIn = (environment: Environment, shift: string) => `${environment.name}: ${shift}`

function coverShift(suite: Suite, world: World): CoveredShift {
  const { environment, parameters } = world
  const { name, levels: units, seed } = suite
  const set = { name, units, seed: typeof seed === 'number' ? seed : null }
  const key = canonicalJson([environment.name, parameters, suite])
  const found = shiftOf(suite, world)
  if (found !== undefined) return { shift: nameIn(environment, found.name), title: found.description, set, key }
  return suite.role === 'in-distribution'
    ? { shift: nameIn(environment, 'as in training'), title: 'No shift: the world of training', set, key }
    : { shift: nameIn(environment, name), title: 'A shift of the spec itself', set, key }
}

/** Resolved suites have the changes of their shift and no longer its name. The shift that changes the most is meant. */
function shiftOf(suite: Suite, world: World): Shift | undefined {
  if (suite.role === 'in-distribution') return undefined
  return world.environment.shifts
    .filter((shift) => isPlayed(shift, suite, world))
    .toSorted((a, b) => changesOf(b) - changesOf(a))[0]
}

const changesOf = ({ parameters = {}, agents = {} }: Shift) =>
  Object.keys(parameters).length + Object.keys(agents).length

function isPlayed(shift: Shift, suite: Suite, { parameters }: World): boolean {
  if (suite.distribution !== (shift.distribution ?? 'training')) return false
  if (!isEqual(suite.observation ?? null, shift.observation ?? null)) return false
  const played = { ...parameters, ...suite.parameters }
  return isEqual(shiftParameters(played, shift), played)
}

const isEqual = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b)
