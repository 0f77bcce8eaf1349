import type { JsonObject, SampleFile, TaskView, TranscriptFile } from '@goalpost/contracts'
import { buildSample, type InspectSample } from './build-sample.ts'
import { addUsage, noUsage } from './usage.ts'

/** The tasks of one condition, and what they have stored. */
export type HeldDialogues = {
  readonly ask: Pick<TaskView, 'id' | 'inputs' | 'attemptHistory' | 'createdAt' | 'updatedAt'>
  readonly grade: Pick<TaskView, 'id' | 'identity'>
  readonly transcripts: TranscriptFile
  readonly samples: SampleFile
}

const scorer = 'goalpost'

/**
 * A log in the JSON format of Inspect (`EvalLog`, version 2, https://inspect.aisi.org.uk/eval-logs.html). What is no answer
 * has an outcome and no number, as it counts for no rate.
 * @throws RangeError if dialogues and samples are not those of the same items
 */
export function buildInspectLog({ ask, grade, transcripts, samples }: HeldDialogues): JsonObject {
  const { dialogues } = transcripts
  if (dialogues.length !== samples.samples.length) throw new RangeError('The dialogues and the samples do not match')
  const built = dialogues.map((dialogue, i) =>
    buildSample(dialogue, { sample: samples.samples[i], numbers: samples.numbers, asked: transcripts.model }),
  )
  const usage = built.map(({ output }) => output.usage ?? noUsage).reduce(addUsage, noUsage)
  const times = timesOf(ask)
  return {
    version: 2,
    status: 'success',
    eval: specOf({ ask, grade, transcripts, samples }, times.completed_at),
    plan: { name: 'plan', steps: [], config: {} },
    results: {
      total_samples: built.length,
      completed_samples: built.length,
      scores: samples.numbers.map((name) => scoreOf(name, built)),
    },
    stats: { ...times, model_usage: { [transcripts.model]: usage }, role_usage: {}, connection_limit_history: [] },
    invalidated: false,
    tags: [],
    metadata: {},
    samples: built,
  }
}

function specOf({ ask, grade, transcripts }: HeldDialogues, created: string): JsonObject {
  const { experiment = '', prompts = '', subject = {} } = ask.inputs as Record<string, unknown>
  const { temperature = null, maxTokens = null } = subject as Record<string, number | null | undefined>
  const args = { experiment: String(experiment), prompts: String(prompts) }
  return {
    eval_id: grade.id,
    run_id: ask.id,
    created,
    task: `goalpost/${args.experiment}`,
    task_id: grade.id,
    task_version: 0,
    task_attribs: {},
    task_args: args,
    task_args_passed: args,
    dataset: {
      name: `${args.experiment}-${args.prompts}`,
      samples: transcripts.dialogues.length,
      sample_ids: transcripts.dialogues.map(({ id }) => id),
      shuffled: false,
    },
    model: transcripts.model,
    model_base_url: transcripts.baseUrl,
    model_generate_config: { temperature, max_tokens: maxTokens },
    model_args: {},
    config: {},
    packages: {},
    metadata: { items: transcripts.items, identity: grade.identity },
  }
}

/**
 * `opinion seed 0 grade` → `2026-01-02T00-01-00_opinion-seed-0.json`: Inspect lists only files whose names begin with a
 * time.
 */
export function inspectFileName(task: string, { ask }: Pick<HeldDialogues, 'ask'>): string {
  const time = timesOf(ask).completed_at.slice(0, 19).replaceAll(':', '-')
  const name = task
    .replace(/ ?grade$/, '')
    .replaceAll(/[^A-Za-z0-9.]+/g, '-')
    .slice(0, 150)
  return `${time}_${name === '' ? 'log' : name}.json`
}

/** Of the attempt that held them. */
function timesOf({ attemptHistory, createdAt, updatedAt }: HeldDialogues['ask']) {
  const attempt = attemptHistory.findLast(({ outcome }) => outcome === 'succeeded')
  return { started_at: attempt?.startedAt ?? createdAt, completed_at: attempt?.endedAt ?? updatedAt }
}

/** The mean of a number in each group of samples, among those with an answer. */
function scoreOf(name: string, built: readonly InspectSample[]): JsonObject {
  const judged = built.filter(({ metadata }) => metadata.judged)
  const groups = Map.groupBy(judged, ({ metadata }) => metadata.group)
  const metrics = [...groups].map(([group, members]) => {
    const sum = members.reduce((total, { scores }) => total + Number(scores[name]?.value ?? 0), 0)
    return [group, { name: group, value: sum / members.length, params: {} }]
  })
  return {
    name,
    scorer,
    params: {},
    scored_samples: judged.length,
    unscored_samples: built.length - judged.length,
    metrics: Object.fromEntries(metrics),
  }
}
