"""What goes wrong on the way to a server, as `UserError`."""

import httpx2
import openai

from engine.errors import UserError
from engine.network.reasons import reason_of
from engine.network.watching import refusal_in

_LONGEST_REASON = 300


def as_user_error(error: Exception, url: str, api_key: str) -> UserError | None:
    """The error for the user; None for what is no failure of the connection (a bug of ours)."""
    if (refusal := refusal_in(error)) is not None:
        return refusal
    if isinstance(error, openai.APIStatusError):
        return _by_status(error, url, api_key)
    code, reason = "", ""
    if isinstance(error, openai.APITimeoutError):
        code, reason = "endpoint.unreachable", "it took too long"
    elif isinstance(error, openai.APIConnectionError):
        code, reason = "endpoint.unreachable", reason_of(error.__cause__ or error)
    elif isinstance(error, openai.APIError):
        code, reason = "endpoint.failed", error.message
    elif isinstance(error, httpx2.TimeoutException):
        code, reason = "endpoint.interrupted", "nothing came for too long"
    elif isinstance(error, httpx2.HTTPError):
        code, reason = "endpoint.interrupted", reason_of(error)
    elif isinstance(error, (ValueError, AttributeError, TypeError, openai.OpenAIError)):
        code, reason = "endpoint.failed", "its answer is not of the OpenAI protocol"
    return UserError(code, url=url, reason=_reason(reason, api_key)) if code else None


def _by_status(error: openai.APIStatusError, url: str, api_key: str) -> UserError:
    status = error.status_code
    reason = f"{status}, {_reason(_server_text(error), api_key)}"
    if status in (429, 503):
        return UserError("endpoint.busy", url=url, reason=reason)
    if status >= 500:
        return UserError("endpoint.failed", url=url, reason=reason)
    return UserError("endpoint.refused", url=url, reason=reason)


def _server_text(error: openai.APIStatusError) -> str:
    """The server's own sentence, where it sends one as JSON."""
    body = error.body
    if isinstance(body, dict):
        inner = body.get("error", body)
        text = inner.get("message") if isinstance(inner, dict) else inner
        if isinstance(text, str) and text.strip():
            return text
    return error.response.reason_phrase or "without a reason"


def _reason(text: str, api_key: str) -> str:
    """One line, not too long, and never with the key in it."""
    if api_key:
        text = text.replace(api_key, "…")
    line = " ".join(text.split()).rstrip(". ") or "without a reason"
    return line if len(line) <= _LONGEST_REASON else line[:_LONGEST_REASON] + "…"
