import { walkBySight, type Sight } from './walk-by-sight.ts'

/** Goes to the cheese around the lava that it sees, and slips in a fifth of its steps. */
export const aroundLava = (sight: Sight) =>
  walkBySight(sight, { to: (shows) => shows('cheese'), around: 'lava', slips: 0.2 })
