import { workerData } from 'node:worker_threads'

/**
 * A thread of the model's host. While the runtime computes, the host's own loop stands still and would never learn that its
 * parent is gone: a model that hangs would occupy a core indefinitely. The parent passes its own pid: when this
 * runs, it may already be gone.
 */
const parent = workerData as number
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 500)
