import { z } from 'zod'

/** The name of the key that made something; null for the service itself, and for what earlier versions made. */
export const author = z.string().nullable().default(null)
