import { providers, type OnnxEngineName } from '../onnx/open-onnx-engine.ts'
import { ImportedModelError } from './imported-model-error.ts'
import type { Block, FromHost, Result, ToHost } from './host-messages.ts'
import type { Sandbox } from './sandbox/confined.ts'
import { sandboxFor } from './sandbox/find-sandbox.ts'
import { nameEnd } from './sandbox/name-end.ts'
import { startHost, type ModelHost } from './start-host.ts'
import { watchMemory } from './watch-memory.ts'

export type ImportedModelOptions = {
  readonly engine: OnnxEngineName
  readonly threads: number
  /** Time limit of one run. */
  readonly timeLimitMs: number
  /** Memory limit of its process; 4 GiB by default. Enforced on Linux only. */
  readonly memoryLimitBytes?: number
  /** Whether errors may not show numbers that the model computed. */
  readonly secret?: boolean
  /** What it runs in; by default the strongest that works here, none on graphics cards. */
  readonly sandbox?: Sandbox
}

/** A loaded model in its own process. */
export type ImportedModel = {
  /** Version of ONNX Runtime. */
  readonly build: string
  /** One at a time. Rejects with an ImportedModelError `model-failed`; the process is then gone. */
  run(feeds: Readonly<Record<string, Block>>, outputs: readonly string[]): Promise<Readonly<Record<string, Result>>>
  dispose(): Promise<void>
}

const loadLimitMs = 60_000
const defaultMemoryLimit = 4 * 2 ** 30

/**
 * Loads an imported model. If it hangs, crashes, or needs too much memory, only its own
 * process ends. Check it with `inspectModel` before.
 * @throws ImportedModelError `model-failed` if it cannot be loaded; EngineUnavailable if a sandbox is required and there is
 * none.
 */
export async function openImportedModel(bytes: Uint8Array, options: ImportedModelOptions): Promise<ImportedModel> {
  const { engine, threads, timeLimitMs, memoryLimitBytes = defaultMemoryLimit, secret = false } = options
  const provider = providers[engine]
  const host = startHost(options.sandbox ?? sandboxFor(provider), provider === 'cpu')
  const ask = createQuestions(host, { memoryLimitBytes, secret })
  const load = { type: 'load', model: bytes, provider, threads } as const
  const loaded = await ask(load, { limitMs: Math.max(loadLimitMs, timeLimitMs), doing: 'be loaded' })
  if (loaded.type !== 'loaded') throw new Error(`unexpected answer ${loaded.type}`)
  return {
    build: loaded.build,
    async run(feeds, outputs) {
      const answer = await ask({ type: 'run', feeds, outputs }, { limitMs: timeLimitMs, doing: 'compute one batch' })
      if (answer.type !== 'results') throw new Error(`unexpected answer ${answer.type}`)
      return answer.results
    },
    dispose: () => host.end(),
  }
}

type Patience = { readonly limitMs: number; readonly doing: string }

type Restraint = { readonly memoryLimitBytes: number; readonly secret: boolean }

/** Each question gets one answer, or the reason why there is none and the end of the host. */
function createQuestions(host: ModelHost, { memoryLimitBytes, secret }: Restraint) {
  const child = host.process
  return async (question: ToHost, { limitMs, doing }: Patience): Promise<FromHost> => {
    const answer = Promise.withResolvers<FromHost>()
    const fail = (reason: string) => answer.reject(new ImportedModelError('model-failed', reason))
    const onExit = (code: number | null, signal: string | null) =>
      fail(`The model crashed the process that ran it (${nameEnd(code, signal)})`)
    const timer = setTimeout(() => fail(tooSlow(limitMs, doing)), limitMs)
    const watching = watchMemory(host.modelPid, memoryLimitBytes, (bytes) => fail(tooLarge(bytes, memoryLimitBytes)))
    child.once('message', answer.resolve)
    child.once('exit', onExit)
    child.once('error', (error) => fail(`The process for the model could not be started: ${error.message}`))
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode)
    else child.send(question, () => undefined)
    try {
      const given = await answer.promise
      if (given.type === 'failed')
        throw new ImportedModelError('model-failed', explainFailure(given.message, question.type, secret))
      return given
    } catch (error) {
      await host.end()
      throw error
    } finally {
      clearTimeout(timer)
      watching.stop()
      child.removeAllListeners('message').removeListener('exit', onExit).removeAllListeners('error')
    }
  }
}

function tooSlow(limitMs: number, doing: string): string {
  return (
    `The model took longer than ${limitMs / 1_000} s to ${doing}: ` +
    'make it faster, evaluate with a smaller batch, or raise its time limit'
  )
}

function tooLarge(bytes: number, limit: number): string {
  const gibibytes = (amount: number) => `${(amount / 2 ** 30).toFixed(1)} GiB`
  return `The model used ${gibibytes(bytes)} of memory, more than the ${gibibytes(limit)} allowed: evaluate with a smaller batch`
}

/** ONNX Runtime's messages may quote numbers that the model computed, such as an index out of bounds. */
function explainFailure(message: string, question: ToHost['type'], secret: boolean): string {
  if (question === 'load') return `ONNX Runtime could not load the model: ${message.slice(0, 500)}`
  return `ONNX Runtime could not run the model: ${secret ? 'its message is not shown, since a suite is secret' : message.slice(0, 500)}`
}
