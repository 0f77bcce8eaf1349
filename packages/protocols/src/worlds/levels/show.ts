import { z } from 'zod'
import { defineTool } from '@goalpost/protocol-kit'
import { naming, showing } from './arguments.ts'
import { filesOf, findLevel } from './find-level.ts'
import { drawingPart, drawLevel, hashOf, levelData, levelFile } from './present.ts'

export const show = defineTool({
  group: 'levels',
  name: 'show',
  summary: 'show a level as a picture, a drawing and a hash',
  description: 'Shows a level given as a hash, a file or a drawing, and stores it.',
  operands: ['level'],
  arguments: z.strictObject({ ...naming, ...showing }),
  files: filesOf,
  run(given, files) {
    const found = findLevel(given, files)
    const { suiteLevels = null } = found
    const title = `A level of ${found.environment.name}`
    const picture = drawLevel(found, { ...given, title: 'Level' })
    return {
      report: { title, summary: `Its hash is ${hashOf(found)}.`, parts: [picture.part, ...drawingPart(found)] },
      data: { ...levelData(found), suiteLevels },
      files: [levelFile(found), ...picture.files],
    }
  },
})
