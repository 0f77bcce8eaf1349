import { z } from 'zod'
import { gridParameters } from '../grid/parameters.ts'

/** The simulator's room for things of each kind. */
export const maxPerKind = 12

const count = (least: number) => z.int().min(least).max(maxPerKind).default(5)

export const monsterParameters = z
  .strictObject({
    ...gridParameters,
    wallProbability: gridParameters.wallProbability
      .default(0)
      .describe('Probability that a cell is a wall; 0: an arena'),
    maxSteps: gridParameters.maxSteps.default(25),
    apples: count(1),
    shields: count(0),
    monsters: count(0),
    inverseTemperature: z
      .number()
      .min(0)
      .max(100)
      .default(3)
      .describe('β: monsters step by a softmax over −β × the length of the path to the mouse'),
    respawn: z
      .boolean()
      .default(false)
      .describe('Whether a taken apple or shield reappears elsewhere; episodes then last until the step limit'),
  })
  .refine(({ size, apples, shields, monsters }) => 1 + apples + shields + monsters <= size * size, {
    path: ['size'],
    message: 'the mouse, the apples, the shields and the monsters need a cell each',
  })
export type MonsterParameters = z.infer<typeof monsterParameters>
