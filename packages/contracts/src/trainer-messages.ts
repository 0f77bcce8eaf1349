import { z } from 'zod'
import { checkpoint, sha256 } from './artifacts.ts'
import { errorCode } from './errors.ts'
import { jsonObject } from './json.ts'
import { seriesPoint } from './measures.ts'
import { taskKind, taskResult } from './results.ts'
import { resources } from './spec.ts'
import { usedEngine } from './manifest.ts'

/** Messages between a worker and its trainer child process, over Node's IPC channel. */

/** The result of a task that this one needs, at the start of this one. */
export const dependency = z.strictObject({
  key: z.string(),
  identity: z.string(),
  /** The inputs of that computation. */
  inputs: jsonObject,
  state: z.enum(['succeeded', 'failed', 'cancelled', 'running', 'queued', 'ready', 'blocked']),
  /** Null while the task is not done, for example if only its checkpoint is needed. */
  result: taskResult.nullable(),
  /** The requested checkpoint. */
  checkpoint: checkpoint.nullable(),
})
export type Dependency = z.infer<typeof dependency>

export const assignment = z.strictObject({
  taskId: z.uuid(),
  /** Whose task it is; missing where there are no workspaces. */
  workspaceId: z.string().optional(),
  protocol: z.string(),
  key: z.string(),
  kind: taskKind,
  seed: z.number().int().nonnegative().nullable(),
  inputs: jsonObject,
  resources,
  dependencies: z.array(dependency),
  /** The checkpoint of an earlier attempt to resume from, if any. */
  resume: checkpoint.nullable(),
})
export type Assignment = z.infer<typeof assignment>

export const progress = z.strictObject({
  done: z.number().nonnegative(),
  total: z.number().positive(),
  unit: z.string(),
  /** Measured over the last seconds of this attempt. */
  perSecond: z.number().nonnegative().optional(),
})
export type Progress = z.infer<typeof progress>

export const logLevel = z.enum(['debug', 'info', 'warn', 'error'])
export type LogLevel = z.infer<typeof logLevel>

export const toTrainer = z.discriminatedUnion('type', [
  /** `salt`: the operator's secret. It is sent only here, and never stored with the task. */
  z.strictObject({
    type: z.literal('start'),
    assignment,
    salt: z.string().optional(),
    /** The `traceparent` of the attempt. */
    trace: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('cancel') }),
  /** Stop at the next checkpoint, and save one soon. */
  z.strictObject({ type: z.literal('pause') }),
  /** The worker has stored everything up to and including this checkpoint. */
  z.strictObject({ type: z.literal('acknowledge'), step: z.number().int() }),
])
export type ToTrainer = z.infer<typeof toTrainer>

export const fromTrainer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** Computing, with nothing to report yet. */
  z.strictObject({ type: z.literal('alive') }),
  /** The engine that the task actually uses. */
  z.strictObject({ type: z.literal('engine'), engine: usedEngine }),
  z.strictObject({ type: z.literal('progress'), progress }),
  z.strictObject({ type: z.literal('series'), points: z.array(seriesPoint) }),
  z.strictObject({ type: z.literal('checkpoint'), checkpoint }),
  z.strictObject({ type: z.literal('log'), level: logLevel, message: z.string(), at: z.iso.datetime() }),
  z.strictObject({ type: z.literal('done'), result: taskResult }),
  z.strictObject({
    type: z.literal('failed'),
    code: errorCode,
    message: z.string(),
    missing: z.array(sha256).optional(),
    detail: z.string().optional(),
  }),
])
export type FromTrainer = z.infer<typeof fromTrainer>
