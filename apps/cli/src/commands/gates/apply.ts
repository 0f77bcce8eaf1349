import { GoalpostError } from '@goalpost/contracts'
import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { SpecFault } from '../../spec-file/read-spec.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeGate } from './describe-gate.ts'
import { readGateFile } from './read-gate-file.ts'

export async function apply({ context, global, args: [path = ''] }: Invocation): Promise<Outcome> {
  const file = await readGateFile(path)
  await withService(context, global, {
    need: 'read',
    async use({ api, temporary }) {
      const { created, gate } = await api.applyGate(file.spec.name, file.spec).catch((error: unknown) => {
        throw error instanceof GoalpostError && error.issues.length > 0 ? new SpecFault(error, file) : error
      })
      if (global.json) return printJson(context, gate)
      context.print(created ? `Created the gate ${gate.name}` : `The gate ${gate.name} is at version ${gate.version}`)
      printLines(context, describeGate(context, gate))
      if (temporary) context.note('It tests versions while a service runs: npx goalpost up')
    },
  })
}
