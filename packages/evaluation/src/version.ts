/** Raised whenever suites, episodes or measures change: part of every evaluation's identity. */
export const algorithmVersion = '3'
