import { noEngine, type Resources } from '@goalpost/contracts'
import type { TrainerProcess } from './trainer-process.ts'

/**
 * Keeps trainers that ended a task cleanly, so that the next one finds the tensor library warm. How many run at a time is
 * the caller's business.
 */
export type TrainerPool = {
  /** A native library takes its number of threads once: a used trainer only gets tasks of the same engine and threads. */
  acquire(resources: Pick<Resources, 'engine' | 'threads'>): TrainerProcess
  /** The caller has killed it if its state is in doubt. Nobody listens to it from here on. */
  giveBack(trainer: TrainerProcess): void
  close(): Promise<void>
}

export function createTrainerPool(start: () => TrainerProcess): TrainerPool {
  // One is started ahead: the first task shall not wait for a process.
  const idle: TrainerProcess[] = [start()]
  const usedFor = new WeakMap<TrainerProcess, string>()
  return {
    acquire({ engine, threads }) {
      // What computes without tensors leaves no library behind, and minds none that is there.
      const use = engine === noEngine ? null : `${engine} ${threads}`
      const trainer =
        takeFitting(idle, (candidate) => use === null || (usedFor.get(candidate) ?? use) === use) ?? start()
      if (use !== null) usedFor.set(trainer, use)
      return trainer
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

/** The latest one that lives and fits. Where none fits, one of the others makes room for the one to be started. */
function takeFitting(idle: TrainerProcess[], fits: (trainer: TrainerProcess) => boolean): TrainerProcess | undefined {
  const living = idle.splice(0).filter((trainer) => trainer.isAlive())
  const index = living.findLastIndex(fits)
  const [taken] = living.splice(Math.max(index, 0), 1)
  idle.push(...living)
  if (index >= 0) return taken
  void taken?.kill()
  return undefined
}
