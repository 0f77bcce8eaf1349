import { noEngine, type Resources } from '@goalpost/contracts'
import type { TrainerProcess } from './trainer-process.ts'

/**
 * Keeps trainers that ended a task cleanly, so that the next task finds the tensor library loaded. The caller decides
 * how many run at a time.
 */
export type TrainerPool = {
  /** A native library sets its threads once, so a used trainer only gets tasks of the same engine and threads. */
  acquire(resources: Pick<Resources, 'engine' | 'threads'>): TrainerProcess
  /** The caller kills trainers in an unknown state before. */
  giveBack(trainer: TrainerProcess): void
  close(): Promise<void>
}

export function createTrainerPool(start: () => TrainerProcess): TrainerPool {
  // One is started ahead, so that the first task need not wait for a process.
  const idle: TrainerProcess[] = [start()]
  const usedFor = new WeakMap<TrainerProcess, string>()
  return {
    acquire({ engine, threads }) {
      // Tasks without tensors load no library and run in any trainer.
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

/** The latest live trainer that fits. If none fits, another one is ended to make room. */
function takeFitting(idle: TrainerProcess[], fits: (trainer: TrainerProcess) => boolean): TrainerProcess | undefined {
  const living = idle.splice(0).filter((trainer) => trainer.isAlive())
  const index = living.findLastIndex(fits)
  const [taken] = living.splice(Math.max(index, 0), 1)
  idle.push(...living)
  if (index >= 0) return taken
  void taken?.kill()
  return undefined
}
