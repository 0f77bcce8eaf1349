import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeGate } from './describe-gate.ts'
import { describeRun } from './describe-run.ts'
import { drawOnset } from './draw-onset.ts'

/** The gate, its latest run, and each rule's measure over the versions. */
export async function show({ context, global, args: [name = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const gate = await api.gate(name)
      const { curves } = await api.onsetCurves(name)
      if (global.json) return printJson(context, { ...gate, curves })
      printLines(context, describeGate(context, gate))
      if (gate.latest !== null) printLines(context, ['', ...describeRun(context, gate.latest)])
      for (const curve of curves) printLines(context, drawOnset(context.terminal, curve))
    },
  })
}
