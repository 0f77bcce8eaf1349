/**
 * A thread of the model's host. While the runtime computes, the host's own loop stands still and would never learn that its
 * parent is gone: a model that hangs would occupy a core for ever.
 */
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 500)
