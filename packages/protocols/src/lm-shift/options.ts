import { z } from 'zod'
import { options as organismOptions, type LmShiftOptions as OrganismOptions } from './experiments/table.ts'
import { hostedOptions, type HostedOptions } from './hosted/hosted-options.ts'

/** Models trained here, and models behind an endpoint. */
export const options = z.discriminatedUnion('experiment', [...organismOptions.options, ...hostedOptions.options])
type Options = OrganismOptions | HostedOptions

export function isHosted(given: Options): given is HostedOptions {
  return 'subject' in given
}
