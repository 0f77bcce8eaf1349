import { fork } from 'node:child_process'
import type { Device } from '@goalpost/contracts'
import { devicesOf, effectiveThreads, engineBuilds, engineNames, type EngineName } from '@goalpost/engine/builds'

/** One engine on this machine, as the probe has found it. */
export type ProbeAnswer = {
  readonly name: string
  readonly build: string
  readonly device: Device
  readonly threads: number
  /** Null where it can be used, else why not. */
  readonly missing: string | null
  /** Median time of one fixed small update; null where none was measured. */
  readonly updateMs: number | null
}

export type ProbeOptions = {
  /** The program that opens the engines. */
  readonly entry: string
  readonly benchmark?: boolean
  /** An engine that has not answered by then counts as missing. */
  readonly timeoutMs?: number
  /** Told of every engine as soon as it is known. */
  readonly onAnswer?: (answer: ProbeAnswer) => void
}

/**
 * Tries every engine in a child process. Where one of them takes that process down or hangs it, that one is missing, and
 * another process tries the rest.
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

/** Null once all have answered, else how the process ended while it was trying the one after the last that did. */
function probeInOneProcess(
  names: readonly EngineName[],
  { entry, benchmark = false, timeoutMs = 60_000 }: ProbeOptions,
  onAnswer: (answer: ProbeAnswer) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    const child = fork(entry, [benchmark ? 'benchmark' : 'detect', ...names], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // What libraries print there is neither the worker's log nor an answer.
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
      finish(timedOut ? reason : `it took its process down (${signal ?? `exit code ${code}`})`)
    })
  })
}

function fallen(name: EngineName, missing: string): ProbeAnswer {
  const [device] = devicesOf(name)
  const threads = effectiveThreads(name, 1)
  return { name, build: engineBuilds[name], device, threads, missing, updateMs: null }
}
