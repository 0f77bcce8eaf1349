import type { OnsetCurve } from '@goalpost/contracts'
import type { JudgedVersion } from '@goalpost/experiments'
import { directionOf, onsetCurve } from '@goalpost/gates'
import type { ApiDependencies } from '../../dependencies.ts'
import { readGate } from './gate-routes.ts'

type Reading = Pick<ApiDependencies, 'gates' | 'protocols'>
type Which = { readonly workspaceId: string; readonly name: string; readonly until?: number }

/** Enough for a picture, and one more to see whether there are older ones. */
const limit = 301

/** One curve for each rule about a measure, of the newest versions. Its onset may be older, and is then looked up alone. */
export async function readOnsetCurves(deps: Reading, which: Which): Promise<OnsetCurve[]> {
  const { workspaceId, name, until } = which
  const draw = await prepareCurves(deps, which)
  const judged = (await deps.gates.judgedVersions(workspaceId, name, { limit, until })) ?? []
  const curves = draw(judged)
  if (judged.length < limit) return curves
  const newest = judged.at(-1)?.version
  const findOnset = async (rule: string) => deps.gates.onset(workspaceId, name, { rule, until: newest })
  return Promise.all(
    curves.map(async (curve) => ({
      ...curve,
      leftOut: true,
      ...(curve.lastGood === null ? await findOnset(curve.rule) : {}),
    })),
  )
}

async function prepareCurves(
  { gates, protocols }: Reading,
  { workspaceId, name }: Which,
): Promise<(judged: readonly JudgedVersion[]) => OnsetCurve[]> {
  const { spec } = await readGate({ gates }, workspaceId, name)
  const { protocol } = spec.spec
  const measures = typeof protocol === 'string' ? protocols.get(protocol)?.subject?.measures : undefined
  return (judged) =>
    spec.rules.flatMap((rule) => {
      if (rule.kind === 'verdict') return []
      const direction = directionOf(rule, measures ?? [])
      const versions = judged.flatMap(({ version, step, judgements }) => {
        const judgement = judgements.find((candidate) => candidate.rule === rule.name)
        return judgement === undefined ? [] : [{ version, step, judgement }]
      })
      return [onsetCurve({ rule, direction, versions })]
    })
}
