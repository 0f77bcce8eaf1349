import { z } from 'zod'
import { parseRanges } from './address-rules.ts'

/** A setting with ranges of addresses, separated by commas. */
export const addressRanges = z
  .string()
  .default('')
  .transform((text, context) => {
    try {
      return parseRanges(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
      return z.NEVER
    }
  })
