import type { ArtifactRef } from '@goalpost/contracts'
import { sampleMixture } from '@goalpost/environments'
import type { TaskContext } from '@goalpost/experiments'
import { mutateLevel, type ActingPolicy, type LevelEditor } from '@goalpost/learning'
import { createStream, type Stream } from '@goalpost/random'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { encodeAttack, type AttackName } from '../attack-log.ts'
import type { AttackPlays, EvaluateInputs } from '../evaluate-task.ts'
import { levelTools } from '../subjects/trained/run/level-tools.ts'
import { describePlayed, playLevels, regretsOf, type Field } from './attacked-levels.ts'
import { searchAttack, type AttackSearch } from './search-attack.ts'

/** As the method `adversarial` does by default, which learns from levels found this way. */
const edits = { kind: 'identity', count: 3 } as const

/** Searches for levels of the training mixture on which the policy fails, in two ways; nothing for evaluations without it. */
export async function storeAttack(
  context: TaskContext,
  inputs: EvaluateInputs,
  policy: ActingPolicy,
): Promise<ArtifactRef[]> {
  if (!('attack' in inputs) || inputs.attack === undefined) return []
  const { attack } = inputs
  const tools = levelTools(attack)
  if (tools.design === null || tools.optimum === null) throw new RangeError(`${attack.environment} cannot be attacked`)
  const stream = createStream(context.assignment.seed ?? 0).named('attack')
  const { told } = inputs
  const { design, optimum } = tools
  const field: Field = { ...attack, policy, told, design, optimum, batch: inputs.batch, context }
  const proposed = proposals(attack, design, stream.named('drawn'))
  const start = Array.from({ length: attack.levels }, (_, index) => drawLevel(attack, stream.named('start'), index))
  const find = (name: AttackName) =>
    searchAttack({
      levels: start,
      rounds: attack.rounds,
      propose: proposed[name],
      regrets: async (levels, round) =>
        regretsOf(field, levels, await playLevels(field, levels, chanceOf(stream, `${name} ${round}`))),
      stream: stream.named(name),
    })
  // Judged by chance that no search has seen: the regret that a search chose by is too large.
  const judge = async (levels: readonly unknown[]) =>
    describePlayed(field, levels, await playLevels(field, levels, chanceOf(stream, 'judged')))
  const bytes = encodeAttack({
    before: await judge(start),
    edits: await judge(await find('edits')),
    draws: await judge(await find('draws')),
  })
  const name = artifactNames.attack
  return [await context.artifacts.write({ name, bytes, mediaType: 'application/json', evidence: true })]
}

const chanceOf = (stream: Stream, role: string) => stream.named('chance').named(role)

type Proposals = Readonly<Record<AttackName, AttackSearch<unknown>['propose']>>

function proposals(attack: AttackPlays, editor: LevelEditor<unknown>, drawn: Stream): Proposals {
  return {
    edits: (level, random) => mutateLevel(editor, level, edits, random),
    draws: (_, random) => drawLevel(attack, drawn, random.integer(2 ** 31)),
  }
}

function drawLevel({ environment: name, parameters, alpha }: AttackPlays, stream: Stream, index: number): unknown {
  return sampleMixture({ environment: environmentOf(name), parameters, alpha }, stream, index)
}
