/** A clock that moves only when a test advances it. */
export type FakeClock = {
  now(): Date
  advance(ms: number): void
}

export function createFakeClock(start = new Date('2030-01-01T00:00:00Z')): FakeClock {
  let time = start.getTime()
  return {
    now: () => new Date(time),
    advance(ms) {
      time += ms
    },
  }
}
