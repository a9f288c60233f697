import { refuseRepeatedNames } from '../../approvals/actions/refuse-repeated-names.ts'

/**
 * The value that a text of JSON stands for; `undefined` where it is none, or one of its objects has a name
 * twice: nobody could say which of the two counts.
 */
export function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    refuseRepeatedNames(text)
    return value
  } catch {
    return undefined
  }
}
