import type { LevelPlan, Simulator } from '@goalpost/environments'

/** The cells of a level, and how many of them may become walls. */
export type Site = {
  readonly rows: number
  readonly columns: number
  readonly walls: number
}

/** What is in a cell; a fourth channel counts the steps. */
const channels = { wall: 0, start: 1, goal: 2, step: 3 } as const

export const builderShape = ({ rows, columns }: Site) => [rows, columns, Object.keys(channels).length] as const

/** Steps of one level: the agent's start, the goal, then walls. */
export const builderSteps = ({ walls }: Site): number => 2 + walls

/**
 * The plan of some choices of cells, in order. A goal on the start goes to the next cell; a wall where something is
 * already, nowhere.
 */
export function planOf({ rows, columns }: Site, [start, goal, ...walls]: readonly number[]): LevelPlan {
  const placed = goal === start ? (goal + 1) % (rows * columns) : goal
  return { start, goal: placed, walls: [...new Set(walls)].filter((cell) => cell !== start && cell !== placed) }
}

export type BuilderWorld = Simulator<null> & {
  /** The plans that were finished last, by slot. */
  plans(): readonly LevelPlan[]
}

const observationSize = (site: Site) => builderShape(site).reduce((product, side) => product * side, 1)

/** What a builder sees after some choices: one slot's observation. */
function draw(site: Site, made: readonly number[], observation: Uint8Array): void {
  const [rows, columns, count] = builderShape(site)
  const set = (cell: number, channel: number) => (observation[cell * count + channel] = 1)
  observation.fill(0)
  set(made.length % (rows * columns), channels.step)
  if (made.length === 1) set(made[0], channels.start)
  if (made.length < 2) return
  const plan = planOf(site, made)
  set(plan.start, channels.start)
  set(plan.goal, channels.goal)
  for (const wall of plan.walls) set(wall, channels.wall)
}

/** Building as episodes: an action is a cell. Nothing is earned here; what a level is worth is known when it was played. */
export function createBuilderWorld(site: Site, batch: number): BuilderWorld {
  const observations = new Uint8Array(batch * observationSize(site))
  const terminated = new Uint8Array(batch)
  const steps = new Int32Array(batch)
  const choices = Array.from({ length: batch }, (): number[] => [])
  const finished: LevelPlan[] = []

  function show(slot: number, made: readonly number[]): void {
    choices[slot] = [...made]
    steps[slot] = made.length
    const size = observationSize(site)
    draw(site, made, observations.subarray(slot * size, (slot + 1) * size))
  }

  function choose(slot: number, cell: number): void {
    show(slot, [...choices[slot], cell])
    terminated[slot] = steps[slot] === builderSteps(site) ? 1 : 0
    if (terminated[slot] === 1) finished[slot] = planOf(site, choices[slot])
  }

  return {
    batch,
    observations,
    goalRewards: [new Float32Array(batch), new Float32Array(batch)],
    terminated,
    truncated: new Uint8Array(batch),
    steps,
    counters: new Int32Array(0),
    reset: (slot) => show(slot, []),
    step(actions) {
      for (let slot = 0; slot < batch; slot++) choose(slot, actions[slot])
    },
    saveState: () => choices.map((made) => Uint8Array.from(made)),
    restoreState(_, states) {
      for (const [slot, state] of states.entries()) show(slot, [...state])
    },
    plans: () => finished,
  }
}
