-- wrk script: signed 1 KB deliveries, each used once. Arguments: FILE (lines "id signature", first line the timestamp), OFFSET.
local ids, signatures, count, at = {}, {}, 0, 0
local before, after, head

function init(arguments)
    local file = assert(io.open(arguments[1], 'r'))
    local time = file:read('*l')
    for line in file:lines() do
        count = count + 1
        ids[count], signatures[count] = line:match('^(%S+) (%S+)$')
    end
    file:close()
    at = tonumber(arguments[2] or '0')
    before = '{"id":"'
    local middle = '","object":"event","type":"checkout.session.completed","created":' .. time .. ',"note":"'
    after = middle .. string.rep('n', 1024 - #before - #ids[1] - #middle - 2) .. '"}'
    head = 'POST ' .. wrk.path .. ' HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1024\r\nStripe-Signature: t=' .. time .. ',v1='
end

function request()
    at = at + 1
    local k = (at - 1) % count + 1
    return head .. signatures[k] .. '\r\n\r\n' .. before .. ids[k] .. after
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format('JSON {"requests":%d,"rps":%.1f,"p50_us":%d,"p99_us":%d,"refused":%d,"broken":%d}', summary.requests,
        summary.requests / summary.duration * 1e6, latency:percentile(50), latency:percentile(99), errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end
