import { requireAbility, shrinkLevel } from '@goalpost/environments'
import { goalsPart } from '@goalpost/evaluation'
import { z } from 'zod'
import { defineTool, ToolFault } from '@goalpost/protocol-kit'
import { naming, showing } from './arguments.ts'
import { blaming, filesOf, findLevel } from './find-level.ts'
import { drawingPart, drawLevel, hashOf, levelData, levelFile } from './present.ts'

export const shrink = defineTool({
  group: 'levels',
  name: 'shrink',
  summary: 'shrink a level on which goal and proxy diverge',
  description:
    'Removes rows, columns, things and walls as long as goal and proxy still diverge: as long as each oracle earns more ' +
    'of its own goal than the other does. No further single edit is possible on the result.',
  operands: ['level'],
  arguments: z.strictObject({ ...naming, ...showing }),
  files: filesOf,
  run(given, files) {
    const found = findLevel(given, files)
    const { environment } = found
    blaming('/environment', 'cannot be shrunk:', () => requireAbility(environment, 'smallerLevels'))
    if (!goalsPart(environment, found.parameters, found.level)) {
      const remedy =
        'goalpost levels solve shows what the oracles do there; draw another one with goalpost levels sample'
      throw new ToolFault({ pointer: '/level', message: 'is one on which goal and proxy do not diverge', remedy })
    }
    const keeps = (candidate: Pick<typeof found, 'parameters' | 'level'>) =>
      goalsPart(environment, candidate.parameters, candidate.level)
    const { edits, tried, ...least } = shrinkLevel(environment, { ...found, keeps })
    const shrunk = { environment, ...least }
    const before = drawLevel(found, { ...given, title: 'Before' })
    const after = drawLevel(shrunk, { ...given, title: 'After' })
    return {
      report: {
        title: `A level of ${environment.name}, shrunk`,
        summary: `${edits} edits led to ${hashOf(shrunk)}; ${tried} levels were tried.`,
        parts: [before.part, after.part, ...drawingPart(shrunk)],
      },
      data: { ...levelData(shrunk), from: hashOf(found), edits, tried },
      files: [levelFile(shrunk), levelFile(found), ...before.files, ...after.files],
    }
  },
})
