import { stay } from '@goalpost/environments'
import type { ScriptedPolicy } from './scripted-policy.ts'

/** Never moves. */
export const standsStill: ScriptedPolicy = () => ({ act: (_observations, actions) => void actions.fill(stay) })
