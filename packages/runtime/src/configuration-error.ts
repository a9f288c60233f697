/** What the operator has set cannot be used. The message names the key and is for their eyes. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError'
}
