import { z } from 'zod'
import { checkpoint, sha256 } from './artifacts.ts'
import { errorCode } from './errors.ts'
import { jsonObject } from './json.ts'
import { estimate, report } from './report.ts'
import { manifest } from './manifest.ts'
import { labels, measure, seriesPoint } from './measures.ts'
import { logLevel, progress } from './trainer-messages.ts'
import { resolvedSpec, resources } from './spec.ts'
import { taskKind, taskResult } from './results.ts'
import { experimentSummary } from './experiment-summary.ts'
import { experimentState, runState, taskState } from './states.ts'
import { verdictView } from './verdict-view.ts'

/** Responses of the API. Times are UTC, ISO 8601; ids are UUID v7. */

const id = z.uuid()
const time = z.iso.datetime()

export const failure = z.strictObject({
  code: errorCode,
  message: z.string(),
  /** For `artifact-missing`: the lost or damaged files. */
  missing: z.array(sha256).optional(),
})
export type Failure = z.infer<typeof failure>

export const attemptView = z.strictObject({
  epoch: z.number().int().positive(),
  worker: z.string(),
  startedAt: time,
  endedAt: time.nullable(),
  outcome: z.enum(['running', 'succeeded', 'failed', 'lost', 'cancelled']),
  failure: failure.nullable(),
})
export type AttemptView = z.infer<typeof attemptView>

export const taskSummary = z.strictObject({
  id,
  key: z.string(),
  kind: taskKind,
  state: taskState,
  attempts: z.number().int().nonnegative(),
  /** True if an earlier experiment of this workspace had already computed it. */
  reused: z.boolean(),
  progress: progress.nullable(),
  /** Why the task failed, or its latest attempt; null if none did since it was last started. */
  failure: failure.nullable().default(null),
})
export type TaskSummary = z.infer<typeof taskSummary>

export const taskView = taskSummary.extend({
  identity: sha256,
  protocol: z.string(),
  seed: z.number().int().nullable(),
  inputs: jsonObject,
  resources,
  needs: z.array(z.strictObject({ key: z.string(), taskId: id, when: z.string() })),
  attemptHistory: z.array(attemptView),
  result: taskResult.nullable(),
  resultHash: sha256.nullable(),
  /** Where and with what the result was computed; null if there is none yet. */
  manifest: manifest.nullable(),
  /** Reasons why it is waiting, for people; empty if there are none. */
  notices: z.array(z.string()),
  createdAt: time,
  updatedAt: time,
})
export type TaskView = z.infer<typeof taskView>

export const runView = z.strictObject({
  id,
  experimentId: id,
  condition: z.string(),
  seed: z.number().int(),
  state: runState,
  progress: progress.nullable(),
  tasks: z.array(taskSummary),
  /** Covers the results of all tasks; null until all have succeeded. */
  resultHash: sha256.nullable(),
})
export type RunView = z.infer<typeof runView>

export const experimentView = experimentSummary.extend({
  verdicts: z.array(verdictView),
  spec: jsonObject,
  resolved: resolvedSpec,
  runs: z.array(runView),
  /** Tasks that belong to no single run: shared references and the analysis. */
  sharedTasks: z.array(taskSummary),
  resultHash: sha256.nullable(),
  /** Reasons why it is waiting, for people; empty if there are none. */
  notices: z.array(z.string()),
  links: z.record(z.string(), z.string()),
})
export type ExperimentView = z.infer<typeof experimentView>

export const previewView = z.strictObject({
  resolved: resolvedSpec,
  runs: z.number().int(),
  tasks: z.record(taskKind, z.number().int().nonnegative()),
  /** Tasks whose results this workspace already has. */
  reused: z.number().int().nonnegative(),
  /** Work by unit, e.g. `{ "environment steps": 15000000 }`. */
  work: z.record(z.string(), z.number()),
  /** From the throughput measured on this installation; missing if nothing like it has run yet. */
  estimatedSeconds: z.union([z.number(), z.strictObject({ missing: z.string() })]),
  warnings: z.array(z.strictObject({ condition: z.string().nullable(), message: z.string() })),
})
export type PreviewView = z.infer<typeof previewView>

/**
 * The mean over seeds of one measure in one condition, with a Student-t interval. Numbers of verdicts, such as goal
 * position, have the task `analysis` and the estimate of the protocol, which need not be the mean of the seeds' values.
 */
export const aggregate = z.strictObject({
  condition: z.string(),
  task: z.string(),
  /** As the protocol stores it; of a verdict, its key. */
  measure: z.string(),
  /** The same name in kebab case, whatever style the stored one has. */
  key: z.string(),
  labels,
  estimate,
  /** Empty for numbers of a verdict that no seed has by itself. */
  values: z.array(z.strictObject({ seed: z.number().int(), value: measure.shape.value })),
})
export type Aggregate = z.infer<typeof aggregate>

export const resultsView = z.strictObject({
  experimentId: id,
  state: experimentState,
  /** `final` once the analysis has succeeded; until then computed from the available results. */
  status: z.enum(['final', 'partial']),
  report: report.nullable(),
  aggregates: z.array(aggregate),
  /** With `maxSteps`: every `stride`-th step was returned; of several measures, the largest. */
  stride: z.number().int().positive().optional(),
  resultHash: sha256.nullable(),
})
export type ResultsView = z.infer<typeof resultsView>

export const comparisonView = z.strictObject({
  arms: z
    .array(z.strictObject({ experimentId: id, experiment: z.string(), condition: z.string(), seeds: z.number().int() }))
    .describe('The baseline, then the others in the order of the request'),
  report,
})
export type ComparisonView = z.infer<typeof comparisonView>

export const seriesView = z.strictObject({
  taskId: id,
  series: z.array(
    z.strictObject({
      /** As the protocol stores it. */
      name: z.string(),
      /** The same name in kebab case, whatever style the stored one has. */
      key: z.string(),
      labels,
      points: z.array(seriesPoint.pick({ x: true, value: true })),
    }),
  ),
  /** 1 if every stored point is returned. Otherwise the most stored points of one place of the axis, of which the lowest and the highest are returned. */
  stride: z.number().int().positive(),
})
export type SeriesView = z.infer<typeof seriesView>

/** What the trainings of an experiment reported while they ran, all at the same places, so that seeds can be averaged. */
export const trainingView = z.strictObject({
  /** What `x` counts, e.g. `environment steps`. */
  unit: z.string(),
  runs: z.array(z.strictObject({ condition: z.string(), seed: z.number().int(), series: seriesView.shape.series })),
  /** Trainings beyond `maxRuns`. */
  leftOut: z.number().int().nonnegative(),
})
export type TrainingView = z.infer<typeof trainingView>

/** With what the tasks of an experiment were computed. */
export const manifestsView = z.strictObject({
  /** Equal software and machines once, with the number of tasks. */
  manifests: z.array(z.strictObject({ tasks: z.number().int().positive(), manifest })),
  /** Tasks that succeeded, but whose manifest was written in another form by an earlier version. */
  manifestsLeftOut: z.number().int().nonnegative(),
})
export type ManifestsView = z.infer<typeof manifestsView>

export const logLine = z.strictObject({
  taskId: id,
  epoch: z.number().int(),
  at: time,
  level: logLevel,
  message: z.string(),
})
export type LogLine = z.infer<typeof logLine>

export const checkpointView = checkpoint.extend({ taskId: id, epoch: z.number().int(), createdAt: time })
export type CheckpointView = z.infer<typeof checkpointView>

/** One change of an experiment, as sent by Server-Sent Events; `sequence` is the event id and has no gaps. */
export const experimentEvent = z.strictObject({
  experimentId: id,
  sequence: z.number().int().positive(),
  type: z.enum([
    'experiment.created',
    'experiment.extended',
    'experiment.paused',
    'experiment.resumed',
    'experiment.state',
    'task.state',
    'task.checkpoint',
    'task.preempted',
    'verdict.changed',
  ]),
  taskId: id.nullable(),
  data: jsonObject,
  at: time,
})
export type ExperimentEvent = z.infer<typeof experimentEvent>
