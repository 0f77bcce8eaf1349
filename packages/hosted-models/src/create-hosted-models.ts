import { setTimeout as wait } from 'node:timers/promises'
import type { ChatReply, ChatRequest } from '@goalpost/contracts'
import { hashJson, type HostedEndpoint, type HostedModel, type HostedModels } from '@goalpost/experiments'
import { listKeys, requireAllowed, type AllowedEndpoint } from './allowed-endpoints.ts'
import type { AnswerFiles } from './answer-files.ts'
import { askUntilAnswered } from './asking/ask-until-answered.ts'
import { createPace } from './asking/pace.ts'
import { openSender } from './asking/send-request.ts'
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
  const removeSecrets = secretRemover(listKeys(allowed, environment))
  async function connect(endpoint: HostedEndpoint): Promise<HostedModel> {
    const { baseUrl, key, keyVariable } = requireAllowed(allowed, endpoint, environment)
    const send = openSender({ baseUrl, key, timeoutMs: endpoint.timeoutMs })
    const pace = createPace(endpoint, () => performance.now())
    const surroundings = { send, pace, sleep, removeSecrets }
    const { workspace } = endpoint
    // Accounts may have other models under the same name, and workspaces must not learn from each other's answers.
    const keyOf = (request: ChatRequest) => hashJson({ baseUrl, keyVariable, workspace, request })
    return {
      recall: async (request) => (isRepeatable(request) ? answers.read(keyOf(request)) : null),
      async ask(request, call) {
        const reply = withoutSecrets(await askUntilAnswered(request, call, surroundings), removeSecrets)
        if (isRepeatable(request) && isAnswer(reply))
          await answers.write(keyOf(request), reply).catch((error: unknown) => call.warn(explainUnstored(error)))
        return reply
      },
      tick: () => sleep(tickMs),
    }
  }
  return { connect }
}

/** At other temperatures every answer is a draw of its own. */
function isRepeatable({ temperature }: ChatRequest): boolean {
  return temperature === 0
}

const endsWithoutAnswer = ['length', 'content_filter', 'unreadable']

/** Another attempt of another day may give an answer where this one gave none. */
function isAnswer({ text, refusal, finish }: ChatReply): boolean {
  return !endsWithoutAnswer.includes(finish) && refusal === null && text !== null && text.trim() !== ''
}

function explainUnstored(error: unknown): string {
  return `An answer is not stored for later: ${error instanceof Error ? error.message : String(error)}`
}

async function sleepMs(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal === undefined ? {} : { signal })
}
