import { spawnSync } from 'node:child_process'
import type { Sandbox } from '../src/imported/sandbox/confined.ts'

/** What this machine allows, strongest first, found without the code that is tested. */
export function sandboxesHere(): readonly Sandbox[] {
  const works = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0
  return [
    ...(works('bwrap', '--unshare-all', '--ro-bind', '/', '/', 'true') ? (['bubblewrap'] as const) : []),
    ...(works('unshare', '--user', '--map-current-user', '--net', 'true') ? (['network-namespace'] as const) : []),
    'none',
  ]
}
