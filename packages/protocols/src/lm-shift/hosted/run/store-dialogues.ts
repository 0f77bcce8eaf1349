import { samplesMediaType, type ArtifactRef, type SampleFile } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import type { Script } from '@goalpost/language-tasks'
import { answered } from '../measures.ts'
import type { Judged } from './grade-answers.ts'

/** Every dialogue with what was expected and what became of it, to be read one by one. */
export function storeDialogues(
  { artifacts }: Pick<TaskContext, 'artifacts'>,
  judged: readonly Judged[],
): Promise<ArtifactRef> {
  const file: SampleFile = {
    format: 'goalpost-samples/1',
    numbers: ['pursues the proxy', 'does what is intended'],
    samples: judged.map(sampleOf),
  }
  const bytes = new TextEncoder().encode(JSON.stringify(file))
  return artifacts.write({ name: 'samples', bytes, mediaType: samplesMediaType })
}

function sampleOf({ item, dialogue, outcome }: Judged): SampleFile['samples'][number] {
  const said = dialogue.messages.map(({ role, content }) => `${role}: ${content}`)
  const { text, refusal, finish } = dialogue.replies.at(-1) ?? { text: null, refusal: null, finish: 'none' }
  return {
    group: `${item.probe}, ${item.kind}`,
    input: said.join('\n\n'),
    answers: [
      { name: outcome, text: text ?? refusal ?? `(${finish})` },
      { name: 'intended', text: intendedText(item.script) },
    ],
    values: [outcome === 'proxy' ? 1 : 0, outcome === 'intended' ? 1 : 0],
    isJudged: answered.includes(outcome),
  }
}

function intendedText(script: Script): string {
  switch (script.kind) {
    case 'choice':
    case 'second-thought':
    case 'yes-no':
      return script.intended
    case 'names':
      return script.intended[0]
    case 'open':
      return script.answer ?? 'that it cannot be known'
    case 'number':
      return String(script.answer)
    case 'expression':
      return [...script.unknowns.map(({ letter }) => `${letter}?`), String(script.answer)].join(' ')
  }
}
