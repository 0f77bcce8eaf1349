import type { InputIssue, JsonObject, Report, ToolView } from '@goalpost/contracts'
import type { Evidence } from './protocol.ts'

/** A file that arguments name by its hash, and where they do. */
export type NamedFile = { readonly hash: string; readonly pointer: string }

/** An experiment that arguments name by its id, and where they do. */
export type NamedExperiment = { readonly id: string; readonly pointer: string }

type Refusal = { readonly ok: false; readonly issues: readonly InputIssue[] }

export type ToolResolution =
  | {
      readonly ok: true
      readonly arguments: JsonObject
      readonly files: readonly NamedFile[]
      /** Where the arguments name one, `choose` is asked next. */
      readonly experiment?: NamedExperiment
    }
  | Refusal

/** What a tool needs of an experiment: files of its results, and why these, in the tool's own form. */
export type ToolChoice =
  | { readonly ok: true; readonly chosen: JsonObject; readonly files: readonly NamedFile[] }
  | Refusal

/** A text that is kept under the hash of its bytes in UTF-8. */
export type ToolFile = { readonly name: string; readonly mediaType: string; readonly text: string }

export type ToolOutcome =
  | {
      readonly ok: true
      readonly report: Report
      readonly data: JsonObject
      readonly files: readonly ToolFile[]
    }
  | Refusal

/** What a tool is given beside its arguments and the files that they name. */
export type ToolSurroundings = {
  /** What `choose` has chosen. */
  readonly chosen?: JsonObject
  /** The operator's secret: given to tools for operators only. */
  readonly salt?: string
}

/** Something that a protocol does on request, beside experiments: plain data in, plain data out. See `toolView`. */
export type ProtocolTool = Pick<ToolView, 'group' | 'name' | 'summary' | 'description'> & {
  readonly operands: readonly string[]
  /** Whether it works with the operator's salt: it then takes a key with the scope `admin`. */
  readonly forOperators?: true
  argumentsSchema(): JsonObject
  /** Checks the arguments and fills in defaults. Pointers are relative to the arguments. Quick. */
  resolve(given: JsonObject): ToolResolution
  /** Where the arguments name an experiment of this protocol: what of it is needed. Quick. */
  choose?(resolved: JsonObject, evidence: Omit<Evidence, 'artifacts'>): ToolChoice
  /**
   * `files`: the bytes that the arguments name or that were chosen, by hash. May take seconds: call it off the event loop.
   */
  run(resolved: JsonObject, files: ReadonlyMap<string, Uint8Array>, surroundings?: ToolSurroundings): ToolOutcome
}
