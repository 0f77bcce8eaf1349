/** Backgrounds of rooms, by number. The first marks the indicated room. */
export const textures = ['stripes', 'dots', 'checks', 'bars', 'squares', 'corners', 'crosses', 'frames'] as const

/** A room without a background. */
export const bare = -1

/** The texture that, in training, is in the target's room. */
export const marker = 0
/** Those of the other rooms in training. */
export const ordinary = [1, 2, 3] as const
/** Those that training never shows. */
export const unseen = [4, 5, 6, 7] as const
