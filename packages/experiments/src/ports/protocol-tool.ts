import type { InputIssue, JsonObject, Report, ToolView } from '@goalpost/contracts'

/** A file that arguments name by its hash, and where they do. */
export type NamedFile = { readonly hash: string; readonly pointer: string }

export type ToolResolution =
  | { readonly ok: true; readonly arguments: JsonObject; readonly files: readonly NamedFile[] }
  | { readonly ok: false; readonly issues: readonly InputIssue[] }

/** A text that is kept under the hash of its bytes in UTF-8. */
export type ToolFile = { readonly name: string; readonly mediaType: string; readonly text: string }

export type ToolOutcome =
  | {
      readonly ok: true
      readonly report: Report
      readonly data: JsonObject
      readonly files: readonly ToolFile[]
    }
  | { readonly ok: false; readonly issues: readonly InputIssue[] }

/** Something that a protocol does on request, beside experiments: plain data in, plain data out. See `toolView`. */
export type ProtocolTool = Pick<ToolView, 'group' | 'name' | 'summary' | 'description'> & {
  readonly operands: readonly string[]
  argumentsSchema(): JsonObject
  /** Checks the arguments and fills in defaults. Pointers are relative to the arguments. Quick. */
  resolve(given: JsonObject): ToolResolution
  /** `files`: the bytes that the arguments name, by hash. May take seconds: call it off the event loop. */
  run(resolved: JsonObject, files: ReadonlyMap<string, Uint8Array>): ToolOutcome
}
