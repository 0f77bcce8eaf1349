import { GoalpostError, suggestName, type Resources } from '@goalpost/contracts'
import { engineBuilds, engineNames, resolveEngine, type EngineName } from '@goalpost/engine/builds'
import type { EngineIdentity } from '@goalpost/experiments'

/** The engine that workers take for these resources: known without one at hand, as builds are fixed by the release. */
export function engineFor({ engine, threads }: Resources): EngineIdentity {
  if (engine !== 'auto' && !isKnown(engine)) {
    const remedy = suggestName(engine, ['auto', ...engineNames])
    const issue = {
      pointer: '/resources/engine',
      message: `there is no engine \`${engine}\``,
      ...(remedy === undefined ? {} : { remedy }),
    }
    throw new GoalpostError('invalid-spec', `${issue.pointer}: ${issue.message}`, { issues: [issue] })
  }
  const name = resolveEngine(engine)
  return { name, build: engineBuilds[name], threads }
}

function isKnown(name: string): name is EngineName {
  return engineNames.some((known) => known === name)
}
