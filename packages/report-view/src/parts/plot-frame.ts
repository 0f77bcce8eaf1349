import type { Axis } from '../axis.ts'
import type { Plot } from './plot.ts'

/** In pixels; letters have the same size on any paper. */
export type Paper = { readonly width: number; readonly height: number }

export const margin = { left: 52, right: 22, top: 12, bottom: 42 }

/** A paper, and the place of each value on it. */
export type Frame = Paper & { left(x: number): number; top(y: number): number }

export function frameOf({ x, y }: Plot, paper: Paper): Frame {
  const width = paper.width - margin.left - margin.right
  const height = paper.height - margin.top - margin.bottom
  const within = (axis: Axis, value: number) => Math.min(1, Math.max(0, axis.place(value)))
  return {
    ...paper,
    left: (value) => round(margin.left + x.place(value) * width),
    top: (value) => round(margin.top + (1 - within(y, value)) * height),
  }
}

const round = (value: number) => Number(value.toFixed(1))
