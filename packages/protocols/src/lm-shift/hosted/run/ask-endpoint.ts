import { transcriptsArtifact, type TaskResult } from '@goalpost/contracts'
import type { HostedModel, TaskContext } from '@goalpost/experiments'
import type { AskInputs } from '../hosted-tasks.ts'
import { createBudget, type Budget } from '../cost.ts'
import { encodeTranscripts } from '../transcripts.ts'
import { openAnswerJournal, type AnswerJournal } from './answer-journal.ts'
import { holdDialogues } from './ask-all.ts'
import { createCostCover } from './cover-costs.ts'
import { createAsker } from './create-asker.ts'
import { findSuite } from './find-suite.ts'
import { summariseUsage } from './summarise-usage.ts'

/** Asks everything that the suite has, and stores what was said. Nothing is judged here. */
export async function askEndpoint(context: TaskContext, inputs: AskInputs): Promise<TaskResult> {
  const { subject } = inputs
  const suite = findSuite(inputs)
  const workspace = context.assignment.workspaceId ?? null
  const timeoutMs = subject.timeoutSeconds * 1_000
  const model = await context.hostedModels.connect({ ...subject, workspace, timeoutMs })
  const journal = await openAnswerJournal(context, subject.costLimit)
  const budget = createBudget(subject.costLimit, journal.spent())
  const coverCosts = createCostCover(subject.costLimit, { budget, journal })
  const stop = new AbortController()
  const ask = createAsker({ subject, model, journal, budget, coverCosts, signal: stop.signal, log: context.log })
  let done = 0
  const holding = holdDialogues(suite.items, { concurrency: subject.concurrency, ask, stop, onDone: () => void done++ })
  const dialogues = await watch(context, holding, {
    model,
    journal,
    budget,
    stop,
    tell: () => context.progress({ done, total: suite.items.length, unit: 'items' }),
  })
  const { baseUrl, model: name } = subject
  const bytes = encodeTranscripts({
    format: 'goalpost-transcripts/1',
    baseUrl,
    model: name,
    items: suite.hash,
    dialogues,
  })
  return {
    measures: summariseUsage(context, subject, dialogues),
    artifacts: [await context.artifacts.write({ name: transcriptsArtifact, bytes, mediaType: 'application/json' })],
  }
}

type Watched = {
  readonly model: HostedModel
  readonly journal: AnswerJournal
  readonly budget: Budget
  readonly stop: AbortController
  readonly tell: () => void
}

const answersPerCheckpoint = 20

/** Gives signs of life and keeps answers while dialogues are held. What was paid for is kept in any case. */
async function watch<Value>(context: TaskContext, holding: Promise<Value>, watched: Watched): Promise<Value> {
  const { model, journal, budget, stop, tell } = watched
  const ending = holding.then(
    () => true,
    () => true,
  )
  try {
    while (!(await Promise.race([ending, model.tick().then(() => false)]))) {
      tell()
      if (journal.unsaved() >= answersPerCheckpoint || context.pauseRequested()) await journal.save()
      await context.yieldToEventLoop()
    }
    const value = await holding
    tell()
    return value
  } catch (error) {
    stop.abort(error)
    await ending
    // Nothing is under way any more: what was spent is exact.
    if (journal.unsaved() > 0 || journal.spent() !== budget.spent())
      await journal.save(budget.spent()).catch(() => undefined)
    throw error
  }
}
