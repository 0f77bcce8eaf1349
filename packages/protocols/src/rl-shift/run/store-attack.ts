import type { ArtifactRef } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import type { ActingPolicy } from '@goalpost/learning'
import { createStream, type Stream } from '@goalpost/random'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { encodeAttack, type AttackName } from '../attack-log.ts'
import type { AttackPlays, EvaluateInputs } from '../evaluate-task.ts'
import { levelTools } from '../subjects/trained/run/level-tools.ts'
import { drawSolvable, proposals } from './attack-draws.ts'
import { describePlayed, playLevels, regretsOf, type Field } from './attacked-levels.ts'
import { searchAttack } from './search-attack.ts'

type Attacked = {
  readonly policy: ActingPolicy
  /** Called after every play of levels. */
  readonly played: () => void
}

/** Searches for levels of the training mixture on which the policy fails, in two ways; nothing for evaluations without it. */
export async function storeAttack(
  context: TaskContext,
  inputs: EvaluateInputs,
  { policy, played }: Attacked,
): Promise<ArtifactRef[]> {
  if (!('attack' in inputs) || inputs.attack === undefined) return []
  const { attack, told, batch } = inputs
  const tools = levelTools(attack)
  if (tools.design === null || tools.optimum === null) throw new RangeError(`${attack.environment} cannot be attacked`)
  const { design, optimum } = tools
  const field: Field = { ...attack, policy, told, design, optimum, batch, context }
  const bytes = encodeAttack(await runAttacks(attack, field, played, createStream(context.assignment.seed ?? 0)))
  const name = artifactNames.attack
  return [await context.artifacts.write({ name, bytes, mediaType: 'application/json', evidence: true })]
}

async function runAttacks(attack: AttackPlays, field: Field, played: () => void, seed: Stream) {
  const stream = seed.named('attack')
  const { design: editor, optimum } = field
  const proposed = proposals(attack, { editor, optimum, drawn: stream.named('drawn') })
  const start = Array.from({ length: attack.levels }, (_, index) =>
    drawSolvable(attack, { stream: stream.named('start'), optimum }, index),
  )
  const play = async (levels: readonly unknown[], role: string) => {
    const table = await playLevels(field, levels, stream.named('chance').named(role))
    played()
    return table
  }
  const find = (name: AttackName) =>
    searchAttack({
      levels: start,
      rounds: attack.rounds,
      propose: proposed[name],
      regrets: async (levels, round) => regretsOf(field, levels, await play(levels, `${name} ${round}`)),
      stream: stream.named(name),
    })
  // Judged by chance that no search has seen: the regret that a search chose by is too large.
  const judge = async (levels: readonly unknown[]) => describePlayed(field, levels, await play(levels, 'judged'))
  return {
    before: await judge(start),
    edits: await judge(await find('edits')),
    draws: await judge(await find('draws')),
  }
}
