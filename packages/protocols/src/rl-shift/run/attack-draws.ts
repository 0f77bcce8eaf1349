import { sampleMixture } from '@goalpost/environments'
import { mutateLevel, type LevelEditor } from '@goalpost/learning'
import type { Stream } from '@goalpost/random'
import { environmentOf } from '../../worlds/environment-of.ts'
import type { AttackName } from '../attack-log.ts'
import type { AttackPlays } from '../evaluate-task.ts'
import type { AttackSearch } from './search-attack.ts'

/** As the method `adversarial` does by default, which learns from levels found this way. */
const edits = { kind: 'identity', count: 3 } as const

/** Draws until a level can be solved; then the last is taken as it is. */
const maxDraws = 64

type Mixture = Pick<AttackPlays, 'environment' | 'parameters' | 'alpha'>

/** Level `index` of the training mixture that can be solved: on others nothing can be lost. */
export function drawSolvable(
  { environment: name, parameters, alpha }: Mixture,
  { stream, optimum }: { readonly stream: Stream; readonly optimum: (level: unknown) => number },
  index: number,
): unknown {
  const mixture = { environment: environmentOf(name), parameters, alpha }
  let level = sampleMixture(mixture, stream.named('draw 0'), index)
  for (let draw = 1; draw < maxDraws && !(optimum(level) > 0); draw++)
    level = sampleMixture(mixture, stream.named(`draw ${draw}`), index)
  return level
}

type Parts = {
  readonly editor: LevelEditor<unknown>
  readonly optimum: (level: unknown) => number
  readonly drawn: Stream
}

/** How each search finds other levels. An edit that cannot be solved is not tried: its original is, again. */
export function proposals(
  mixture: Mixture,
  { editor, optimum, drawn }: Parts,
): Readonly<Record<AttackName, AttackSearch<unknown>['propose']>> {
  return {
    edits(level, random) {
      const edited = mutateLevel(editor, level, edits, random)
      return optimum(edited) > 0 ? edited : level
    },
    draws: (_, random) => drawSolvable(mixture, { stream: drawn, optimum }, random.integer(2 ** 31)),
  }
}
