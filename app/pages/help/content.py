"""The texts of the help page: (heading, paragraphs). Paragraphs may use **bold** and `code`."""

from typing import NamedTuple

from app.i18n.marks import QT_TRANSLATE_NOOP

CONTEXT = "Help"


class Topic(NamedTuple):
    """Texts are English sources under the context “Help”."""

    id: str
    title: str
    paragraphs: tuple[str, ...]


TOPICS: tuple[Topic, ...] = (
    Topic(
        "start",
        QT_TRANSLATE_NOOP("Help", "First steps"),
        (
            QT_TRANSLATE_NOOP(
                "Help",
                "Write a message and press **Enter**. The starter model, SmolLM2-135M, answers at once; "
                "it is small, so it is fast and often wrong. Pick another model with **Ctrl+L**: Lathe "
                "lists the GGUF files it finds in the folders of LM Studio, Ollama, Hugging Face and Jan,"
                " and in those you add under Settings.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "Nothing you do is final. A deleted chat or message comes back with Undo, an edited "
                "message keeps its earlier versions, and every reply can be continued, regenerated or "
                "branched.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "Everything that can be done is a command: open the palette with **Ctrl+Shift+P** and "
                "type a few letters of what you want. **F6** moves the keyboard from region to region.",
            ),
        ),
    ),
    Topic(
        "figures",
        QT_TRANSLATE_NOOP("Help", "What the three figures mean"),
        (
            QT_TRANSLATE_NOOP(
                "Help",
                "**Time to first token** is the wait you feel: from pressing Enter to the first token of "
                "the reply. It is mostly the time to read the part of the prompt that the model has not "
                "read yet.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "**Input tokens per second** is how fast the prompt is read. Tokens are read in batches, "
                "so this is many times faster than writing. What was kept from the turn before is not "
                "read again and does not count.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "**Output tokens per second** is how fast the reply is written: tokens after the first "
                "one, divided by the time since the first one. Each token needs one pass through all "
                "weights, so it is limited by memory bandwidth: a model of half the size writes about "
                "twice as fast.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "A token is a piece of a word. In English four characters make about one token, in "
                "Chinese one or two characters do, depending on the model.",
            ),
        ),
    ),
    Topic(
        "sampling",
        QT_TRANSLATE_NOOP("Help", "How the next token is chosen"),
        (
            QT_TRANSLATE_NOOP(
                "Help",
                "The model gives every token of its vocabulary a score. The samplers then work on that "
                "list one after the other, in the order the panel shows: each removes candidates or "
                "changes scores, and the next one sees only what is left. At the end one of the remaining"
                " tokens is drawn.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "The usual order is penalties, DRY, top-n-sigma, top-k, typical-p, top-p, min-p, XTC, "
                "temperature. Because temperature comes last, top-p and min-p judge the model's own "
                "probabilities; put temperature first and a high temperature lets many more tokens "
                "through.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "**Temperature** divides the scores: below 1 the likely tokens gain, above 1 the unlikely"
                " ones, 0 always takes the likeliest. **Top-p** keeps the likeliest tokens that together "
                "reach p. **Min-p** keeps tokens at least p times as likely as the best one: it adapts to"
                " how sure the model is, and is often the only cut you need.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "The same seed with the same prompt, model and settings gives the same tokens. Each reply"
                " stores all of these, so that it can be repeated.",
            ),
        ),
    ),
    Topic(
        "context",
        QT_TRANSLATE_NOOP("Help", "Context and KV cache"),
        (
            QT_TRANSLATE_NOOP(
                "Help",
                "The context length is how many tokens the model can see at once: system prompt, "
                "conversation and reply together. For each of them the engine keeps keys and values, the "
                "KV cache, whose memory grows with the length of the context. A smaller cache type (q8_0)"
                " halves it.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "When a conversation outgrows the context, the chosen policy decides: **stop** and tell "
                "you, **drop the oldest** turns, or **keep both ends** and leave out the middle. Messages"
                " that are left out stay in the chat and are marked; the meter in the inspector shows it "
                "before it happens.",
            ),
        ),
    ),
    Topic(
        "models",
        QT_TRANSLATE_NOOP("Help", "Models and quantization"),
        (
            QT_TRANSLATE_NOOP(
                "Help",
                "A GGUF file holds the weights, the tokenizer and the chat template of a model. Names "
                "like `Q4_K_M` say how many bits a weight takes: about 4.8 here, against 16 in the "
                "original. Fewer bits mean less memory and faster writing, at some loss of quality; 4 to "
                "5 bits are a good compromise, below 3 most models suffer visibly.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "A model must fit into memory together with its KV cache. When it does not, choose a "
                "smaller one, a stronger quantization or a shorter context; Lathe says how much is needed"
                " before it loads.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "A server elsewhere that speaks the OpenAI protocol (vLLM, SGLang, llama-server) can be "
                "added as a model too. Only then does anything leave this machine.",
            ),
        ),
    ),
    Topic(
        "safety",
        QT_TRANSLATE_NOOP("Help", "Where your chats are"),
        (
            QT_TRANSLATE_NOOP(
                "Help",
                "All chats are in one SQLite file, `lathe.db`, in the home folder named under Settings. A"
                " reply is on the disk at most a second after it is on the screen. Before the layout of "
                "the file changes, a snapshot is kept beside it.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "A model runs in a process of its own. If it crashes, the window, the chat and what was "
                "written so far stay; the engine is started again.",
            ),
        ),
    ),
)
