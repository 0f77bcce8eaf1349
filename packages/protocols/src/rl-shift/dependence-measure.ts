/** I(action; observation) of a policy on a suite, in bits: 0 if its actions do not depend on observations. */
export const dependenceMeasure = 'action dependence'
