/** Deadlines for the control loops of workers. */
export type Deadlines = {
  /** Cancels the experiments whose deadline has passed, each in a transaction of its own; resolves to their number. */
  stopOverdue(): Promise<number>
}
