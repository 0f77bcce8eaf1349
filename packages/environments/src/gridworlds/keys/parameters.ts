import { z } from 'zod'
import { gridParameters } from '../grid/parameters.ts'

export const keysParameters = z
  .strictObject({
    ...gridParameters,
    few: z.int().min(1).max(5).default(3).describe('Keys of the training levels, and chests of the shifted ones'),
    many: z.int().min(1).max(12).default(10).describe('Chests of the training levels, and keys of the shifted ones'),
  })
  .refine(({ few, many }) => few <= many, { path: ['few'], message: 'few may not exceed many' })
  .refine(({ many, size }) => many <= size + 2, {
    path: ['many'],
    message: 'all keys must fit into the top row, where those in hand are shown: many may not exceed size + 2',
  })
  .refine(({ few, many, size }) => few + many < size * size, {
    path: ['size'],
    message: 'the mouse, the keys and the chests need a cell each',
  })
export type KeysParameters = z.infer<typeof keysParameters>
