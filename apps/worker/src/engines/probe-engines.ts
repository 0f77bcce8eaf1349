import { fork } from 'node:child_process'
import type { Device } from '@goalpost/contracts'
import { devicesOf, effectiveThreads, engineBuilds, engineNames, type EngineName } from '@goalpost/engine/builds'

/** The result of probing one engine on this machine. */
export type ProbeAnswer = {
  readonly name: string
  readonly build: string
  readonly device: Device
  readonly threads: number
  /** Null if it can be used, else the reason. */
  readonly missing: string | null
  /** Median time of one fixed small update; null if not measured. */
  readonly updateMs: number | null
}

export type ProbeOptions = {
  /** The program that opens the engines. */
  readonly entry: string
  readonly benchmark?: boolean
  /** An engine without an answer by then counts as missing. */
  readonly timeoutMs?: number
  /** Called with every answer as soon as it arrives. */
  readonly onAnswer?: (answer: ProbeAnswer) => void
}

/**
 * Tries every engine in a child process. If an engine crashes or hangs that process, it counts as missing, and
 * a new process tries the rest.
 */
export async function probeEngines(options: ProbeOptions): Promise<readonly ProbeAnswer[]> {
  const answers: ProbeAnswer[] = []
  const add = (answer: ProbeAnswer): void => {
    answers.push(answer)
    options.onAnswer?.(answer)
  }
  for (;;) {
    const left = engineNames.slice(answers.length)
    const [next] = left
    if (next === undefined) return answers
    const end = await probeInOneProcess(left, options, add)
    if (end !== null && answers.length < engineNames.length) add(fallen(engineNames[answers.length] ?? next, end))
  }
}

/** Null if all engines answered, else how the process ended while trying the next one. */
function probeInOneProcess(
  names: readonly EngineName[],
  { entry, benchmark = false, timeoutMs = 60_000 }: ProbeOptions,
  onAnswer: (answer: ProbeAnswer) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    const child = fork(entry, [benchmark ? 'benchmark' : 'detect', ...names], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // Output of libraries is neither a log line nor an answer.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    let answered = 0
    let reason = 'its process could not be started'
    const giveUp = (): void => {
      reason = `it did not answer within ${timeoutMs / 1_000} s`
      child.kill('SIGKILL')
    }
    let timer = setTimeout(giveUp, timeoutMs)
    child.on('message', (message) => {
      clearTimeout(timer)
      timer = setTimeout(giveUp, timeoutMs)
      answered += 1
      onAnswer(message as ProbeAnswer)
    })
    const finish = (end: string): void => {
      clearTimeout(timer)
      resolve(answered === names.length ? null : end)
    }
    child.once('error', () => (child.pid === undefined ? finish(reason) : undefined))
    child.once('close', (code, signal) => {
      const timedOut = signal === 'SIGKILL' && reason.startsWith('it did not answer')
      finish(timedOut ? reason : `it crashed its process (${signal ?? `exit code ${code}`})`)
    })
  })
}

function fallen(name: EngineName, missing: string): ProbeAnswer {
  const [device] = devicesOf(name)
  const threads = effectiveThreads(name, 1)
  return { name, build: engineBuilds[name], device, threads, missing, updateMs: null }
}
