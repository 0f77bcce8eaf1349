import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { runAs } from './cluster.ts'

/**
 * Waits for the end of its standard input, which closes with the parent process, then stops the server: first
 * waiting for its clients to finish, then disconnecting them, then at
 * once. The server's pid file shows whether the pid is still the server's: `$1` is the pid, `$2` the file.
 */
const script = `
alive() { [ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ] && kill -0 "$1" 2>/dev/null; }
gone_within() { left=$3; while alive "$1" "$2"; do [ "$left" -gt 0 ] || return 1; left=$((left - 1)); sleep 1; done; }
read -r _
for step in TERM:15 INT:15 QUIT:10; do
  alive "$1" "$2" || exit 0
  kill -s "\${step%%:*}" "$1"
  gone_within "$1" "$2" "\${step##*:}" && exit 0
done
`

/**
 * PostgreSQL does not notice when its parent process is killed, and would run until the machine stops.
 * This starts a watching shell in its own process group, as the server's user. It ends with the server.
 */
export function endWithUs(server: ChildProcess, { account, folder }: Cluster): void {
  const guard = spawn(
    '/bin/sh',
    ['-c', script, 'goalpost-database-guard', String(server.pid), join(folder, 'postmaster.pid')],
    { ...runAs(account), detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  )
  // Without a shell, the next start still stops an orphaned server.
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  guard.unref()
  server.once('exit', () => guard.kill('SIGKILL'))
}
