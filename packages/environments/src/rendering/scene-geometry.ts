import type { SceneShape } from './picture.ts'

export type Area = Exclude<SceneShape, { readonly shape: 'line' }>

export function middleOf(shape: Area): readonly [x: number, y: number] {
  return shape.shape === 'circle' ? [shape.x, shape.y] : [shape.x + shape.width / 2, shape.y + shape.height / 2]
}

export function moveShape(shape: SceneShape, right: number, down: number): SceneShape {
  if (shape.shape !== 'line') return { ...shape, x: shape.x + right, y: shape.y + down }
  return { ...shape, points: shape.points.map(([x, y]) => [x + right, y + down]) }
}

/** Exchanges left and right in a scene of that width. */
export function mirrorShape(shape: SceneShape, width: number): SceneShape {
  if (shape.shape === 'rectangle') return { ...shape, x: width - shape.x - shape.width }
  if (shape.shape === 'circle') return { ...shape, x: width - shape.x }
  return { ...shape, points: shape.points.map(([x, y]) => [width - x, y]) }
}
