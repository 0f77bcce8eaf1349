import { z } from 'zod'
import { uploadedFile } from './artifacts.ts'
import { jsonObject } from './json.ts'
import { report } from './report.ts'

/**
 * What a protocol does on request, beside experiments. The command line offers it as `goalpost GROUP NAME`.
 */
export const toolView = z.strictObject({
  group: z.string(),
  name: z.string(),
  summary: z.string(),
  description: z.string(),
  /** Arguments that a command line takes without a flag, in this order. */
  operands: z.array(z.string()),
  /**
   * JSON Schema of the arguments, an object. Texts with a `contentMediaType` may be long: a command line reads them from
   * a file where one is named. Texts of the `format` `goalpost-experiment` begin with the id of an experiment, to which a
   * command line brings whatever it takes for one. An argument `charset` (unicode, ascii) says what pictures may be drawn
   * with; an argument `frames` asks for every step of what moves.
   */
  argumentsSchema: jsonObject,
})
export type ToolView = z.infer<typeof toolView>

/** What a tool answers. The same arguments give the same answer. */
export const toolAnswer = z.strictObject({
  report,
  /** The same as data, in the tool's own form. */
  data: jsonObject,
  /** What it made, kept in the workspace: anybody may name these files by their hash from now on. */
  files: z.array(uploadedFile),
})
export type ToolAnswer = z.infer<typeof toolAnswer>
