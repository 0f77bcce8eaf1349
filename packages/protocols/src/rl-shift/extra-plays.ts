import type { AttackPlays, HelpPlays } from './evaluate-task.ts'

/** Plays of each suite by an ensemble that may ask for help: its members, itself, and for each share asked for and by chance. */
export const countHelpPlays = ({ members, shares }: Pick<HelpPlays, 'members' | 'shares'>): number =>
  members + 1 + 2 * shares.length

/** Plays of the levels of an attack: both searches from their start, and what is judged before and after them. */
export const countAttackPlays = ({ rounds }: Pick<AttackPlays, 'rounds'>): number => 2 * (rounds + 1) + 3
