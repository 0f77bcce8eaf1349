import { z } from 'zod'

/** What a key may do; each includes those before it. `submit`: experiments and files. `manage`: change and cancel them. */
export const apiKeyScope = z.enum(['read', 'submit', 'manage', 'admin'])
export type ApiKeyScope = z.infer<typeof apiKeyScope>
