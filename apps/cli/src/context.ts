import type { Terminal } from './terminal/terminal.ts'

/** A command's surroundings. Created once, in main.ts. */
export type Context = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
  /** Whether standard error is a terminal, on which lines can be redrawn. */
  readonly interactive: boolean
  /** Whether animations can be shown: both outputs are such a terminal. */
  readonly animated: boolean
  /** The names of keys as they are pressed; null if input and outputs are not one terminal. */
  keys(): AsyncIterable<string> | null
  /** The current size of the terminal. */
  screen(): { readonly columns: number; readonly rows: number }
  /** Calls back when the size changes, until the returned function is called. */
  onResize(listener: () => void): () => void
  /** Standard output, for the result. */
  print(text: string): void
  /** Standard error, for progress and warnings. */
  note(text: string): void
  /** Standard error without a newline, for drawing. */
  draw(text: string): void
  readonly account: { readonly root: boolean; readonly home: string }
  /** Aborted by Ctrl-C, and when the parent process ends. */
  readonly interrupted: AbortSignal
  now(): number
}

/** The options that every command accepts. */
export type GlobalOptions = { readonly json: boolean; readonly data?: string; readonly url?: string }

export function printJson(context: Context, value: unknown): void {
  context.print(JSON.stringify(value, null, 2))
}

export function printLines(context: Context, lines: readonly string[]): void {
  for (const line of lines) context.print(line)
}
