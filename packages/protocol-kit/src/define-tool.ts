import type { InputIssue, JsonObject } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import type { Evidence, NamedExperiment, NamedFile, ProtocolTool, ToolChoice, ToolOutcome } from '@goalpost/experiments'
import type { z } from 'zod'
import { jsonSchemaOf } from './json-schema-of.ts'
import { unchecked } from './unchecked.ts'

/** A fault in a tool's arguments, found while it runs. */
export class ToolFault extends Error {
  readonly issues: readonly InputIssue[]

  constructor(issue: InputIssue) {
    super(issue.message)
    this.name = 'ToolFault'
    this.issues = [issue]
  }
}

type Named = Pick<ProtocolTool, 'group' | 'name' | 'summary' | 'description' | 'operands' | 'forOperators'>

type Definition<Arguments, Chosen> = Named & {
  readonly arguments: z.ZodType<Arguments>
  /** Files that the arguments name by hash; default: none. */
  files?(given: NoInfer<Arguments>): readonly NamedFile[]
  /** The experiment that the arguments name, if any. */
  experiment?(given: NoInfer<Arguments>): NamedExperiment | null
  /** Selects what `run` needs from that experiment. Throws a ToolFault if it is not there. */
  choose?(given: NoInfer<Arguments>, evidence: Omit<Evidence, 'artifacts'>): NoInfer<Choice<Chosen>>
  /** Throws a ToolFault for invalid arguments. */
  run(
    given: Arguments,
    files: ReadonlyMap<string, Uint8Array>,
    surroundings: Surroundings<Chosen>,
  ): Omit<Extract<ToolOutcome, { ok: true }>, 'ok'>
}

type Surroundings<Chosen> = {
  /** Null if the arguments name no experiment. */
  readonly chosen: Chosen | null
  /** Null if the service has none, and for tools that are not for operators. */
  readonly salt: string | null
}

export type Choice<Chosen> = { readonly chosen: Chosen; readonly files: readonly NamedFile[] }

/** Makes a protocol's tool from typed functions: the arguments' schema is the only source of their type. */
export function defineTool<Arguments, Chosen extends object = JsonObject>(
  definition: Definition<Arguments, Chosen>,
): ProtocolTool {
  const { arguments: schema, experiment, choose, files, run, ...rest } = definition
  return {
    ...rest,
    argumentsSchema: () => jsonSchemaOf(schema),
    resolve(given) {
      const parsed = schema.safeParse(given)
      if (!parsed.success) return { ok: false, issues: explainZodError(parsed.error, schema, given) }
      const { data } = parsed
      const named = experiment?.(data) ?? null
      const common = { ok: true, arguments: unchecked<JsonObject>(data), files: files?.(data) ?? [] } as const
      return named === null ? common : { ...common, experiment: named }
    },
    ...(choose === undefined
      ? {}
      : {
          choose: (resolved, evidence) => unchecked<ToolChoice>(orIssues(() => choose(unchecked(resolved), evidence))),
        }),
    run: (resolved, bytes, { chosen, salt } = {}) =>
      orIssues(() =>
        run(unchecked(resolved), bytes, { chosen: unchecked<Chosen | undefined>(chosen) ?? null, salt: salt ?? null }),
      ),
  }
}

function orIssues<Result extends object>(work: () => Result) {
  try {
    return { ok: true as const, ...work() }
  } catch (error) {
    if (error instanceof ToolFault) return { ok: false as const, issues: error.issues }
    throw error
  }
}
