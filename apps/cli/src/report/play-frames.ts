import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { plain, truncate } from '../terminal/text.ts'
import { createLiveArea } from '../watch/live-area.ts'

/** The duration of a step: visible, without making long episodes tedious. */
const longestFrameMs = 160
const longestMs = 8_000

/** Draws each frame over the previous one; Ctrl-C skips the rest. Erases the last frame. */
export async function playFrames(context: Context, frames: readonly (readonly string[])[]): Promise<void> {
  const { columns, symbols } = context.terminal
  const height = Math.max(0, ...frames.map((frame) => frame.length))
  // Frames taller than the screen cannot be redrawn in place.
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
