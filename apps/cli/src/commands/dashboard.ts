import { printJson, printLines } from '../context.ts'
import { findRunning } from '../service/connect.ts'
import { createSignInUrl } from '../service/create-sign-in-url.ts'
import type { Invocation, Outcome } from './command.ts'

/** Only the link is on standard output, so that another program can open it. */
export async function dashboard({ context, global }: Invocation): Promise<Outcome> {
  const url = await createSignInUrl(await findRunning(context, global))
  if (global.json) return printJson(context, { url })
  printLines(context, [url])
  context.note('It works once, within ten minutes')
}
