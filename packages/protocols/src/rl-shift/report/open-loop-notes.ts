import { describeOpenLoop } from '@goalpost/evaluation'
import { artifactNames } from '../artifact-names.ts'
import { environmentOf } from '../complete.ts'
import { parseOpenLoopWinners } from '../open-loop-winners.ts'
import { readArtifact, referencesOf, type Artifacts, type AssessedCondition } from './gather.ts'

/** Which policies stand behind the two open-loop rows of a suite's table; nothing where none were searched. */
export function openLoopNotes({ evidence, options }: AssessedCondition, suite: string, artifacts: Artifacts): string[] {
  const bytes = readArtifact(referencesOf(evidence, suite), artifactNames.openLoop, artifacts)
  if (bytes === null) return []
  const actions = environmentOf(options.environment).actions.map(({ name }) => name)
  const { capability, goal, proxy } = parseOpenLoopWinners(bytes)
  return [
    `${evidence.name}: open-loop is the best found of the policies that see nothing, on other levels than these: ` +
      `${describeOpenLoop(capability, actions)}; for the goal alone: ${describeOpenLoop(goal, actions)}; for the proxy alone: ` +
      `${describeOpenLoop(proxy, actions)}.`,
  ]
}
