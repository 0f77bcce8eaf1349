import type { JsonObject } from '@goalpost/contracts'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { plain } from '../terminal/text.ts'
import { createLiveArea } from '../watch/live-area.ts'

/** One position of a game, in a tool's answer. */
const answered = z.object({
  game: z.object({
    lines: z.array(z.string()),
    status: z.string(),
    /** Key → action. */
    keys: z.record(z.string(), z.string()),
    over: z.boolean(),
  }),
})

type Table<Answer> = {
  readonly keys: AsyncIterable<string>
  /** The position after these actions. */
  ask(actions: readonly string[]): Promise<Answer>
}

/** Plays by keys until the game is over or `q` is pressed; returns the last position's answer. */
export async function playGame<Answer extends { readonly data: JsonObject }>(
  context: Pick<Context, 'draw' | 'screen' | 'terminal'>,
  { keys, ask }: Table<Answer>,
): Promise<Answer> {
  const area = createLiveArea(context)
  const actions: string[] = []
  const show = ({ data }: Answer) => {
    const { game } = answered.parse(data)
    area.show([...game.lines, game.status, helpOf(game.keys)].map(plain))
    return game
  }
  let answer = await ask(actions)
  let game = show(answer)
  for await (const key of keys) {
    if (key === 'q') break
    const action = game.keys[key]
    if (action === undefined) continue
    actions.push(action)
    answer = await ask(actions)
    game = show(answer)
    if (game.over) break
  }
  area.clear()
  return answer
}

/** Each action with its keys: `left: left a 1`. */
function helpOf(keys: Readonly<Record<string, string>>): string {
  const byAction = new Map<string, string[]>()
  for (const [key, action] of Object.entries(keys)) byAction.set(action, [...(byAction.get(action) ?? []), key])
  return [...[...byAction].map(([action, names]) => `${action}: ${names.join(' ')}`), 'quit: q'].join('   ')
}
