import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fromSupervisor, type ServiceFile } from '@goalpost/contracts'

/** The embedded service on a new data folder. */
export async function startService() {
  const folder = await mkdtemp(path.join(tmpdir(), 'goalpost-browser-'))
  await chmod(folder, 0o755)
  const program = new URL('../../embedded/src/main.ts', import.meta.url)
  const supervisor = fork(program, [`--data=${folder}/data`, '--port=0', '--workers=2'], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const service = await new Promise<ServiceFile>((resolve, reject) => {
    supervisor.on('message', (message) => {
      const parsed = fromSupervisor.parse(message)
      if (parsed.type === 'ready') resolve(parsed.service)
      if (parsed.type === 'failed') reject(new Error(parsed.message))
    })
  })
  const key = (await readFile(service.keyFile, 'utf8')).trim()
  return {
    url: service.url,
    key,
    dataFolder: service.dataFolder,
    /** The supervisor starts it again. */
    killApi: () => killChild(supervisor.pid ?? 0, 'apps/api/src/main.ts'),
    async close() {
      supervisor.kill('SIGTERM')
      await once(supervisor, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Kills the child process that runs a program (Linux only). */
async function killChild(parent: number, program: string): Promise<void> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')
  for (const pid of children.trim().split(' ')) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    if (!command.includes(program)) continue
    process.kill(Number(pid), 'SIGKILL')
    return
  }
  throw new Error(`No child runs ${program}: ${children}`)
}
