import { fillDistances, unreachable } from '../grid/distances.ts'
import { cellAt } from '../grid/grid.ts'
import { chooseAction, equalAhead, fartherAhead, nearerAhead, undecided, wallAhead } from './chase.ts'
import { applesTaken, hitsTaken, monstersDestroyed, shieldsTaken, takenAmong } from './counters.ts'
import {
  appleChannel,
  channels,
  inventoryChannel,
  monsterChannel,
  mouseChannel,
  shieldChannel,
  type Episodes,
} from './episodes.ts'
import { maxPerKind } from './parameters.ts'

/** Mouse, then monsters, then the contents of the mouse's cell: shield, monster, apple, in this order. */
export function stepAll(episodes: Episodes, actions: Uint8Array): void {
  const { batch, steps, maxSteps, terminated, truncated, apples, due, respawn } = episodes
  for (let i = 0; i < batch; i++) {
    moveMouse(episodes, i, actions[i])
    episodes.chance.start(episodes.seeds[i], steps[i])
    if (episodes.alive[i] > 0) moveMonsters(episodes, i)
    meet(episodes, i)
    const taken = steps[i] + 1
    steps[i] = taken
    const ended = !respawn && apples[i] === 0 && due[i] === 0 ? 1 : 0
    terminated[i] = ended
    truncated[i] = taken >= maxSteps ? ended ^ 1 : 0
  }
}

function moveMouse({ observations, mouse, moves, stride }: Episodes, i: number, action: number): void {
  const base = i * stride
  const from = mouse[i]
  const ahead = from + moves[action]
  if (observations[base + ahead * channels] === 1) return
  observations[base + from * channels + mouseChannel] = 0
  observations[base + ahead * channels + mouseChannel] = 1
  mouse[i] = ahead
}

/** One after the other, in random order; a monster does not move into the cell of another. */
function moveMonsters(episodes: Episodes, i: number): void {
  const { observations, monsters, alive, stride, side, moves, walled } = episodes
  const { thresholds, decided, chance, rowOf, columnOf, inArena } = episodes
  const plane = i * stride + monsterChannel
  const first = i * maxPerKind
  const count = alive[i]
  const across = walled[i] === 0
  const mouseRow = rowOf[episodes.mouse[i]]
  const mouseColumn = columnOf[episodes.mouse[i]]
  if (!across) fillDistances(episodes.levels[i], episodes.mouse[i], -1, episodes.field)
  for (let turn = 0; turn < count; turn++) {
    // Draws the next monster, as in a Fisher–Yates shuffle.
    const chosen = first + turn + chance.below(count - turn)
    const from = monsters[chosen]
    monsters[chosen] = monsters[first + turn]
    const ahead = across
      ? inArena[rowOf[from] * side + mouseRow] | (inArena[columnOf[from] * side + mouseColumn] << 2)
      : aheadOf(episodes, i, from)
    const word = chance.word()
    const likely = decided[(ahead << 8) | (word >>> 24)]
    const to = from + moves[likely === undecided ? chooseAction(thresholds, ahead, word) : likely]
    const blocked = observations[plane + to * channels] === 1
    monsters[first + turn] = blocked ? from : to
    if (blocked) continue
    observations[plane + from * channels] = 0
    observations[plane + to * channels] = 1
  }
}

function aheadOf({ observations, stride, moves, field }: Episodes, i: number, cell: number): number {
  const walls = i * stride
  let ahead = 0
  for (let action = 0; action < 4; action++) {
    const to = cell + moves[action]
    const seen = field[to] === unreachable ? equalAhead : field[to] < field[cell] ? nearerAhead : fartherAhead
    ahead |= (observations[walls + to * channels] === 1 ? wallAhead : seen) << (2 * action)
  }
  return ahead
}

/** Pick-ups are counted by the monsters left before the step. */
function meet(episodes: Episodes, i: number): void {
  const { observations, stride, mouse, alive, held, counters, counted, maxMonsters } = episodes
  const here = i * stride + mouse[i] * channels
  const count = i * counted
  const among = count + takenAmong(Math.min(alive[i], maxMonsters))
  const shield = observations[here + shieldChannel]
  const apple = observations[here + appleChannel]
  if (shield === 1) {
    observations[here + shieldChannel] = 0
    episodes.shields[i]--
    showInventory(episodes, i, held[i]++, 1)
    counters[count + shieldsTaken]++
    counters[among + 1]++
    counters[among + 2]++
  }
  const monster = observations[here + monsterChannel]
  const hit = monster === 1 ? meetMonster(episodes, i) : 0
  if (apple === 1) {
    observations[here + appleChannel] = 0
    episodes.apples[i]--
    counters[count + applesTaken]++
    counters[among]++
    counters[among + 2]++
  }
  episodes.goalRewards[0][i] = apple - hit
  episodes.goalRewards[1][i] = shield
  episodes.goalRewards[2][i] = apple
  episodes.goalRewards[3][i] = monster
  if (!episodes.respawn) return
  if (shield === 1 && respawn(episodes, i, shieldChannel)) episodes.shields[i]++
  if (apple === 1 && respawn(episodes, i, appleChannel)) episodes.apples[i]++
}

/** Returns 1 if the mouse is hit, 0 if a shield and the monster are gone. */
function meetMonster(episodes: Episodes, i: number): number {
  const { observations, stride, mouse, monsters, alive, held, due, counters, counted } = episodes
  if (held[i] === 0) {
    counters[i * counted + hitsTaken]++
    return 1
  }
  observations[i * stride + mouse[i] * channels + monsterChannel] = 0
  showInventory(episodes, i, --held[i], 0)
  const first = i * maxPerKind
  let index = first
  while (monsters[index] !== mouse[i]) index++
  monsters[index] = monsters[first + --alive[i]]
  if (due[i] > 0) due[i]--
  counters[i * counted + monstersDestroyed]++
  return 0
}

/** Shields in hand fill the top row, from the left, as far as they fit. */
function showInventory({ observations, stride, side }: Episodes, i: number, place: number, shown: number): void {
  if (place < side) observations[i * stride + place * channels + inventoryChannel] = shown
}

/** Uniformly on the empty cells; false if there are none. */
function respawn(episodes: Episodes, i: number, channel: number): boolean {
  const { size, chance, observations, stride } = episodes
  let empty = 0
  for (let row = 1; row <= size; row++)
    for (let column = 1; column <= size; column++) if (isEmpty(episodes, i, cellAt(size, row, column))) empty++
  if (empty === 0) return false
  let rest = chance.below(empty)
  for (let row = 1; row <= size; row++)
    for (let column = 1; column <= size; column++) {
      const cell = cellAt(size, row, column)
      if (!isEmpty(episodes, i, cell) || rest-- > 0) continue
      observations[i * stride + cell * channels + channel] = 1
      return true
    }
  return false
}

function isEmpty({ observations, stride }: Episodes, i: number, cell: number): boolean {
  const at = i * stride + cell * channels
  for (let channel = 0; channel < inventoryChannel; channel++) if (observations[at + channel] === 1) return false
  return true
}
