import type { JsonObject } from '@goalpost/contracts'
import { unchecked } from '@goalpost/protocol-kit'
import type { RlShiftOptions } from './spec.ts'

/** Options as `resolve` completed and the service stored them. */
export const storedOptions = (options: JsonObject): RlShiftOptions => unchecked(options)
