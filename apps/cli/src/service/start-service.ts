import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FromSupervisor, ServiceFile } from '@goalpost/contracts'
import { errorTable, fromSupervisor, GoalpostError } from '@goalpost/contracts'

export type StartedService = {
  readonly service: ServiceFile
  readonly notes: readonly string[]
  /** Stops it gracefully; a second call kills it. */
  stop(): Promise<void>
  /** Lets it continue after this process. */
  release(): void
  /** Resolves when it has ended for any reason. */
  readonly ended: Promise<void>
}

export type StartRequest = {
  readonly dataFolder: string
  readonly port?: string | undefined
  readonly host?: string | undefined
  readonly workers?: string | undefined
  readonly detached?: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  onStep?(text: string): void
  onTrouble?(text: string): void
}

/** Starts the embedded service in its own process and waits until it serves. Throws its error if it does not start. */
export async function startService(request: StartRequest): Promise<StartedService> {
  const program = fileURLToPath(import.meta.resolve('@goalpost/embedded/main'))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...flags(request)], {
    env: request.env,
    // Ctrl-C must reach only this process, which stops the service gracefully.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const ready = await waitUntilReady(child, request)
  const ended = once(child, 'exit').then(() => undefined)
  return {
    service: ready.service,
    notes: ready.notes,
    ended,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
    release() {
      child.disconnect()
      child.unref()
      child.stderr?.destroy()
    },
  }
}

function flags({ dataFolder, port, host, workers, detached }: StartRequest): string[] {
  const named = { data: dataFolder, port, host, workers }
  const given = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]))
  return detached === true ? [...given, '--detached'] : given
}

function waitUntilReady(
  child: ChildProcess,
  request: StartRequest,
): Promise<Extract<FromSupervisor, { type: 'ready' }>> {
  return new Promise((resolve, reject) => {
    let lastWords = ''
    child.stderr?.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-2_000)))
    child.on('message', (message) => {
      const parsed = fromSupervisor.safeParse(message)
      if (!parsed.success) return
      if (parsed.data.type === 'ready') resolve(parsed.data)
      if (parsed.data.type === 'failed') reject(new GoalpostError(parsed.data.code, parsed.data.message))
      if (parsed.data.type === 'step') request.onStep?.(parsed.data.text)
      if (parsed.data.type === 'trouble') request.onTrouble?.(parsed.data.text)
    })
    child.once('error', (error) =>
      reject(new GoalpostError('unavailable', `The service could not be started: ${error.message}`)),
    )
    child.once('exit', (code) => {
      const known = Object.values(errorTable).some(({ exit }) => exit === code)
      const reason = lastWords.trim() || `exit code ${code}`
      reject(new GoalpostError(known ? 'unavailable' : 'internal', `The service ended while starting: ${reason}`))
    })
  })
}
