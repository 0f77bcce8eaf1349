import { z } from 'zod'

export const methodName = z.enum(['ppo'])
export type MethodName = z.infer<typeof methodName>
