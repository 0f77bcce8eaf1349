import type { JsonObject } from '@goalpost/contracts'
import { unchecked } from '@goalpost/protocol-kit'
import type { RlShiftOptions } from './spec.ts'

/** Options as completed by `resolve` and stored by the service. */
export const storedOptions = (options: JsonObject): RlShiftOptions => unchecked(options)
