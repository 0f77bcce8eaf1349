import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { plain, truncate } from '../terminal/text.ts'
import { createLiveArea } from '../watch/live-area.ts'

/** Long enough for a step to be seen, short enough for a long episode not to bore. */
const longestFrameMs = 160
const longestMs = 8_000

/** Draws one frame over the other; Ctrl-C skips the rest. What was drawn is gone at the end. */
export async function playFrames(context: Context, frames: readonly (readonly string[])[]): Promise<void> {
  const { columns, symbols } = context.terminal
  const height = Math.max(0, ...frames.map((frame) => frame.length))
  // What is higher than the screen cannot be drawn over.
  if (height >= context.screen().rows) return
  const area = createLiveArea(context)
  const pause = Math.min(longestFrameMs, longestMs / Math.max(1, frames.length))
  for (const frame of frames) {
    if (context.interrupted.aborted) break
    area.show(frame.map((line) => truncate(plain(line), columns, symbols.ellipsis)))
    await sleep(pause, undefined, { signal: context.interrupted }).catch(() => undefined)
  }
  area.clear()
}
