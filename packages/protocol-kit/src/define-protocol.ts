import type { InputIssue, JsonObject } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import type { Deployment, PlannedTask, Protocol } from '@goalpost/experiments'
import { z } from 'zod'

type Issues = readonly InputIssue[]

/** `Options` is what the schema gives, `Complete` what is stored, planned and shown: the same unless `complete` says more. */
type Definition<Options, Complete> = Omit<Protocol, 'optionsSchema' | 'resolve' | 'plan' | 'advise'> & {
  readonly options: z.ZodType<Options>
  /** Fills in what the schema cannot know, e.g. defaults that depend on another field. */
  complete?(options: Options, deployment: Deployment): { readonly options: Complete } | { readonly issues: Issues }
  /** What the schema cannot say: returns issues with pointers relative to `options`. */
  check?(options: Complete): Issues
  marks?(options: Complete): readonly string[]
  plan(options: Complete, seed: number): readonly PlannedTask[]
  advise?(options: Complete): ReturnType<Protocol['advise']>
}

/** Makes a protocol out of typed functions: its schema is the only source of its options' type. */
export function defineProtocol<Options, Complete = Options>(definition: Definition<Options, Complete>): Protocol {
  const { options: schema, complete, check, marks, plan, advise, ...rest } = definition
  // What `resolve` has given out is complete already: it is stored as it is and comes back unchanged.
  const typed = (options: JsonObject) => options as unknown as Complete
  return {
    ...rest,
    optionsSchema: () => z.toJSONSchema(schema, { io: 'input' }) as JsonObject,
    resolve(options, deployment = { saltHash: null }) {
      const parsed = schema.safeParse(options)
      if (!parsed.success) return { ok: false, issues: explainZodError(parsed.error, schema, options) }
      const completed = complete?.(parsed.data, deployment) ?? { options: parsed.data as unknown as Complete }
      if ('issues' in completed) return { ok: false, issues: completed.issues }
      const issues = check?.(completed.options) ?? []
      if (issues.length > 0) return { ok: false, issues }
      return { ok: true, options: completed.options as unknown as JsonObject, marks: marks?.(completed.options) ?? [] }
    },
    plan: (options, seed) => plan(typed(options), seed),
    advise: (options) => advise?.(typed(options)) ?? [],
  }
}
