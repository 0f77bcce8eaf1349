import { describeOpenLoop } from '@goalpost/evaluation'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { parseOpenLoopWinners } from '../../worlds/references/open-loop-winners.ts'
import { referencesOf, type AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'

/** Which policies stand behind the two open-loop rows of a suite's table; nothing where none were searched. */
export function openLoopNotes({ evidence, options, files }: AssessedCondition, suite: string): string[] {
  const bytes = files.bytes(referencesOf(evidence, suite), artifactNames.openLoop)
  if (bytes === null) return []
  const actions = environmentOf(options.environment).actions.map(({ name }) => name)
  const { capability, goal, proxy } = parseOpenLoopWinners(bytes)
  return [
    `${evidence.name}: open-loop is the best found of the policies that see nothing, on other levels than these: ` +
      `${describeOpenLoop(capability, actions)}; for the goal alone: ${describeOpenLoop(goal, actions)}; for the proxy alone: ` +
      `${describeOpenLoop(proxy, actions)}.`,
  ]
}
