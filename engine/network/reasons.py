"""Why a connection failed, in words: “[Errno 111] Connection refused” helps nobody."""

import errno
import re
import socket
import ssl
import time

_BY_NUMBER = {
    errno.ECONNREFUSED: "nothing listens at this address and port",
    errno.ECONNRESET: "it closed the connection",
    errno.EPIPE: "it closed the connection",
    errno.EHOSTUNREACH: "there is no way to this machine",
    errno.ENETUNREACH: "there is no way to its network",
    errno.ENETDOWN: "the network is down",
    errno.ETIMEDOUT: "it took too long",
}
_LONGEST = 200
_NUMBER = re.compile(r"\[(?:Errno|WinError) -?\d+\] ?")


def reason_of(error: BaseException) -> str:
    """A clause for “… does not answer: {reason}.”, from the error or what caused it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return "no machine of this name is known"
        if isinstance(cause, ssl.SSLCertVerificationError):
            today = time.strftime("%Y-%m-%d")
            return f"its certificate is not valid, or the date of this machine, {today}, is wrong"
        if isinstance(cause, ssl.SSLError):
            return f"the encrypted connection failed ({cause.reason or 'unknown reason'})"
        if isinstance(cause, OSError) and cause.errno in _BY_NUMBER:
            return _BY_NUMBER[cause.errno]
        cause = cause.__cause__ or cause.__context__
    text = " ".join(_NUMBER.sub("", str(error)).split()).rstrip(".")
    return text[:_LONGEST] or type(error).__name__
