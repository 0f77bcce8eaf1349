import { measureSearch, type ResolvedSearch } from '@goalpost/contracts'
import { plural } from '../terminal/text.ts'

/** `rate from 0.001 to 1, 3 rounds, 5 of at most 12 values`. */
export function describeSearch(search: ResolvedSearch): string {
  const { over, between, ended, stopped } = search
  const { rounds, values, most } = measureSearch(search)
  const count = ended ? plural(values, 'value') : `${values} of at most ${most} values`
  const ending = ended ? `, ended${stopped === undefined ? '' : ' early'}` : ''
  return `${over} from ${between[0]} to ${between[1]}, ${plural(rounds, 'round')}, ${count}${ending}`
}
