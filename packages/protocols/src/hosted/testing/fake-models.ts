import type { ChatReply, ChatRequest } from '@goalpost/contracts'
import type { HostedCall, HostedModels } from '@goalpost/experiments'

/** What a key may look like. */
export const testKey = 'sk-test-0123456789abcdef'

/** Models that answer in the process. An error ends the asking; a text is a whole answer. */
export type FakeModels = HostedModels & { readonly asked: readonly ChatRequest[] }

type Respond = (request: ChatRequest, index: number) => string | Partial<ChatReply> | Error | Promise<string>

export function createFakeModels(respond: Respond): FakeModels {
  const asked: ChatRequest[] = []
  const answer = {
    refusal: null,
    finish: 'stop',
    model: 'test-model-1',
    fingerprint: 'fp_1',
    usage: { inputTokens: 20, outputTokens: 5 },
  }
  async function ask(request: ChatRequest, { signal }: HostedCall): Promise<ChatReply> {
    const given = respond(request, asked.push(request) - 1)
    if (given instanceof Error) throw given
    const said = await (given instanceof Promise ? Promise.race([given, abortOf(signal)]) : given)
    return typeof said === 'string' ? { ...answer, text: said } : { ...answer, text: null, ...said }
  }
  const tick = () => new Promise<void>((resolve) => setTimeout(resolve, 1))
  return { asked, connect: async () => ({ recall: async () => null, ask, tick }) }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })
}
