import { GoalpostError, transcriptFile, type ArtifactRef, type Checkpoint, type TaskResult } from '@goalpost/contracts'
import { canonicalJson, hashJson, type TaskContext } from '@goalpost/experiments'
import type { Judge } from '@goalpost/learning'
import { createBudget, type Budget } from '../../../../hosted/cost.ts'
import { journalArtifact, openAnswerJournal, type AnswerJournal } from '../../../../hosted/run/answer-journal.ts'
import { createCostCover } from '../../../../hosted/run/cover-costs.ts'
import { createAsker } from '../../../../hosted/run/create-asker.ts'
import { inOrder } from '../../../../hosted/run/in-order.ts'
import { summariseUsage } from '../../../../hosted/run/summarise-usage.ts'
import { watchAsking } from '../../../../hosted/run/watch-asking.ts'
import { artifactNames } from '../../../../worlds/artifact-names.ts'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import { judgePrompt, readVerdict, verdictMeasure, type JudgeEndpoint } from '../judge-endpoint.ts'
import type { TrainInputs } from '../train-task.ts'

/**
 * A model that judges the episodes of one training. Every different question is asked once, and its answer kept in checkpoints, so that
 * the training is a function of its seed and the recorded answers, wherever it is interrupted.
 */
export type HostedJudge = {
  readonly judge: Judge
  /** Whether the checkpoint's answers cannot be read: what was learned from them cannot be continued, then. */
  readonly isLost: boolean
  /** Its part of the training's next checkpoint. */
  part(): Promise<ArtifactRef>
  /** The training's latest checkpoint, which is stored again with the answers that came since. */
  continueFrom(checkpoint: Checkpoint): void
  /** What was asked and answered, and what it took. */
  conclude(): Promise<TaskResult>
}

type Opening = {
  readonly endpoint: JudgeEndpoint
  readonly environment: TrainInputs['environment']
  /** Reports progress in an iteration, from 0. */
  readonly tell: (iteration: number) => void
}

/** @throws GoalpostError `endpoint-refused` unless the operator allows the address; `cost-limit` if nobody knows what is spent */
export async function openHostedJudge(context: TaskContext, opening: Opening): Promise<HostedJudge> {
  const { endpoint } = opening
  const workspace = context.assignment.workspaceId ?? null
  const model = await context.hostedModels.connect({
    ...endpoint,
    workspace,
    timeoutMs: endpoint.timeoutSeconds * 1_000,
  })
  let latest: Checkpoint | null = null
  const journal = await openAnswerJournal(context, endpoint.costLimit, {
    withQuestions: true,
    async keep(part) {
      if (latest === null) throw new Error('a hosted judge is asked after the first checkpoint')
      const others = latest.parts.filter(({ name }) => name !== journalArtifact)
      latest = { ...latest, parts: [...others, part] }
      await context.checkpoint(latest)
    },
  })
  const budget = createBudget(endpoint.costLimit, journal.spent())
  return {
    judge: createJudge(context, { ...opening, model, journal, budget }),
    isLost: journal.isLost,
    part: () => journal.part(budget.spent()),
    continueFrom: (checkpoint) => void (latest = checkpoint),
    conclude: () => conclude(context, endpoint, journal),
  }
}

type Asking = Opening & {
  readonly model: Awaited<ReturnType<TaskContext['hostedModels']['connect']>>
  readonly journal: AnswerJournal
  readonly budget: Budget
}

function createJudge(context: TaskContext, { endpoint, environment, tell, model, journal, budget }: Asking): Judge {
  const stop = new AbortController()
  const coverCosts = createCostCover(endpoint.costLimit, { budget, journal })
  const ask = createAsker({ subject: endpoint, model, journal, budget, coverCosts, stop, log: context.log })
  const [goal] = environmentOf(environment).goals
  const { concurrency } = endpoint
  return async (texts, iteration) => {
    const asking = inOrder(texts, { concurrency, stop, of: (text) => ask(judgePrompt(text, endpoint, goal)) })
    const watched = { model, journal, budget, stop, tell: () => tell(iteration) }
    const outcomes = (await watchAsking(context, asking, watched)).map(readVerdict)
    if (outcomes.length > 0 && !outcomes.some(isVerdict)) {
      await journal.save(budget.spent())
      throw withoutVerdicts(outcomes)
    }
    return outcomes.map((outcome) => (isVerdict(outcome) ? Number(outcome === 'yes') : { missing: outcome }))
  }
}

type Outcome = ReturnType<typeof readVerdict>

const isVerdict = (outcome: Outcome): outcome is 'yes' | 'no' => outcome === 'yes' || outcome === 'no'

function countOf(outcomes: readonly Outcome[]): readonly (readonly [Outcome, number])[] {
  return [...Map.groupBy(outcomes.toSorted(), (outcome) => outcome)].map(([outcome, { length }]) => [outcome, length])
}

/** To go on would cost money, and teach nothing. */
function withoutVerdicts(outcomes: readonly Outcome[]): GoalpostError {
  const counts = countOf(outcomes).map(([outcome, count]) => `${outcome} ${count}`)
  return new GoalpostError(
    'model-refused',
    `The judge gave no verdict on any of the ${outcomes.length} episodes of a rollout: ${counts.join(', ')}. Change \`question\` or \`maxTokens\`, or use another model`,
  )
}

async function conclude(context: TaskContext, endpoint: JudgeEndpoint, journal: AnswerJournal): Promise<TaskResult> {
  const answers = journal.answers()
  const dialogues = answers.map(({ key, asked, reply }) => ({
    id: key,
    messages: [...asked, ...(reply.text === null ? [] : [{ role: 'assistant' as const, content: reply.text }])],
    replies: [reply],
  }))
  const file = transcriptFile.parse({
    format: 'goalpost-transcripts/1',
    baseUrl: endpoint.baseUrl,
    model: endpoint.model,
    items: hashJson(answers.map(({ key }) => key)),
    dialogues,
  })
  const bytes = new TextEncoder().encode(canonicalJson(file))
  const counts = countOf(answers.map(({ reply }) => readVerdict(reply)))
  return {
    measures: [
      ...summariseUsage(context, endpoint, answers),
      ...counts.map(([outcome, value]) => ({ name: verdictMeasure, labels: { outcome }, value })),
    ],
    artifacts: [
      await context.artifacts.write({ name: artifactNames.judgements, bytes, mediaType: 'application/json' }),
    ],
  }
}
