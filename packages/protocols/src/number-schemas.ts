import { z } from 'zod'

export const positive = z.number().positive()
export const fraction = z.number().min(0).max(1)
export const count = (max: number) => z.number().int().min(1).max(max)
