import { readFile } from 'node:fs/promises'

const intervalMs = 100

/**
 * Polls the resident memory of a process, once its pid is known, until stopped; calls `onExceeded` while it is above the
 * limit.
 */
export function watchMemory(
  pidOf: () => number | undefined,
  limitBytes: number,
  onExceeded: (bytes: number) => void,
): { stop(): void } {
  if (process.platform !== 'linux') return { stop() {} }
  const timer = setInterval(() => {
    const pid = pidOf()
    if (pid === undefined) return
    readResident(pid).then(
      (bytes) => void (bytes > limitBytes && onExceeded(bytes)),
      () => undefined,
    )
  }, intervalMs)
  return { stop: () => clearInterval(timer) }
}

/** proc_pid_status(5): the resident set size, in units of 1024 bytes. */
async function readResident(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0)
}
