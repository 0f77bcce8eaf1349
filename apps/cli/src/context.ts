import type { Terminal } from './terminal/terminal.ts'

/** All that a command may know of the world outside. Made once, in main.ts. */
export type Context = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
  /** Whether this is a terminal that people watch: lines may then be drawn over. */
  readonly interactive: boolean
  /** Whether what moves can be shown moving: both outputs are such a terminal. */
  readonly animated: boolean
  /** How large the terminal that is drawn on is at this moment. */
  screen(): { readonly columns: number; readonly rows: number }
  /** Calls back whenever that changes, until the returned function is called. */
  onResize(listener: () => void): () => void
  /** Standard output, for what was asked for. */
  print(text: string): void
  /** Standard error, for what is worth knowing meanwhile. */
  note(text: string): void
  /** Standard error, without a line's end: for drawing. */
  draw(text: string): void
  readonly account: { readonly root: boolean; readonly home: string }
  /** Aborted by Ctrl-C and by the end of what started us. */
  readonly interrupted: AbortSignal
  now(): number
}

/** What every command accepts. */
export type GlobalOptions = { readonly json: boolean; readonly data?: string; readonly url?: string }

export function printJson(context: Context, value: unknown): void {
  context.print(JSON.stringify(value, null, 2))
}

export function printLines(context: Context, lines: readonly string[]): void {
  for (const line of lines) context.print(line)
}
