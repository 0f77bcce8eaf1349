import { z } from 'zod'
import { uploadedFile } from './artifacts.ts'
import { jsonObject } from './json.ts'
import { report } from './report.ts'

/**
 * A function that a protocol offers besides experiments. On the command line: `goalpost GROUP NAME`.
 */
export const toolView = z.strictObject({
  group: z.string(),
  name: z.string(),
  summary: z.string(),
  description: z.string(),
  /** Arguments that a command line takes without a flag, in this order. */
  operands: z.array(z.string()),
  /**
   * JSON Schema of the arguments, an object. Texts with a `contentMediaType` may be long: a command line reads them
   * from a file if one is named. Texts of the `format` `goalpost-experiment` begin with the id of an experiment; a
   * command line resolves other names of it to the id. An argument `charset` (unicode, ascii) sets the characters of
   * pictures; an argument `frames` requests every step of an animation.
   */
  argumentsSchema: jsonObject,
})
export type ToolView = z.infer<typeof toolView>

/** A tool's answer. The same arguments give the same answer. */
export const toolAnswer = z.strictObject({
  report,
  /** The same as data, in the tool's own form. */
  data: jsonObject,
  /** The files that it made, stored in the workspace: later requests may refer to them by hash. */
  files: z.array(uploadedFile),
})
export type ToolAnswer = z.infer<typeof toolAnswer>
