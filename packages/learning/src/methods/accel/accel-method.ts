import { createCurriculumMethod } from '../curriculum/curriculum-method.ts'
import type { Method } from '../method.ts'
import { defaultPlrOptions, type PlrOptions } from '../plr/plr-method.ts'
import type { PpoSettings } from '../ppo/ppo-method.ts'
import { mutateLevel, type EditKind } from './mutate-level.ts'

export type AccelOptions = PlrOptions & {
  readonly edits: EditKind
  /** Elementary edits of a mutation, at least 2. */
  readonly editCount: number
}

export const defaultAccelOptions: AccelOptions = {
  ...defaultPlrOptions,
  replayProbability: 0.5,
  edits: 'identity',
  editCount: 12,
}

/** PLR⊥ that also tries mutations of what it has just replayed (Parker-Holder et al., 2022, arXiv 2203.01302). */
export function createAccelMethod(ppo: PpoSettings, given: AccelOptions = defaultAccelOptions): Method {
  const { regret, edits: kind, editCount: count, ...options } = given
  return createCurriculumMethod({
    name: 'accel',
    ppo,
    options,
    score: regret,
    mutate: (editor, level, random) => mutateLevel(editor, level, { kind, count }, random),
  })
}
