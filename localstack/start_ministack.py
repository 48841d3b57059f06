"""Starts MiniStack with connections that stay open.

Its web server closes a connection that was idle for five seconds, and does so even if the next request is just being
handled. The client then sends the request again, and Terraform fails with 409, because the role or policy that it creates
exists already. A deployment keeps dozens of connections that are idle for that long while it waits for queues.
"""

from hypercorn.config import Config
from ministack.app import main

Config.keep_alive_timeout = 3600

main()
