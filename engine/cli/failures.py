"""What a command says when it ends with an error."""

from engine.errors import UserError

_DEAD_ENGINE = ("engine.died", "engine.not_answering")


def one_shot_error(error: UserError) -> UserError:
    """The sentence for a command that ends with the error, where the window would go on."""
    if error.code in _DEAD_ENGINE:
        reason = error.params.get("reason") or f"no answer for {error.params.get('seconds', 'many')} seconds"
        return UserError("cli.engine_died", reason=reason)
    if error.code == "store.disk_full":
        return UserError("cli.disk_full")
    return error
