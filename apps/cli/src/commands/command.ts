import type { Context, GlobalOptions } from '../context.ts'

/** What a command gives back: the exit code, 0 unless it says otherwise. */
export type Outcome = number | void

/** A command as the program calls it. */
export type Invocation<Options = unknown> = {
  readonly context: Context
  readonly global: GlobalOptions
  readonly args: readonly string[]
  readonly options: Options
}
