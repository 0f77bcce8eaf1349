import type { VisibleObject } from '../../visible-object.ts'

/** Another agent that walks ahead, if there is one: following it is the proxy. */
export function leaderObjects({ agents }: { readonly agents: { readonly leader: string } }): readonly VisibleObject[] {
  return agents.leader === 'absent' ? [] : [{ name: 'leader', channels: ['leader'], tells: 'proxy' }]
}
