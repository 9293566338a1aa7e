"""What every sampling parameter is called and what it does, in English.

The panel shows translated copies: `app/panels/sampling/texts.py`, kept equal by a test.
"""

from typing import NamedTuple


class ParamText(NamedTuple):
    """`label` for the control, `summary` in one line, `meaning`: what it does to the model's behaviour."""

    label: str
    summary: str
    meaning: str


TEXTS: dict[str, ParamText] = {
    "temperature": ParamText(
        "Temperature",
        "How freely the model chooses",
        "Divides the logits before the choice. Low values keep to the most probable words, high"
        " values let rarer ones in; 0 always takes the most probable token, 1 leaves the model "
        "as trained.",
    ),
    "top_p": ParamText(
        "Top-p",
        "Keeps the most probable tokens up to this share",
        "Keeps the smallest set of tokens whose probabilities add up to this value. Lower "
        "values cut the unlikely tail more; 1 keeps everything.",
    ),
    "top_k": ParamText(
        "Top-k",
        "Keeps this many of the most probable tokens",
        "Only the k most probable tokens can be chosen. 1 always takes the first; 0 keeps all.",
    ),
    "min_p": ParamText(
        "Min-p",
        "Drops tokens far below the best one",
        "Drops every token less probable than this share of the best one. Cuts hard where the "
        "model is sure and little where it is not; 0 is off.",
    ),
    "repeat_penalty": ParamText(
        "Repeat penalty",
        "Makes recent tokens less likely",
        "Divides the logits of tokens seen recently. A little above 1 stops loops; too much "
        "makes the model avoid words that it needs, such as names. 1 is off.",
    ),
    "dynatemp_range": ParamText(
        "Dynamic range",
        "Lets the temperature follow the model's certainty",
        "The temperature moves between temperature − range, where the model is sure, and "
        "temperature + range, where many tokens are plausible; 0 keeps it fixed.",
    ),
    "dynatemp_exponent": ParamText(
        "Dynamic exponent",
        "How quickly the temperature rises with uncertainty",
        "Shapes the way from certainty (entropy) to temperature: above 1 it stays low for "
        "longer, below 1 it rises early. Needs a dynamic range.",
    ),
    "typical_p": ParamText(
        "Typical-p",
        "Keeps tokens that are as surprising as usual",
        "Keeps tokens whose surprise is close to what the model expects on average, up to this "
        "share. Can drop the most probable token too; 1 is off.",
    ),
    "top_n_sigma": ParamText(
        "Top-nσ",
        "Keeps logits within n standard deviations of the best",
        "Keeps the tokens whose logit lies within n standard deviations of the largest one. "
        "Does not widen when the temperature rises; 0 or less is off.",
    ),
    "xtc_probability": ParamText(
        "XTC probability",
        "How often the most obvious choices are left out",
        "At each token with this chance, all tokens above the threshold except the least "
        "probable of them are removed, which breaks clichés; 0 is off.",
    ),
    "xtc_threshold": ParamText(
        "XTC threshold",
        "From which probability a choice counts as obvious",
        "Tokens above this probability can be left out by XTC. Above 0.5 no two tokens can "
        "reach it, so nothing is removed.",
    ),
    "repeat_last_n": ParamText(
        "Look back",
        "How many recent tokens the penalties see",
        "The penalties count tokens within this many of the latest; −1 is the whole context, 0 "
        "switches the penalties off.",
    ),
    "presence_penalty": ParamText(
        "Presence penalty",
        "Makes any token used before less likely",
        "Subtracts this from the logit of every token seen recently, once. Positive values "
        "bring in new subjects, negative ones keep to the same; 0 is off.",
    ),
    "frequency_penalty": ParamText(
        "Frequency penalty",
        "Makes a token less likely each time it is used",
        "Subtracts this from the logit once for each recent occurrence. Positive values reduce "
        "word-for-word repetition; 0 is off.",
    ),
    "dry_multiplier": ParamText(
        "DRY multiplier",
        "Strength of the penalty on repeated phrases",
        "Penalises a token that would continue a phrase already written, the more the longer "
        "the phrase. 0.8 is a usual value; 0 is off.",
    ),
    "dry_base": ParamText(
        "DRY base",
        "How fast the penalty grows with the phrase",
        "The penalty is multiplier × base to the power of how far the phrase exceeds the allowed length.",
    ),
    "dry_allowed_length": ParamText(
        "DRY allowed length",
        "Phrases up to this many tokens may repeat",
        "Repeated phrases of at most this many tokens are not penalised.",
    ),
    "dry_penalty_last_n": ParamText(
        "DRY look back",
        "How far back repeated phrases are looked for",
        "Searches this many recent tokens for the phrase; −1 is the whole context, 0 switches DRY off.",
    ),
    "dry_sequence_breakers": ParamText(
        "DRY sequence breakers",
        "Texts at which a phrase ends",
        "A phrase is not matched across these, so that list bullets, speaker names and line "
        "breaks may repeat.",
    ),
    "mirostat": ParamText(
        "Mirostat",
        "Holds the surprise of the text at a target",
        "Replaces the truncation stages by a controller that keeps the surprise of the text "
        "near tau. 0 is off, 1 the first version, 2 the simpler second one.",
    ),
    "mirostat_tau": ParamText(
        "Mirostat tau",
        "The target surprise, in bits",
        "Lower values give focused text, higher values more varied text.",
    ),
    "mirostat_eta": ParamText(
        "Mirostat eta",
        "How fast the controller corrects",
        "Larger values react to each token, smaller ones average over many.",
    ),
    "adaptive_target": ParamText(
        "Adaptive target",
        "Prefers tokens near this probability",
        "Adaptive-p chooses among what the stages left, preferring tokens whose probability is "
        "near a target that follows the recent choices, so that the average meets this value; "
        "below 0 it is off.",
    ),
    "adaptive_decay": ParamText(
        "Adaptive decay",
        "How long earlier choices are remembered",
        "0 looks only at the latest token; 0.9 at about the last ten. Needs an adaptive target.",
    ),
    "decoding": ParamText(
        "Decoding",
        "How a token is taken from the distribution",
        "Sample draws by chance from what the stages leave. Greedy always takes the most "
        "probable token. Beam follows several continuations at once and keeps the most probable"
        " whole text. Contrastive subtracts the opinion of a smaller model.",
    ),
    "beam_width": ParamText(
        "Beam width",
        "How many continuations are followed",
        "More beams find more probable texts and take that many times the work. 1 is greedy.",
    ),
    "length_penalty": ParamText(
        "Length penalty",
        "Whether beam search prefers short or long texts",
        "Divides a beam's log-probability by its length to this power: above 0 favours longer "
        "texts, below 0 shorter ones; 0 compares the plain sums.",
    ),
    "contrastive_alpha": ParamText(
        "Contrastive alpha",
        "Which tokens the small model may argue about",
        "Only tokens at least this share as probable as the best one take part. Larger values "
        "keep closer to the large model, smaller ones let the contrast decide more.",
    ),
    "amateur_temperature": ParamText(
        "Amateur temperature",
        "How sharply the small model speaks",
        "Temperature of the small model whose opinion is subtracted. Lower values punish its "
        "favourites harder.",
    ),
    "seed": ParamText(
        "Seed",
        "The start of the random numbers",
        "The same seed, prompt and settings give the same text again; −1 draws a fresh seed for each reply.",
    ),
    "max_tokens": ParamText(
        "Max tokens",
        "The longest reply, in tokens",
        "The reply is cut at this many tokens; −1 goes on until the model ends or the context is full.",
    ),
    "stop": ParamText(
        "Stop strings",
        "Texts that end the reply",
        "The reply ends before the first of these texts, which is not shown.",
    ),
    "logit_bias": ParamText(
        "Logit bias",
        "Makes chosen tokens more or less likely",
        "Adds a number to the logits of the tokens of a text, or of one token by its id. −100 "
        "bans them, 100 nearly forces them.",
    ),
    "grammar": ParamText(
        "Grammar",
        "Allows only texts of this GBNF grammar",
        "Every token that would leave the grammar is impossible. Overrides the JSON schema.",
    ),
    "json_schema": ParamText(
        "JSON schema",
        "Makes the reply a JSON value of this schema",
        "The schema is turned into a grammar, so that the reply always parses. {} allows any JSON.",
    ),
    "order": ParamText(
        "Order of the stages",
        "Which stages run, and in which order",
        "Each stage works on what the one before left. Cutting before the temperature looks at "
        "the model's own probabilities, cutting after it at the flattened ones. Stages that are"
        " switched off do nothing.",
    ),
}
