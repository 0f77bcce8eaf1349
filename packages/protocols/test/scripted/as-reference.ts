import type { ReferenceName } from '@goalpost/environments'
import { createReferencePolicy } from '@goalpost/evaluation'
import type { ScriptedPolicy } from './scripted-policy.ts'

/** What a reference policy of the environment does, with the simulator's own knowledge. */
export function asReference(name: ReferenceName): ScriptedPolicy {
  return ({ environment, parameters, simulator }) => createReferencePolicy(environment, parameters, { name, simulator })
}
