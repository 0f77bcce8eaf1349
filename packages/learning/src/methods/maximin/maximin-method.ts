import { createCurriculumMethod } from '../curriculum/curriculum-method.ts'
import { defaultReplayOptions, type ReplayOptions } from '../curriculum/options.ts'
import type { Method } from '../method.ts'
import type { PpoSettings } from '../ppo/ppo-method.ts'

/**
 * Replays the levels with the smallest return, whether or not they can be solved: the negative control of arXiv
 * 2507.03068.
 */
export function createMaximinMethod(ppo: PpoSettings, options: ReplayOptions = defaultReplayOptions): Method {
  return createCurriculumMethod({ name: 'maximin', ppo, options, score: 'minimal-return' })
}
