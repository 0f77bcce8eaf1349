/** Tokens of the longest question that is graded, and of that with an answer. */
export const questionColumns = 9
export const answeredColumns = questionColumns + 1
