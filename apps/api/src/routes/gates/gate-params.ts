import { gateName } from '@goalpost/contracts'
import { z } from 'zod'

export const gateTags = ['Gates']
export const gateParams = z.object({ name: gateName })
export const gateItemParams = gateParams.extend({ id: z.uuid() })
