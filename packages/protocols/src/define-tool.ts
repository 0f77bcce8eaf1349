import { explainZodError, type InputIssue, type JsonObject } from '@goalpost/contracts'
import type { NamedFile, ProtocolTool, ToolOutcome } from '@goalpost/experiments'
import { z } from 'zod'

/** Something that is wrong with a tool's arguments, found out while it runs. */
export class ToolFault extends Error {
  readonly issues: readonly InputIssue[]

  constructor(issue: InputIssue) {
    super(issue.message)
    this.name = 'ToolFault'
    this.issues = [issue]
  }
}

type Definition<Arguments> = Pick<ProtocolTool, 'group' | 'name' | 'summary' | 'description' | 'operands'> & {
  readonly arguments: z.ZodType<Arguments>
  /** Files that the arguments name by hash; none, where left out. */
  files?(given: NoInfer<Arguments>): readonly NamedFile[]
  /** Throws a ToolFault where the arguments make no sense. */
  run(given: Arguments, files: ReadonlyMap<string, Uint8Array>): Omit<Extract<ToolOutcome, { ok: true }>, 'ok'>
}

/** Makes a protocol's tool out of typed functions: the schema of its arguments is the only source of their type. */
export function defineTool<Arguments>({ arguments: schema, files, run, ...rest }: Definition<Arguments>): ProtocolTool {
  return {
    ...rest,
    argumentsSchema: () => z.toJSONSchema(schema, { io: 'input' }) as JsonObject,
    resolve(given) {
      const parsed = schema.safeParse(given)
      if (!parsed.success) return { ok: false, issues: explainZodError(parsed.error, schema, given) }
      return { ok: true, arguments: parsed.data as JsonObject, files: files?.(parsed.data) ?? [] }
    },
    run(resolved, bytes) {
      try {
        // What `resolve` has given out comes back unchanged.
        return { ok: true, ...run(resolved as Arguments, bytes) }
      } catch (error) {
        if (error instanceof ToolFault) return { ok: false, issues: error.issues }
        throw error
      }
    },
  }
}
