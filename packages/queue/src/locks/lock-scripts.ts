/** Forgets waiters that have not looked for a while, so that a crashed one holds nobody up. */
const forgetGone = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local gone = redis.call('ZRANGEBYSCORE', seen, '-inf', now - patience)
for _, token in ipairs(gone) do
  redis.call('ZREM', line, token)
  redis.call('ZREM', seen, token)
end`

/**
 * KEYS lock, line, seen; ARGV token, lease, patience. Takes the lock if it is free and nobody stands
 * before; else stands in line, in the order of arrival. Gives 1 or 0.
 */
export const takeScript = `
local lock, line, seen = KEYS[1], KEYS[2], KEYS[3]
local token, lease, patience = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
${forgetGone}
redis.call('ZADD', line, 'NX', time[1] * 1000000 + time[2], token)
redis.call('ZADD', seen, now, token)
redis.call('PEXPIRE', line, 60000)
redis.call('PEXPIRE', seen, 60000)
if redis.call('ZRANGE', line, 0, 0)[1] ~= token then return 0 end
if not redis.call('SET', lock, token, 'NX', 'PX', lease) then return 0 end
redis.call('ZREM', line, token)
redis.call('ZREM', seen, token)
return 1`

/** KEYS lock; ARGV token, lease. Goes on holding the lock, if it is still held. Gives 1 or 0. */
export const extendScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`

/**
 * KEYS lock, line, seen; ARGV token, channel, patience. Frees the lock if it is still held, and wakes
 * whoever is first in line. Gives 1 or 0.
 */
export const releaseScript = `
local lock, line, seen = KEYS[1], KEYS[2], KEYS[3]
local patience = tonumber(ARGV[3])
if redis.call('GET', lock) ~= ARGV[1] then return 0 end
redis.call('DEL', lock)
${forgetGone}
local first = redis.call('ZRANGE', line, 0, 0)[1]
if first then redis.call('PUBLISH', ARGV[2], first) end
return 1`

/** KEYS line, seen; ARGV token. Gives up waiting. */
export const leaveScript = `
redis.call('ZREM', KEYS[1], ARGV[1])
return redis.call('ZREM', KEYS[2], ARGV[1])`
