export { askUntilAnswered } from './ask-until-answered.ts'
export { openSender } from './send-request.ts'
