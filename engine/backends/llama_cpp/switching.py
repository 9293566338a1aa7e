"""A context with a tap while somebody looks, one without as soon as nobody does.

The evaluation callback is fixed when a context is made, and its presence alone costs speed. Exchanging
contexts takes some tens of milliseconds; the conversation is carried over bit by bit, so the tokens are the
same either way.
"""

from engine.backends.llama_cpp.context import LlamaContext
from engine.backends.llama_cpp.conversation import Conversation
from engine.backends.llama_cpp.loading import N_SEQUENCES, Loaded
from engine.backends.llama_cpp.params import context_params
from engine.backends.llama_cpp.taps import Tap


def can_tap(loaded: Loaded) -> bool:
    """Attention weights exist only without flash attention."""
    return not loaded.context.flash


def switch_tap(loaded: Loaded, conversation: Conversation, *, wanted: bool) -> bool:
    """Exchange the loaded context where needed. True when it was."""
    if wanted == (loaded.context.tap is not None):
        return False
    old = loaded.context
    native = context_params(
        loaded.facts.context,
        n_ctx=old.n_ctx,
        n_threads=loaded.n_threads,
        n_threads_batch=loaded.n_threads_batch,
        flash=old.flash,
        n_seq_max=N_SEQUENCES,
    )
    new = LlamaContext(loaded.model, native, Tap() if wanted else None)
    conversation.move_to(new)
    loaded.context = new
    old.close()
    return True
