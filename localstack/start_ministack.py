"""Starts MiniStack with connections that stay open until the client closes them, and, if AUTH is true, with the policies that it does not
enforce by itself.

Its web server closes a connection that was idle for 75 seconds, and does so even if the next request is just being
handled. The client then sends the request again, and Terraform fails with 409, because the role or policy that it creates
exists already. A deployment keeps dozens of connections that are idle for that long while it waits for queues.

If the client closes a connection, the web server keeps the socket until it would have closed it itself: the task that waits for that
belongs to the connection. A long storm would run out of sockets, so the task ends with the connection.

On a busy machine the answer to AddPermission sometimes comes too late. The provider sends the request again, gets 409, and tries for five
minutes, so the same request again is answered like the first.
"""

import os

from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.config import Config

if os.environ.get("AUTH", "").lower() == "true":
    import enforcing

    enforcing.install()

from ministack.app import main  # noqa: E402  after its functions are replaced

from ministack.services import lambda_svc  # noqa: E402

add_permission = lambda_svc._add_permission
added = {}


def add_permission_again(function, data, query=None, qualifier=None):
    """Adds a statement, unless the same request has added it before and it is still there."""
    request = (function, str(qualifier), str(sorted((query or {}).items())), str(sorted(data.items())))
    there = lambda_svc._functions.get(function, {}).get("policy", {}).get("Statement", [])
    if request in added and any(s.get("Sid") == data.get("StatementId") for s in there):
        return added[request]
    answer = add_permission(function, data, query, qualifier)
    if answer[0] < 300:
        added[request] = answer
    return answer


lambda_svc._add_permission = add_permission_again

# MiniStack itself sets a shorter time.
Config.keep_alive_timeout = property(lambda config: 3600, lambda config, seconds: None)

read_data = TCPServer._read_data


async def read_until_closed(connection):
    """Reads until the client closes the connection; nobody needs to wait for that any more then."""
    try:
        await read_data(connection)
    finally:
        await connection.idle_task.stop()


TCPServer._read_data = read_until_closed

main()
