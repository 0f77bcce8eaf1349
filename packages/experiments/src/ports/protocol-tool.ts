import type { InputIssue, JsonObject, Report, ToolView } from '@goalpost/contracts'
import type { Evidence } from './protocol.ts'

/** A file that arguments name by its hash, and the place of the name. */
export type NamedFile = { readonly hash: string; readonly pointer: string }

/** An experiment that arguments name by its id, and the place of the name. */
export type NamedExperiment = { readonly id: string; readonly pointer: string }

type Refusal = { readonly ok: false; readonly issues: readonly InputIssue[] }

export type ToolResolution =
  | {
      readonly ok: true
      readonly arguments: JsonObject
      readonly files: readonly NamedFile[]
      /** If the arguments name one, `choose` is called next. */
      readonly experiment?: NamedExperiment
    }
  | Refusal

/** A tool's choice from an experiment: files of its results, and why these, in the tool's own form. */
export type ToolChoice =
  | { readonly ok: true; readonly chosen: JsonObject; readonly files: readonly NamedFile[] }
  | Refusal

/** A text, stored under the hash of its UTF-8 bytes. */
export type ToolFile = { readonly name: string; readonly mediaType: string; readonly text: string }

export type ToolOutcome =
  | {
      readonly ok: true
      readonly report: Report
      readonly data: JsonObject
      readonly files: readonly ToolFile[]
    }
  | Refusal

/** A tool's inputs besides its arguments and the files that they name. */
export type ToolSurroundings = {
  /** The choice of `choose`. */
  readonly chosen?: JsonObject
  /** The operator's secret: given to tools for operators only. */
  readonly salt?: string
}

/** A function that a protocol offers besides experiments: plain data in, plain data out. See `toolView`. */
export type ProtocolTool = Pick<ToolView, 'group' | 'name' | 'summary' | 'description'> & {
  readonly operands: readonly string[]
  /** Whether it uses the operator's salt: it then requires a key with the scope `admin`. */
  readonly forOperators?: true
  argumentsSchema(): JsonObject
  /** Checks the arguments and fills in defaults. Pointers are relative to the arguments. Quick. */
  resolve(given: JsonObject): ToolResolution
  /** If the arguments name an experiment of this protocol: chooses the parts that are needed. Quick. */
  choose?(resolved: JsonObject, evidence: Omit<Evidence, 'artifacts'>): ToolChoice
  /**
   * `files`: the named or chosen bytes, by hash. May take seconds: call it off the event loop.
   */
  run(resolved: JsonObject, files: ReadonlyMap<string, Uint8Array>, surroundings?: ToolSurroundings): ToolOutcome
}
