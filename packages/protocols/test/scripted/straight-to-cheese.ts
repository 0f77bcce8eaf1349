import { walkBySight, type Sight } from './walk-by-sight.ts'

/** Goes the shortest way to the cheese that it sees, through whatever lies there, and slips in a fifth of its steps. */
export const straightToCheese = (sight: Sight) => walkBySight(sight, { to: (shows) => shows('cheese'), slips: 0.2 })
