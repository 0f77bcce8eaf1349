import { smallOptions } from '../../test/train-corridor.ts'
import { describeMethod } from '../../test/method-conformance.ts'
import { createPpoMethod } from './ppo/ppo-method.ts'

/** To add a method, add one line here. */
describeMethod(() => createPpoMethod(smallOptions))
