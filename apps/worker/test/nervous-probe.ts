/** A probe on a machine whose graphics driver crashes one engine and hangs another. */
for (const name of process.argv.slice(3)) {
  if (name === 'onnx:webgpu') process.kill(process.pid, 'SIGSEGV')
  if (name === 'onnx:webgpu' || name === 'onnx:cuda') await new Promise((resolve) => setTimeout(resolve, 60_000))
  const answer = { name, build: '1', device: 'cpu', threads: 1, missing: null, updateMs: null }
  await new Promise((resolve) => process.send?.(answer, undefined, undefined, resolve))
}
process.exit(0)
