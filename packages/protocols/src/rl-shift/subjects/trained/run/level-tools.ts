import { levelFingerprint, type Environment } from '@goalpost/environments'
import type { LevelEditor, LevelTools } from '@goalpost/learning'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import type { TrainInputs } from '../train-task.ts'

/** What a curriculum may know of the levels of this training. */
export function levelTools(inputs: Pick<TrainInputs, 'environment' | 'parameters' | 'alpha'>): LevelTools<unknown> {
  const { parameters } = inputs
  const environment = environmentOf(inputs.environment)
  return {
    text: (level) => JSON.stringify(environment.levelToJson(level)),
    read: (text) => environment.levelFromJson(parameters, JSON.parse(text)),
    fingerprint: levelFingerprint,
    optimum: optimumOf(environment, parameters),
    design: editorOf(environment, inputs),
  }
}

function optimumOf({ design, solve }: Environment, parameters: unknown): LevelTools<unknown>['optimum'] {
  if (design !== undefined) return (level) => design.optimum(parameters, level)
  return solve === undefined ? null : (level) => solve(parameters, level).optimalReturns[0]
}

function editorOf(
  { design }: Environment,
  { parameters, alpha }: Pick<TrainInputs, 'parameters' | 'alpha'>,
): LevelEditor<unknown> | null {
  if (design === undefined) return null
  return {
    kindOf: (level) => design.kindOf(parameters, level),
    toggleWall: (level, random) => design.toggleWall(parameters, level, random),
    moveThing: (level, random) => design.moveThing(parameters, level, random),
    resample: (level, kind, random) => design.resample(parameters, level, kind, random),
    alpha,
  }
}
