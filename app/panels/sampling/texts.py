"""Translatable copies of the texts of the sampling parameters.

The engine keeps them in English without Qt (`engine.sampling.texts`); a test keeps the two equal.
"""

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP

_CONTEXT = "SamplingTexts"

PARAMS: dict[str, tuple[str, str, str]] = {
    "temperature": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Temperature"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How freely the model chooses"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Divides the logits before the choice. Low values keep to the most probable "
            "words, high values let rarer ones in; 0 always takes the most probable token, 1 "
            "leaves the model as trained.",
        ),
    ),
    "top_p": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Top-p"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Keeps the most probable tokens up to this share"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Keeps the smallest set of tokens whose probabilities add up to this value. Lower"
            " values cut the unlikely tail more; 1 keeps everything.",
        ),
    ),
    "top_k": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Top-k"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Keeps this many of the most probable tokens"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Only the k most probable tokens can be chosen. 1 always takes the first; 0 keeps all.",
        ),
    ),
    "min_p": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Min-p"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Drops tokens far below the best one"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Drops every token less probable than this share of the best one. Cuts hard where"
            " the model is sure and little where it is not; 0 is off.",
        ),
    ),
    "repeat_penalty": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Repeat penalty"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Makes recent tokens less likely"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Divides the logits of tokens seen recently. A little above 1 stops loops; too "
            "much makes the model avoid words that it needs, such as names. 1 is off.",
        ),
    ),
    "dynatemp_range": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Dynamic range"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Lets the temperature follow the model's certainty"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "The temperature moves between temperature − range, where the model is sure, and "
            "temperature + range, where many tokens are plausible; 0 keeps it fixed.",
        ),
    ),
    "dynatemp_exponent": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Dynamic exponent"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How quickly the temperature rises with uncertainty"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Shapes the way from certainty (entropy) to temperature: above 1 it stays low for"
            " longer, below 1 it rises early. Needs a dynamic range.",
        ),
    ),
    "typical_p": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Typical-p"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Keeps tokens that are as surprising as usual"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Keeps tokens whose surprise is close to what the model expects on average, up to"
            " this share. Can drop the most probable token too; 1 is off.",
        ),
    ),
    "top_n_sigma": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Top-nσ"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Keeps logits within n standard deviations of the best"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Keeps the tokens whose logit lies within n standard deviations of the largest "
            "one. Does not widen when the temperature rises; 0 or less is off.",
        ),
    ),
    "xtc_probability": (
        QT_TRANSLATE_NOOP("SamplingTexts", "XTC probability"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How often the most obvious choices are left out"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "At each token with this chance, all tokens above the threshold except the least "
            "probable of them are removed, which breaks clichés; 0 is off.",
        ),
    ),
    "xtc_threshold": (
        QT_TRANSLATE_NOOP("SamplingTexts", "XTC threshold"),
        QT_TRANSLATE_NOOP("SamplingTexts", "From which probability a choice counts as obvious"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Tokens above this probability can be left out by XTC. Above 0.5 no two tokens "
            "can reach it, so nothing is removed.",
        ),
    ),
    "repeat_last_n": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Look back"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How many recent tokens the penalties see"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "The penalties count tokens within this many of the latest; −1 is the whole "
            "context, 0 switches the penalties off.",
        ),
    ),
    "presence_penalty": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Presence penalty"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Makes any token used before less likely"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Subtracts this from the logit of every token seen recently, once. Positive "
            "values bring in new subjects, negative ones keep to the same; 0 is off.",
        ),
    ),
    "frequency_penalty": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Frequency penalty"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Makes a token less likely each time it is used"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Subtracts this from the logit once for each recent occurrence. Positive values "
            "reduce word-for-word repetition; 0 is off.",
        ),
    ),
    "dry_multiplier": (
        QT_TRANSLATE_NOOP("SamplingTexts", "DRY multiplier"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Strength of the penalty on repeated phrases"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Penalises a token that would continue a phrase already written, the more the "
            "longer the phrase. 0.8 is a usual value; 0 is off.",
        ),
    ),
    "dry_base": (
        QT_TRANSLATE_NOOP("SamplingTexts", "DRY base"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How fast the penalty grows with the phrase"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "The penalty is multiplier × base to the power of how far the phrase exceeds the allowed length.",
        ),
    ),
    "dry_allowed_length": (
        QT_TRANSLATE_NOOP("SamplingTexts", "DRY allowed length"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Phrases up to this many tokens may repeat"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Repeated phrases of at most this many tokens are not penalised."),
    ),
    "dry_penalty_last_n": (
        QT_TRANSLATE_NOOP("SamplingTexts", "DRY look back"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How far back repeated phrases are looked for"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Searches this many recent tokens for the phrase; −1 is the whole context, 0 switches DRY off.",
        ),
    ),
    "dry_sequence_breakers": (
        QT_TRANSLATE_NOOP("SamplingTexts", "DRY sequence breakers"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Texts at which a phrase ends"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "A phrase is not matched across these, so that list bullets, speaker names and "
            "line breaks may repeat.",
        ),
    ),
    "mirostat": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Mirostat"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Holds the surprise of the text at a target"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Replaces the truncation stages by a controller that keeps the surprise of the "
            "text near tau. 0 is off, 1 the first version, 2 the simpler second one.",
        ),
    ),
    "mirostat_tau": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Mirostat tau"),
        QT_TRANSLATE_NOOP("SamplingTexts", "The target surprise, in bits"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Lower values give focused text, higher values more varied text."),
    ),
    "mirostat_eta": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Mirostat eta"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How fast the controller corrects"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts", "Larger values react to each token, smaller ones average over many."
        ),
    ),
    "adaptive_target": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Adaptive target"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Prefers tokens near this probability"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Adaptive-p chooses among what the stages left, preferring tokens whose "
            "probability is near a target that follows the recent choices, so that the "
            "average meets this value; below 0 it is off.",
        ),
    ),
    "adaptive_decay": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Adaptive decay"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How long earlier choices are remembered"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "0 looks only at the latest token; 0.9 at about the last ten. Needs an adaptive target.",
        ),
    ),
    "decoding": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Decoding"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How a token is taken from the distribution"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Sample draws by chance from what the stages leave. Greedy always takes the most "
            "probable token. Beam follows several continuations at once and keeps the most "
            "probable whole text. Contrastive subtracts the opinion of a smaller model.",
        ),
    ),
    "beam_width": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Beam width"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How many continuations are followed"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "More beams find more probable texts and take that many times the work. 1 is greedy.",
        ),
    ),
    "length_penalty": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Length penalty"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Whether beam search prefers short or long texts"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Divides a beam's log-probability by its length to this power: above 0 favours "
            "longer texts, below 0 shorter ones; 0 compares the plain sums.",
        ),
    ),
    "contrastive_alpha": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Contrastive alpha"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Which tokens the small model may argue about"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Only tokens at least this share as probable as the best one take part. Larger "
            "values keep closer to the large model, smaller ones let the contrast decide "
            "more.",
        ),
    ),
    "amateur_temperature": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Amateur temperature"),
        QT_TRANSLATE_NOOP("SamplingTexts", "How sharply the small model speaks"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Temperature of the small model whose opinion is subtracted. Lower values punish "
            "its favourites harder.",
        ),
    ),
    "seed": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Seed"),
        QT_TRANSLATE_NOOP("SamplingTexts", "The start of the random numbers"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "The same seed, prompt and settings give the same text again; −1 draws a fresh "
            "seed for each reply.",
        ),
    ),
    "max_tokens": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Max tokens"),
        QT_TRANSLATE_NOOP("SamplingTexts", "The longest reply, in tokens"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "The reply is cut at this many tokens; −1 goes on until the model ends or the context is full.",
        ),
    ),
    "stop": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Stop strings"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Texts that end the reply"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts", "The reply ends before the first of these texts, which is not shown."
        ),
    ),
    "logit_bias": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Logit bias"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Makes chosen tokens more or less likely"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Adds a number to the logits of the tokens of a text, or of one token by its id. "
            "−100 bans them, 100 nearly forces them.",
        ),
    ),
    "grammar": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Grammar"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Allows only texts of this GBNF grammar"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Every token that would leave the grammar is impossible. Overrides the JSON schema.",
        ),
    ),
    "json_schema": (
        QT_TRANSLATE_NOOP("SamplingTexts", "JSON schema"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Makes the reply a JSON value of this schema"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "The schema is turned into a grammar, so that the reply always parses. {} allows any JSON.",
        ),
    ),
    "order": (
        QT_TRANSLATE_NOOP("SamplingTexts", "Order of the stages"),
        QT_TRANSLATE_NOOP("SamplingTexts", "Which stages run, and in which order"),
        QT_TRANSLATE_NOOP(
            "SamplingTexts",
            "Each stage works on what the one before left. Cutting before the temperature "
            "looks at the model's own probabilities, cutting after it at the flattened ones. "
            "Stages that are switched off do nothing.",
        ),
    ),
}
"""label, summary, meaning."""


def label(name: str) -> str:
    """What the parameter is called."""
    return _translate(PARAMS[name][0])


def summary(name: str) -> str:
    """One line."""
    return _translate(PARAMS[name][1])


def meaning(name: str) -> str:
    """What it does to the model's behaviour."""
    return _translate(PARAMS[name][2])


def _translate(source: str) -> str:
    return str(QCoreApplication.translate(_CONTEXT, source))
