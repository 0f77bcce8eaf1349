/** I(action; observation) of a policy on a suite, in bits: 0 where its actions do not depend on what it sees. */
export const dependenceMeasure = 'action dependence'
