/** A sentence that terminals show too, with code between backticks. */
export function Prose({ text }: { readonly text: string }) {
  return text.split('`').map((piece, index) =>
    // Every second piece stands between backticks; pieces have no identity but their place.
    index % 2 === 1 ? <code key={index}>{piece}</code> : piece,
  )
}
