import { transcriptsArtifact, type TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import type { AskInputs } from '../hosted-tasks.ts'
import { createBudget } from '../../../hosted/cost.ts'
import { encodeTranscripts } from '../transcripts.ts'
import { openAnswerJournal } from '../../../hosted/run/answer-journal.ts'
import { holdDialogues } from './ask-all.ts'
import { createCostCover } from '../../../hosted/run/cover-costs.ts'
import { createAsker } from '../../../hosted/run/create-asker.ts'
import { findSuite } from './find-suite.ts'
import { summariseUsage } from '../../../hosted/run/summarise-usage.ts'
import { watchAsking } from '../../../hosted/run/watch-asking.ts'
import { differentAnswers } from './different-answers.ts'

/** Asks everything that the suite has, and stores what was said. Nothing is judged here. */
export async function askEndpoint(context: TaskContext, inputs: AskInputs): Promise<TaskResult> {
  const { subject } = inputs
  const suite = findSuite(inputs)
  const workspace = context.assignment.workspaceId ?? null
  const timeoutMs = subject.timeoutSeconds * 1_000
  const model = await context.hostedModels.connect({ ...subject, workspace, timeoutMs })
  const journal = await openAnswerJournal(context, subject.costLimit, {
    // Only answers are progress: a checkpoint that says something else of costs replaces the one of the same step.
    keep: (part, answers) => context.checkpoint({ step: answers, parts: [part] }),
  })
  const budget = createBudget(subject.costLimit, journal.spent())
  const coverCosts = createCostCover(subject.costLimit, { budget, journal })
  const stop = new AbortController()
  const ask = createAsker({ subject, model, journal, budget, coverCosts, stop, log: context.log })
  let done = 0
  const holding = holdDialogues(suite.items, { concurrency: subject.concurrency, ask, stop, onDone: () => void done++ })
  const dialogues = await watchAsking(context, holding, {
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
    measures: summariseUsage(context, subject, differentAnswers(dialogues)),
    artifacts: [await context.artifacts.write({ name: transcriptsArtifact, bytes, mediaType: 'application/json' })],
  }
}
