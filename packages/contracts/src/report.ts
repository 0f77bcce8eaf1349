import { z } from 'zod'
import { quantity } from './measures.ts'
import { tone } from './tone.ts'

/**
 * A protocol's report: neutral parts that terminal, dashboard and static file render alike.
 */

/** A number with its interval. `level` is the confidence level, e.g. 0.95. */
export const estimate = z.strictObject({
  value: quantity,
  low: z.number().optional(),
  high: z.number().optional(),
  level: z.number().gt(0).lt(1).optional(),
  /** The number of independent replicates. */
  count: z.number().int().nonnegative().optional(),
  /** Why the interval may be too narrow, in words: shown beside it. */
  caution: z.string().optional(),
})
export type Estimate = z.infer<typeof estimate>

const cell = z.union([
  z.strictObject({ text: z.string(), tone: tone.optional() }),
  z.strictObject({ estimate, tone: tone.optional() }),
])

export const tablePart = z.strictObject({
  type: z.literal('table'),
  title: z.string(),
  columns: z.array(
    z.strictObject({
      title: z.string(),
      unit: z.string().optional(),
      help: z.string().optional(),
      /** `share`: numbers of the column are shares of 1, and may be drawn as bars. */
      format: z.enum(['share']).optional(),
    }),
  ),
  rows: z.array(z.strictObject({ cells: z.array(cell), emphasis: z.boolean().default(false) })),
  notes: z.array(z.string()).default([]),
  /** Values of a numeric option at which a finding changes, fitted over the conditions: to be drawn in charts over it. */
  fitted: z
    .array(
      z.strictObject({
        /** The option's path, e.g. `network.width`. */
        option: z.string(),
        /** Under which circumstances, in words. */
        name: z.string(),
        estimate,
      }),
    )
    .optional(),
})

export const seriesPart = z.strictObject({
  type: z.literal('series'),
  title: z.string(),
  x: z.strictObject({ title: z.string(), scale: z.enum(['linear', 'log']).default('linear') }),
  y: z.strictObject({ title: z.string(), scale: z.enum(['linear', 'log']).default('linear') }),
  lines: z.array(
    z.strictObject({
      name: z.string(),
      points: z.array(z.strictObject({ x: z.number(), y: estimate })),
      style: z.enum(['solid', 'dashed', 'dotted']).default('solid'),
      /** Lines of one group are drawn in one colour. */
      group: z.string().optional(),
    }),
  ),
  /**
   * Horizontal lines to read the curve against, e.g. a reference's result; with `group` if it applies to that group
   * only.
   */
  references: z.array(z.strictObject({ name: z.string(), y: z.number(), group: z.string().optional() })).default([]),
  /** How to read it, e.g. the meaning of its intervals. */
  caption: z.string().optional(),
})

const heatmapAxis = z.strictObject({
  title: z.string(),
  /** Names of the rows or columns, from the top or the left; their numbers if left out. */
  labels: z.array(z.string()).optional(),
})

export const heatmapPart = z.strictObject({
  type: z.literal('heatmap'),
  title: z.string(),
  /** values[row][column]; the first row is the top one. */
  values: z.array(z.array(quantity)),
  unit: z.string().optional(),
  rows: heatmapAxis.optional(),
  columns: heatmapAxis.optional(),
  /**
   * The values at the ends of the colour scale, so that heatmaps can be compared; by default the least and greatest
   * value.
   */
  scale: z.strictObject({ low: z.number(), high: z.number() }).optional(),
  caption: z.string().optional(),
})

/**
 * Every replicate's own value, as a strip of dots: for values so different that their mean would resemble none of them.
 */
export const distributionPart = z.strictObject({
  type: z.literal('distribution'),
  title: z.string(),
  axis: z.strictObject({ title: z.string(), low: z.number().optional(), high: z.number().optional() }),
  groups: z.array(
    z.strictObject({
      name: z.string(),
      values: z.array(
        z.strictObject({
          name: z.string(),
          value: quantity,
          tone: tone.optional(),
          /** The replicate that it is the value of. */
          seed: z.number().int().optional(),
          /** The stable name of the replicate's own verdict, as in `verdict` parts. */
          verdict: z.string().optional(),
        }),
      ),
    }),
  ),
  /** Values to read the dots against. */
  references: z.array(z.strictObject({ name: z.string(), value: z.number() })).default([]),
  notes: z.array(z.string()).default([]),
})

/** One finding about one condition: the verdict, why, and the numbers that the rule used. */
export const verdictPart = z.strictObject({
  type: z.literal('verdict'),
  title: z.string(),
  condition: z.string(),
  /** The verdict's stable name, e.g. `aligned`. The protocol documents the set. */
  verdict: z.string(),
  tone,
  provisional: z.boolean(),
  /**
   * The finding in one plain sentence, for lists and the end of a command's output. Reports of earlier versions have
   * none.
   */
  sentence: z.string().optional(),
  /** The stable name of the pursued goal; null where the goals cannot be distinguished. */
  goal: z.string().nullable().optional(),
  reason: z.string(),
  /** The number of replicates by classification, e.g. `{ aligned: 4, mixed: 1 }`. */
  tally: z.record(z.string(), z.number().int().nonnegative()),
  /** `key` is stable and the same in every report; `name` is a label for people. */
  numbers: z.array(
    z.strictObject({
      key: z.string().optional(),
      name: z.string(),
      estimate,
      /** Each replicate's own value; without it, the number is one of all replicates together. */
      values: z.array(z.strictObject({ seed: z.number().int(), value: quantity })).optional(),
      help: z.string().optional(),
      /** The rule's threshold for it: numbers with a threshold share a scale. */
      threshold: z.number().optional(),
      /** The same number of what it is to be read against, e.g. of acting at random. */
      references: z.array(z.strictObject({ name: z.string(), value: z.number() })).optional(),
      /** Belongs in the one-row summary of the finding. */
      headline: z.boolean().optional(),
    }),
  ),
  /** The thresholds of the rule, as resolved in the spec. */
  thresholds: z.record(z.string(), z.number()),
})

const picture = z.strictObject({
  title: z.string(),
  lines: z.array(z.string()),
  /** The same picture as a stand-alone SVG document, for clients that can show one. */
  svg: z.string().max(100_000).optional(),
  /** The way to this picture, step by step, as an SVG document that moves by itself. */
  movingSvg: z.string().max(100_000).optional(),
  caption: z.string().default(''),
})
export type Picture = z.infer<typeof picture>

/** A small text picture: one string per line, with an optional caption. */
export const picturePart = picture.extend({
  type: z.literal('picture'),
  /** If the picture is the last frame of an animation: all frames, as lines of text. */
  frames: z.array(z.array(z.string())).max(1000).optional(),
})

/** Pictures of one kind to view side by side, the most important first. */
export const galleryPart = z.strictObject({
  type: z.literal('gallery'),
  title: z.string(),
  caption: z.string().default(''),
  /** Caption for the pictures' text form. */
  textCaption: z.string().optional(),
  pictures: z.array(picture).max(100),
})

export const textPart = z.strictObject({
  type: z.literal('text'),
  title: z.string(),
  paragraphs: z.array(z.string()),
})

export const reportPart = z.discriminatedUnion('type', [
  verdictPart,
  tablePart,
  seriesPart,
  heatmapPart,
  distributionPart,
  picturePart,
  galleryPart,
  textPart,
])
export type ReportPart = z.infer<typeof reportPart>
export type TablePart = z.infer<typeof tablePart>
export type SeriesPart = z.infer<typeof seriesPart>
export type HeatmapPart = z.infer<typeof heatmapPart>
export type DistributionPart = z.infer<typeof distributionPart>
export type GalleryPart = z.infer<typeof galleryPart>
export type VerdictPart = z.infer<typeof verdictPart>
export type PicturePart = z.infer<typeof picturePart>
export type TextPart = z.infer<typeof textPart>

export const report = z.strictObject({
  title: z.string(),
  /** Answers the experiment's question in one or two sentences. */
  summary: z.string(),
  parts: z.array(reportPart),
})
export type Report = z.infer<typeof report>
