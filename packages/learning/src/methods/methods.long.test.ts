import { smallOptions } from '../../test/train-corridor.ts'
import { describeMethod } from '../../test/method-conformance.ts'
import { createAccelMethod, defaultAccelOptions } from './accel/accel-method.ts'
import { createCloningMethod } from './cloning/cloning-method.ts'
import { createMaximinMethod } from './maximin/maximin-method.ts'
import { createPlrMethod, defaultPlrOptions } from './plr/plr-method.ts'
import { createPpoMethod } from './ppo/ppo-method.ts'

const bufferSize = 40
const plr = { ...defaultPlrOptions, bufferSize }
const accel = { ...defaultAccelOptions, bufferSize }

/** To add a method, add one line here. */
describeMethod(() => createPpoMethod(smallOptions))
describeMethod(() => createPlrMethod(smallOptions, plr), { continuing: false })
describeMethod(() => createAccelMethod(smallOptions, accel), { continuing: false })
describeMethod(() => createMaximinMethod(smallOptions, plr), { continuing: false })
describeMethod(() => createCloningMethod(smallOptions, { player: 'demonstrator' }))
describeMethod(() => createCloningMethod(smallOptions, { player: 'policy' }))
