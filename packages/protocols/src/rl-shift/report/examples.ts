import type { PicturePart } from '@goalpost/contracts'
import type { AssessedCondition, Artifacts } from './gather.ts'

/** Placeholder until traces land */
export function examplePictures(_conditions: readonly AssessedCondition[], _artifacts: Artifacts): PicturePart[] {
  return []
}
