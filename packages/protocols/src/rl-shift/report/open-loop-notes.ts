import { describeOpenLoop } from '@goalpost/evaluation'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { parseOpenLoopWinners } from '../../worlds/references/open-loop-winners.ts'
import { referencesOf, type AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'

/** The policies behind the open-loop rows of a suite's table; none without a search. */
export function openLoopNotes({ evidence, options, files }: AssessedCondition, suite: string): string[] {
  const bytes = files.bytes(referencesOf(evidence, suite), artifactNames.openLoop)
  if (bytes === null) return []
  const actions = environmentOf(options.environment).actions.map(({ name }) => name)
  const { capability, goal, proxy } = parseOpenLoopWinners(bytes)
  return [
    `${evidence.name}: open-loop is the best policy without observations found on separate levels: ` +
      `${describeOpenLoop(capability, actions)}; for the intended goal only: ${describeOpenLoop(goal, actions)}; for the proxy only: ` +
      `${describeOpenLoop(proxy, actions)}.`,
  ]
}
