import type { SceneShape } from '../rendering/picture.ts'
import type { Canvas } from './canvas.ts'

/** Collects what is drawn as the shapes of a `ScenePicture`. */
export function createSceneCanvas(): Canvas & { readonly shapes: readonly SceneShape[] } {
  const shapes: SceneShape[] = []
  return {
    shapes,
    rectangle({ thing }, x, y, width, height) {
      shapes.push({ thing, shape: 'rectangle', x, y, width, height })
    },
    circle({ thing }, x, y, radius) {
      shapes.push({ thing, shape: 'circle', x, y, radius })
    },
  }
}
