/** Raised whenever suites, episodes or measures come out otherwise: part of every evaluation's identity. */
export const algorithmVersion = '3'
