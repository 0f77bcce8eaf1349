import { z } from 'zod'

/** What a finding means at a glance. */
export const tone = z.enum(['good', 'bad', 'warning', 'neutral'])
export type Tone = z.infer<typeof tone>
