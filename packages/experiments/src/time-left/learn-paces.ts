/** A task that was done from start to end in one attempt. */
export type DoneTask = {
  readonly sort: string
  readonly amount: number
  readonly seconds: number
  /** As last measured while it ran; null if it reported no progress. */
  readonly perSecond: number | null
}

/** `startSeconds`: starting a process and loading a library takes time before the first unit of work. */
export type Pace = { readonly startSeconds: number; readonly perSecond: number }

/** The mean pace of these tasks by sort of work. */
export function learnPaces(done: readonly DoneTask[]): ReadonlyMap<string, Pace> {
  const useful = done.filter(({ amount, seconds }) => amount > 0 && seconds > 0)
  return new Map([...Map.groupBy(useful, ({ sort }) => sort)].map(([sort, tasks]) => [sort, meanPace(tasks)]))
}

/** Some end before their pace is measured: start-up time then counts as work. */
function meanPace(tasks: readonly DoneTask[]): Pace {
  const measured = tasks.flatMap(({ amount, perSecond }) =>
    perSecond === null ? [] : [{ amount, seconds: amount / perSecond }],
  )
  const perSecond = rateOf(measured.length > 0 ? measured : tasks)
  const seconds = sum(tasks.map((task) => task.seconds))
  const working = sum(tasks.map(({ amount }) => amount)) / perSecond
  return { startSeconds: Math.max(0, (seconds - working) / tasks.length), perSecond }
}

function rateOf(tasks: readonly { readonly amount: number; readonly seconds: number }[]): number {
  return sum(tasks.map(({ amount }) => amount)) / sum(tasks.map(({ seconds }) => seconds))
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
