import type { Context, GlobalOptions } from '../context.ts'

/** A command's exit code; 0 if it returns none. */
export type Outcome = number | void

/** The arguments of a command. */
export type Invocation<Options = unknown> = {
  readonly context: Context
  readonly global: GlobalOptions
  readonly args: readonly string[]
  readonly options: Options
}
