import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { runAs } from './cluster.ts'

/**
 * Waits at its standard input, which ends with the process that holds the other end, then asks the server to stop: first
 * waiting for its clients, which are ending as well and have something to put in order, then sending them away, then at
 * once. The server's own file says whether the pid is still the server's: `$1` is the pid, `$2` the file.
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
 * PostgreSQL does not notice when the process that started it is killed, and would run for as long as the machine does.
 * This starts a shell, of its own process group and the server's user, that notices. It ends with the server.
 */
export function endWithUs(server: ChildProcess, { account, folder }: Cluster): void {
  const guard = spawn(
    '/bin/sh',
    ['-c', script, 'goalpost-database-guard', String(server.pid), join(folder, 'postmaster.pid')],
    { ...runAs(account), detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  )
  // Without a shell the next start still ends a server that was left.
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  guard.unref()
  server.once('exit', () => guard.kill('SIGKILL'))
}
