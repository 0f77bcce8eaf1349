import { GoalpostError, errorTable } from '@goalpost/contracts'

type Program = { stop(): Promise<void> }

const stopTimeoutMs = 15_000

/**
 * Starts a program and stops it on SIGTERM, SIGINT, or when its parent process ends. A failed start prints
 * the reason in one line and exits with the error's code.
 */
export async function runProgram(host: NodeJS.Process, start: () => Promise<Program>): Promise<void> {
  let stopping = false
  const started = start()
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    // Not worth waiting longer, as nothing depends on a clean end.
    setTimeout(() => host.exit(1), stopTimeoutMs).unref()
    const program = await started.catch(() => null)
    await program?.stop()
    host.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) host.on(signal, () => void stop())
  if (host.connected) host.once('disconnect', () => void stop())
  try {
    await started
  } catch (error) {
    host.stderr.write(`goalpost worker: ${explain(error)}\n`)
    host.exit(error instanceof GoalpostError ? errorTable[error.code].exit : 1)
  }
}

function explain(error: unknown): string {
  if (error instanceof GoalpostError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
