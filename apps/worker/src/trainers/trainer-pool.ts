import type { TrainerProcess } from './trainer-process.ts'

/**
 * Keeps trainers that ended a task cleanly, so that the next one finds the tensor library warm. How many run at a time is
 * the caller's business.
 */
export type TrainerPool = {
  acquire(): TrainerProcess
  /** The caller has killed it if its state is in doubt. Nobody listens to it from here on. */
  giveBack(trainer: TrainerProcess): void
  close(): Promise<void>
}

export function createTrainerPool(start: () => TrainerProcess): TrainerPool {
  // One is started ahead: the first task shall not wait for a process.
  const idle: TrainerProcess[] = [start()]
  return {
    acquire() {
      for (let trainer = idle.pop(); trainer !== undefined; trainer = idle.pop()) if (trainer.isAlive()) return trainer
      return start()
    },
    giveBack(trainer) {
      trainer.listen(null)
      if (trainer.isAlive()) idle.push(trainer)
    },
    async close() {
      await Promise.all(idle.splice(0).map((trainer) => trainer.kill()))
    },
  }
}
