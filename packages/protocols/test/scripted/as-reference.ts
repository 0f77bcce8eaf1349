import type { ReferenceName } from '@goalpost/environments'
import { createReferencePolicy } from '@goalpost/evaluation'
import type { ScriptedPolicy } from './scripted-policy.ts'

/** Acts like a reference policy of the environment, with access to the simulator. */
export function asReference(name: ReferenceName): ScriptedPolicy {
  return ({ environment, parameters, simulator }) => createReferencePolicy(environment, parameters, { name, simulator })
}
