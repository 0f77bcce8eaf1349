import { setTimeout as wait } from 'node:timers/promises'
import { hashJson, type HostedEndpoint, type HostedModel, type HostedModels } from '@goalpost/experiments'
import { requireAllowed, type AllowedEndpoint } from './allowed-endpoints.ts'
import type { AnswerFiles } from './answer-files.ts'
import { createPace } from './asking/pace.ts'
import { secretRemover, withoutSecrets } from './remove-secrets.ts'

export type HostedModelsSettings = {
  readonly allowed: readonly AllowedEndpoint[]
  /** Where keys are read from. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly answers: AnswerFiles
  /** Resolves after so many milliseconds, or rejects if the signal aborts. Default: a timer. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
}

const tickMs = 1_000

/** Models behind the endpoints that an operator allows. Nothing that they return contains a key. */
export function createHostedModels({
  allowed,
  environment,
  answers,
  sleep = sleepMs,
}: HostedModelsSettings): HostedModels {
  async function connect(endpoint: HostedEndpoint): Promise<HostedModel> {
    const { baseUrl, key } = requireAllowed(allowed, endpoint, environment)
    const removeSecrets = secretRemover(key)
    // Loads the client, which few trainers need.
    const { askUntilAnswered, openSender } = await import('./asking/index.ts')
    const send = openSender({ baseUrl, key, timeoutMs: endpoint.timeoutMs })
    const pace = createPace(endpoint, () => performance.now())
    const surroundings = { send, pace, sleep, removeSecrets }
    const keyOf = (request: object) => hashJson({ baseUrl, request })
    return {
      recall: (request) => answers.read(keyOf(request)),
      async ask(request, call) {
        const reply = withoutSecrets(await askUntilAnswered(request, call, surroundings), removeSecrets)
        // Another attempt of another day may be readable.
        if (reply.finish !== 'unreadable') await answers.write(keyOf(request), reply)
        return reply
      },
      tick: () => sleep(tickMs),
    }
  }
  return { connect }
}

async function sleepMs(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal === undefined ? {} : { signal })
}
