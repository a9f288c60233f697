/** All that a process of a test has from ours: where programs are, and what others have compiled before. */
export function inheritedEnv(): NodeJS.Dict<string> {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  return { PATH, NODE_COMPILE_CACHE }
}
