import { workerData } from 'node:worker_threads'

/**
 * A thread of the model's host. While the runtime computes, the host's own loop is blocked and cannot notice that its
 * parent has ended: a hanging model would occupy a core indefinitely. The parent passes its own pid: when this
 * runs, it may already have ended.
 */
const parent = workerData as number
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 500)
