import type { InputIssue, JsonObject } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import type { Deployment, PlannedTask, Protocol } from '@goalpost/experiments'
import type { z } from 'zod'
import { jsonSchemaOf } from './json-schema-of.ts'
import { unchecked } from './unchecked.ts'

type Issues = readonly InputIssue[]

/** The schema returns `Options`; `Complete` is stored, planned and shown: the same type without `complete`. */
type Definition<Options, Complete> = Omit<Protocol, 'optionsSchema' | 'resolve' | 'plan' | 'advise'> & {
  readonly options: z.ZodType<Options>
  /** Fills in values that the schema cannot, e.g. defaults that depend on another field. */
  complete?(options: Options, deployment: Deployment): { readonly options: Complete } | { readonly issues: Issues }
  /** Checks rules that the schema cannot express; pointers are relative to `options`. */
  check?(options: Complete): Issues
  marks?(options: Complete): readonly string[]
  plan(options: Complete, seed: number): readonly PlannedTask[]
  advise?(options: Complete): ReturnType<Protocol['advise']>
}

/** Makes a protocol from typed functions: its schema is the only source of its options' type. */
export function defineProtocol<Options, Complete = Options>(definition: Definition<Options, Complete>): Protocol {
  const { options: schema, complete, check, marks, plan, advise, ...rest } = definition
  return {
    ...rest,
    optionsSchema: () => jsonSchemaOf(schema),
    resolve(options, deployment = { saltHash: null }) {
      const parsed = schema.safeParse(options)
      if (!parsed.success) return { ok: false, issues: explainZodError(parsed.error, schema, options) }
      const completed = complete?.(parsed.data, deployment) ?? { options: unchecked<Complete>(parsed.data) }
      if ('issues' in completed) return { ok: false, issues: completed.issues }
      const issues = check?.(completed.options) ?? []
      if (issues.length > 0) return { ok: false, issues }
      return { ok: true, options: unchecked<JsonObject>(completed.options), marks: marks?.(completed.options) ?? [] }
    },
    plan: (options, seed) => plan(unchecked<Complete>(options), seed),
    advise: (options) => advise?.(unchecked<Complete>(options)) ?? [],
  }
}
