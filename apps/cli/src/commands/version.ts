import { readFile } from 'node:fs/promises'
import { printJson } from '../context.ts'
import type { Invocation, Outcome } from './command.ts'

export async function version({ context, global }: Invocation): Promise<Outcome> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  const { version: goalpost }: { version: string } = JSON.parse(manifest)
  const versions = { goalpost, node: process.versions.node }
  if (global.json) printJson(context, versions)
  else context.print(`goalpost ${versions.goalpost} (Node ${versions.node})`)
}
