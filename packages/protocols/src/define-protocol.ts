import type { JsonObject, Report } from '@goalpost/contracts'
import type { ComparisonArm, Evidence, PlannedTask, Protocol } from '@goalpost/experiments'
import { z } from 'zod'
import { explainZodError } from '@goalpost/contracts'

type Definition<Options> = Omit<Protocol, 'optionsSchema' | 'resolve' | 'plan' | 'advise' | 'report' | 'compare'> & {
  readonly options: z.ZodType<Options>
  /** What the schema cannot say: returns issues with pointers relative to `options`. */
  check?(options: Options): readonly { pointer: string; message: string; remedy?: string }[]
  marks?(options: Options): readonly string[]
  plan(options: Options, seed: number): readonly PlannedTask[]
  advise?(options: Options): readonly string[]
  report(evidence: Evidence): Report
  compare(arms: readonly ComparisonArm[], artifacts: ReadonlyMap<string, Uint8Array>): Report
}

/** Makes a protocol out of typed functions: its schema is the only source of its options' type. */
export function defineProtocol<Options>(definition: Definition<Options>): Protocol {
  const { options: schema, check, marks, plan, advise, ...rest } = definition
  const typed = (options: JsonObject): Options => schema.parse(options)
  return {
    ...rest,
    optionsSchema: () => z.toJSONSchema(schema, { io: 'input' }) as JsonObject,
    resolve(options) {
      const parsed = schema.safeParse(options)
      if (!parsed.success) return { ok: false, issues: explainZodError(parsed.error, schema, options) }
      const issues = check?.(parsed.data) ?? []
      if (issues.length > 0) return { ok: false, issues }
      return { ok: true, options: parsed.data as JsonObject, marks: marks?.(parsed.data) ?? [] }
    },
    plan: (options, seed) => plan(typed(options), seed),
    advise: (options) => advise?.(typed(options)) ?? [],
  }
}
