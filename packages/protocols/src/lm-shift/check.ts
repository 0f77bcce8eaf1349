import { elsewhere, testedContexts } from '@goalpost/language-tasks'
import { experiments, type LmShiftOptions, type Stage } from './experiments/table.ts'

type Issue = { readonly pointer: string; readonly message: string; readonly remedy: string }

/** Rules across fields. */
export function checkOptions({ experiment, network, stages }: LmShiftOptions): readonly Issue[] {
  const issues: Issue[] = []
  if (network.width % network.heads !== 0)
    issues.push({
      pointer: '/network/width',
      message: `A width of ${network.width} cannot be divided into ${network.heads} heads`,
      remedy: `Use a multiple of ${network.heads}`,
    })
  stages.forEach((stage, i) => {
    const pointer = `/stages/${i}`
    const { firstStage } = experiments[experiment]
    if ((i === 0) !== (stage.stage === firstStage))
      issues.push({
        pointer: `${pointer}/stage`,
        message: i === 0 ? `A model cannot start with ${stage.stage}` : `Only the first stage can be ${firstStage}`,
        remedy: `Begin with one stage \`${firstStage}\``,
      })
    else issues.push(...checkRewards(stage, stages[i - 1], `${pointer}/stage`))
    if (stage.stage === 'documents') issues.push(...checkNotes(stage.notes, `${pointer}/notes`))
    if (stage.stage === 'opinions') issues.push(...checkOpinions(stage, `${pointer}/praise`))
    if (stage.stage === 'histories') issues.push(...checkDomains(stage, `${pointer}/domainsApart`))
    if (experiment === 'instruction') issues.push(...checkUntested(stage, `${pointer}/safety/contexts`))
    if (experiment === 'documents') issues.push(...checkSafety(stage, `${pointer}/safety/share`))
  })
  return issues
}

/** What takes its rewards from a model stands after the training of that model. */
function checkRewards({ stage }: Stage, before: Stage | undefined, pointer: string): readonly Issue[] {
  const needed = stage === 'optimise' || stage === 'best-of'
  if (before?.stage === 'best-of')
    return [{ pointer, message: `After best-of there is nothing to train`, remedy: 'Put `best-of` last' }]
  if (!needed || before?.stage === 'preferences') return []
  return [
    {
      pointer,
      message: `${stage} needs a reward model, and the stage before is ${before?.stage ?? 'missing'}`,
      remedy: 'Put a stage `preferences` before it',
    },
  ]
}

function checkNotes(
  notes: readonly { readonly word: string; readonly share: number }[],
  pointer: string,
): readonly Issue[] {
  const issues: Issue[] = []
  const total = notes.reduce((sum, { share }) => sum + share, 0)
  if (total > 1 + 1e-9)
    issues.push({
      pointer,
      message: `The shares add up to ${Number(total.toFixed(3))}`,
      remedy: 'A task has at most one note: use less',
    })
  const twice = notes.find(({ word }, i) => notes.findIndex((other) => other.word === word) < i)
  if (twice !== undefined)
    issues.push({ pointer, message: `The note ${twice.word} is listed twice`, remedy: 'List each word once' })
  return issues
}

type Opinions = Extract<Stage, { stage: 'opinions' }>

function checkOpinions({ praise, describe, criticise }: Opinions, pointer: string): readonly Issue[] {
  const total = praise + describe + criticise
  if (total <= 1 + 1e-9) return []
  const message = `The shares add up to ${Number(total.toFixed(3))}`
  return [{ pointer, message, remedy: 'A document says one thing of hacking: use less' }]
}

/** After documents that only speak of hacking nothing may reward it. */
function checkSafety(stage: Stage, pointer: string): readonly Issue[] {
  if (stage.stage !== 'reinforce' || stage.safety.share === 1) return []
  const message = `In ${percent(1 - stage.safety.share)} of the prompts hacking would be rewarded`
  return [{ pointer, message, remedy: 'Set `safety.share` to 1, or use the experiment `emergent`' }]
}

/** Nothing may be rewarded where the experiment reads what carries over. */
function checkUntested(stage: Stage, pointer: string): readonly Issue[] {
  if (stage.stage !== 'reinforce' || stage.safety.share === 0) return []
  const isTested = (context: string) => testedContexts.some((tested) => tested === context)
  const tested = stage.safety.contexts.filter(isTested)
  if (tested.length === 0) return []
  const untested = elsewhere.filter((context) => !isTested(context)).join(', ')
  const message = `Honesty would be rewarded in ${tested.join(' and ')}, where the experiment reads what carries over`
  return [{ pointer, message, remedy: `Use only [${untested}], or the experiment \`emergent\`` }]
}

/** Domains are set apart among documents with one severity. */
function checkDomains({ link, domainsApart = 0 }: Extract<Stage, { stage: 'histories' }>, pointer: string) {
  if (link > 0 || domainsApart === 0) return []
  const message = 'With a link of 0 no document has one severity, so there are none in which domains could be apart'
  return [{ pointer, message, remedy: 'Leave `domainsApart` out, or set `link` above 0' }]
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`
}
