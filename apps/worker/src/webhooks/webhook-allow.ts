import { parseRanges } from '@goalpost/experiments'
import { z } from 'zod'

/** The setting GOALPOST_WEBHOOK_ALLOW: ranges of addresses, separated by commas. */
export const webhookAllow = z
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
