import { createCurriculumMethod } from '../curriculum/curriculum-method.ts'
import { defaultReplayOptions, type ReplayOptions } from '../curriculum/options.ts'
import type { RegretEstimate } from '../curriculum/regret.ts'
import type { Method } from '../method.ts'
import type { PpoSettings } from '../ppo/ppo-method.ts'

export type PlrOptions = ReplayOptions & { readonly regret: RegretEstimate }

export const defaultPlrOptions: PlrOptions = { ...defaultReplayOptions, regret: 'max-latest' }

/** Robust prioritised level replay, PLR⊥ (Jiang et al., 2021, arXiv 2110.02439). */
export function createPlrMethod(ppo: PpoSettings, { regret, ...options }: PlrOptions = defaultPlrOptions): Method {
  return createCurriculumMethod({ name: 'plr', ppo, options, score: regret })
}
