import { z } from 'zod'
import { count, fraction } from '../../number-schemas.ts'

/** Of trainings from scratch. */
export const scratchOptions = {
  until: z
    .strictObject({
      capability: fraction.describe('The experiment’s own measure of capability, which does not depend on the goal'),
      atMost: count(20_000).describe('Updates after `steps`, if it is not reached'),
    })
    .optional()
    .describe(
      'Training goes on after `steps`, at the learning rate that it has reached, until the model is so capable. It is asked every 25 updates',
    ),
}
