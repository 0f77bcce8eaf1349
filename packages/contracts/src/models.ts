import { z } from 'zod'
import { sha256 } from './artifacts.ts'
import { author } from './author.ts'
import { jsonObject } from './json.ts'
import { aliasName, versionReference } from './model-names.ts'
import { limits } from './spec.ts'

/** The model registry: lines of files from a training, numbered as they are registered. */

export const tagName = z
  .string()
  .regex(/^[A-Za-z0-9][\w.:-]{0,59}$/, 'must be letters, digits, `.`, `_`, `:` or `-`, at most 60')

const tags = z.array(tagName).max(limits.tagsPerVersion)
const metadata = jsonObject.refine((given) => JSON.stringify(given).length <= limits.metadataCharacters, {
  message: `must have at most ${limits.metadataCharacters} characters as JSON`,
})

export const modelRegistration = z.strictObject({
  artifact: sha256.describe('The hash of an uploaded file, or of a file from a task'),
  step: z.number().int().nonnegative().optional().describe('The training step'),
  metadata: metadata.default({}).describe('Anything else worth keeping'),
  tags: tags.default([]),
  aliases: z.array(aliasName).max(20).default([]).describe('Moved to this version'),
  commit: z
    .string()
    .regex(/^[0-9A-Fa-f]{4,64}$/, 'must be 4 to 64 hexadecimal digits')
    .toLowerCase()
    .optional()
    .describe('The revision of the training code'),
  parent: versionReference.optional().describe('The version that this one was trained from'),
  experimentId: z.uuid().optional().describe('The experiment it comes from'),
  taskId: z.uuid().optional().describe('The task that produced the file'),
})
export type ModelRegistration = z.infer<typeof modelRegistration>
export type ModelRegistrationInput = z.input<typeof modelRegistration>

export const aliasMove = z.strictObject({ version: versionReference })
export type AliasMoveInput = z.input<typeof aliasMove>

export const tagChange = z
  .strictObject({ add: tags.default([]), remove: tags.default([]) })
  .refine(({ add, remove }) => add.length + remove.length > 0, 'must add tags, remove some, or both')
export type TagChange = z.infer<typeof tagChange>
export type TagChangeInput = z.input<typeof tagChange>

const time = z.iso.datetime()

export const modelVersionView = z.strictObject({
  model: z.string(),
  number: z.number().int().positive(),
  /** The SHA-256 of the file. */
  hash: sha256,
  file: z.strictObject({ name: z.string(), bytes: z.number().int().nonnegative(), mediaType: z.string() }),
  step: z.number().int().nonnegative().nullable(),
  metadata: jsonObject,
  tags: z.array(z.string()),
  aliases: z.array(z.string()),
  commit: z.string().nullable(),
  parent: z.number().int().positive().nullable(),
  experimentId: z.uuid().nullable(),
  taskId: z.uuid().nullable(),
  createdAt: time,
  /** Who registered it. */
  createdBy: author,
  /** A deleted version is in no list, and can still be read and used by its number. */
  deletedAt: time.nullable(),
})
export type ModelVersionView = z.infer<typeof modelVersionView>

export const modelView = z.strictObject({
  name: z.string(),
  /** Without deleted ones. */
  versions: z.number().int().nonnegative(),
  /** Null if all are deleted. */
  latest: modelVersionView.pick({ number: true, step: true, createdAt: true }).nullable(),
  aliases: z.array(z.strictObject({ name: z.string(), version: z.number().int().positive() })),
  /** Grows with every change of the model, its versions and aliases. */
  revision: z.number().int().positive(),
  createdAt: time,
  createdBy: author,
  updatedAt: time,
})
export type ModelView = z.infer<typeof modelView>

/** One change of an alias. */
export const aliasMoveView = z.strictObject({
  alias: z.string(),
  /** Null: it did not exist before. */
  from: z.number().int().positive().nullable(),
  /** Null: it was removed. */
  to: z.number().int().positive().nullable(),
  at: time,
  /** Who moved it. */
  createdBy: author,
})
export type AliasMoveView = z.infer<typeof aliasMoveView>
