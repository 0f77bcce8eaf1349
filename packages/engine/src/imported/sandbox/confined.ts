/**
 * What keeps a process from the rest of the machine. `bubblewrap`: only named folders, read-only; no network, other
 * processes or privileges. `network-namespace`: no network.
 */
export type Sandbox = 'bubblewrap' | 'network-namespace' | 'none'

export type Program = {
  readonly program: string
  readonly args: readonly string[]
  /** Folders and files, absolute, beside the program and the system's libraries. */
  readonly readable: readonly string[]
}

/** File descriptor on which bubblewrap says which process it has started. */
export const infoDescriptor = 4

/** An environment in which bubblewrap and unshare are found, and nothing else is. */
export function searchPath(): Record<string, string> {
  // oxlint-disable-next-line node/no-process-env -- where this process finds programs, too
  const { PATH } = process.env
  return PATH === undefined ? {} : { PATH }
}

/** The command that starts a program in a sandbox. */
export function confined(sandbox: Sandbox, { program, args, readable }: Program): { command: string; args: string[] } {
  switch (sandbox) {
    case 'bubblewrap':
      return { command: 'bwrap', args: [...bubblewrapOptions([program, ...readable]), '--', program, ...args] }
    case 'network-namespace':
      return { command: 'unshare', args: ['--user', '--map-current-user', '--net', '--', program, ...args] }
    case 'none':
      return { command: program, args: [...args] }
  }
}

/** What programs are linked with. */
const systemFolders = ['/usr', '/bin', '/lib', '/lib32', '/lib64', '/etc/ld.so.cache', '/nix/store']

/** Of its own. */
const privateFolders = ['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp']

/** Without a process of bubblewrap's own inside, which would be the one that is watched. */
const separation = ['--unshare-all', '--as-pid-1', '--die-with-parent', '--new-session', '--cap-drop', 'ALL']

function bubblewrapOptions(readable: readonly string[]): string[] {
  const readOnly = (option: string) => (folder: string) => [option, folder, folder]
  return [
    ...systemFolders.flatMap(readOnly('--ro-bind-try')),
    ...privateFolders,
    ...readable.flatMap(readOnly('--ro-bind')),
    ...separation,
    '--info-fd',
    String(infoDescriptor),
  ]
}
