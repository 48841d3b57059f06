"""Starts MiniStack with connections that stay open, and, if AUTH is true, with the policies that it does not enforce by itself.

Its web server closes a connection that was idle for 75 seconds, and does so even if the next request is just being
handled. The client then sends the request again, and Terraform fails with 409, because the role or policy that it creates
exists already. A deployment keeps dozens of connections that are idle for that long while it waits for queues.
"""

import os

from hypercorn.config import Config

if os.environ.get("AUTH", "").lower() == "true":
    import enforcing

    enforcing.install()

from ministack.app import main  # noqa: E402  after its functions are replaced

# MiniStack itself sets a shorter time.
Config.keep_alive_timeout = property(lambda config: 3600, lambda config, seconds: None)

main()
