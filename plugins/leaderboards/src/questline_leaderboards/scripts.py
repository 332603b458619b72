"""What Valkey runs: each script is atomic, and one round trip.

A board is a sorted set (`order`) and a hash (`places`: user id -> the user's member in the set). The hash's field
`@run` names the run of the server that the board was built in: after a restart or a failover the last writes may be
missing, so such a board counts as absent and is built again, as does one of which the server evicted one half.
"""

BOARD = """
local function run()
  local found = redis.pcall('INFO', 'server')
  return type(found) == 'string' and string.match(found, 'run_id:(%w+)') or 'unknown'
end
local function ready(order, places)
  local built_in = redis.call('HGET', places, '@run')
  return built_in and built_in == run() and redis.call('ZCARD', order) == redis.call('HLEN', places) - 1
end
local function put(order, places, user, score, member)
  local old = redis.call('HGET', places, user)
  if old and (score == '' or old ~= member) then
    redis.call('ZREM', order, old)
  end
  if score == '' then
    redis.call('HDEL', places, user)
    return
  end
  redis.call('ZADD', order, score, member)
  if old ~= member then
    redis.call('HSET', places, user, member)
  end
end
"""

PLACE = (
    BOARD
    + """
local order, places, building, missed = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local user, score, member, expires_at = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if not ready(order, places) then
  if redis.call('EXISTS', building) == 1 then redis.call('SADD', missed, user) end
  return false
end
put(order, places, user, score, member)
if expires_at ~= '' then
  redis.call('PEXPIREAT', order, expires_at)
  redis.call('PEXPIREAT', places, expires_at)
end
if score == '' then return {0, redis.call('ZCARD', order)} end
return {redis.call('ZRANK', order, member) + 1, redis.call('ZCARD', order)}
"""
)
"""Sets (or, with an empty score, removes) a user's place; false where the board has to be built first."""

READ = (
    BOARD
    + """
local order, places = KEYS[1], KEYS[2]
local user, top, around = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if not ready(order, places) then return false end
local leaders = top > 0 and redis.call('ZRANGE', order, 0, top - 1, 'WITHSCORES') or {}
local result = {redis.call('ZCARD', order), leaders, 0, 0, {}}
local member = redis.call('HGET', places, user)
if member then
  local rank = redis.call('ZRANK', order, member)
  local first = math.max(rank - around, 0)
  result[3] = rank + 1
  result[4] = first + 1
  result[5] = redis.call('ZRANGE', order, first, rank + around, 'WITHSCORES')
end
return result
"""
)
"""The board's size, its top, one user's rank, and the places around it with the rank of the first of them."""

ANNOUNCE = """
return redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) and 1 or 0
"""
"""Says 1 to the first who asks in so many milliseconds, 0 to the others."""

ADD_NEW = """
local order, places, records, leftover = KEYS[1], KEYS[2], ARGV[1], ARGV[2]
for at = 1, #records, 32 do
  local member = string.sub(records, at + 8, at + 31)
  redis.call('ZADD', order, (struct.unpack('<d', records, at)), member)
  redis.call('HSET', places, string.sub(member, 9), member)
end
redis.call('PEXPIRE', order, leftover)
redis.call('PEXPIRE', places, leftover)
return 1
"""
"""Adds many places to a board that is being built: records of 32 bytes, a score (double) and a member.

One long argument, because a client takes longer to pack two million short ones than the server to store them.
"""

PUT_NEW = (
    BOARD
    + """
put(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])
return 1
"""
)
"""Sets or removes a place on a board that is being built."""

TAKE_MISSED = """
local users = redis.call('SMEMBERS', KEYS[1])
redis.call('DEL', KEYS[1])
return users
"""
"""Hands over the users who moved while their board was being built."""

FINISH = (
    BOARD
    + """
local order, places, building, missed, new_order, new_places = unpack(KEYS)
local token, expires_at = ARGV[1], ARGV[2]
if redis.call('GET', building) ~= token then return -1 end
if redis.call('SCARD', missed) > 0 then return 0 end
redis.call('DEL', order, places)
if redis.call('EXISTS', new_order) == 1 then redis.call('RENAME', new_order, order) end
redis.call('HSET', new_places, '@run', run())
redis.call('RENAME', new_places, places)
for _, key in ipairs({order, places}) do
  if expires_at == '' then redis.call('PERSIST', key) else redis.call('PEXPIREAT', key, expires_at) end
end
redis.call('DEL', building)
return 1
"""
)
"""Puts a finished board in service; 0 while somebody has moved since, -1 where another process builds it by now."""

RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""
"""Gives up building, if it is still ours."""

KEEP = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
"""
"""Says that we are still building."""
