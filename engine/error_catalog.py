"""Every sentence the user can meet as an error, by code: what happened, and what to do next.

The window shows the same texts translated (`app/i18n/errors.py`, kept equal by a test).
"""

from typing import NamedTuple


class ErrorText(NamedTuple):
    """Templates for `str.format`."""

    message: str
    hint: str


CATALOG: dict[str, ErrorText] = {
    # models
    "model.missing": ErrorText(
        "There is no file at {path}.",
        "Check the path, or pick a model from the library.",
    ),
    "model.unreadable": ErrorText(
        "{path} cannot be read: {reason}.",
        "Check the permissions of the file and its folder.",
    ),
    "model.unknown": ErrorText(
        "No model is called “{name}”.",
        "Run `lathe models list` to see the names, or give the path of a file.",
    ),
    "model.similar": ErrorText(
        "No model is called “{name}”.",
        "Did you mean {names}? `lathe models list` shows all of them.",
    ),
    "model.ambiguous": ErrorText(
        "“{name}” could be {names}.",
        "Write more of the name, or give the path of a file.",
    ),
    "model.not_gguf": ErrorText(
        "{path} is not a GGUF model.",
        "Choose a file that ends in .gguf, or convert a safetensors folder first.",
    ),
    "model.truncated": ErrorText(
        "{path} is incomplete: it ends before {what}.",
        "Download or copy the file again; its size should be at least {expected_bytes} bytes.",
    ),
    "model.corrupt": ErrorText(
        "{path} is damaged: {what}.",
        "Download the file again from its source.",
    ),
    "model.incomplete_split": ErrorText(
        "{path} is split into {count} files, and number {number} is missing.",
        "Put all parts into one folder.",
    ),
    "model.architecture": ErrorText(
        "{path} has the architecture “{architecture}”, which this build of llama.cpp does not know.",
        "Use a newer release of Lathe, or another model.",
    ),
    "model.load_failed": ErrorText(
        "{path} could not be loaded: {reason}.",
        "Try a smaller context length, or another file of the same model.",
    ),
    "model.too_large": ErrorText(
        "{path} needs about {needed}, and {available} is free.",
        "Choose a smaller or more strongly quantized model, or close other programs.",
    ),
    "model.context_too_large": ErrorText(
        "A context of {n_ctx} tokens needs about {needed}, and {available} is free.",
        "Set a context length of at most {largest} tokens, or a smaller KV cache type.",
    ),
    "model.none_loaded": ErrorText(
        "No model is loaded.",
        "Pick one from the model list first.",
    ),
    "model.no_starter": ErrorText(
        "The starter model is not installed.",
        "Run `python3 dev.py run` once, or name another model.",
    ),
    "model.pickle_only": ErrorText(
        "{path} holds its weights as Python pickles, which can run programs when they are opened.",
        "Get the model as safetensors; most publishers offer both.",
    ),
    "model.needs_conversion": ErrorText(
        "{path} is a model that writes, in safetensors; Lathe runs those as GGUF.",
        "Convert it with `lathe convert`, or get its GGUF version.",
    ),
    "model.not_own": ErrorText(
        "{path} is not in Lathe's own folder of models.",
        "Lathe moves only its own files. Delete it with the program that it belongs to.",
    ),
    "model.no_trash": ErrorText(
        "{path} could not be moved to the trash: {reason}.",
        "It is still there. Delete it in your file manager.",
    ),
    "model.not_restored": ErrorText(
        "{path} could not be brought back.",
        "Look for it in the trash of your system.",
    ),
    "model.is_adapter": ErrorText(
        "{path} is an adapter (LoRA), not a model.",
        "Load the model that it belongs to.",
    ),
    "model.needs_code": ErrorText(
        "{path} can only be loaded by running program code that came with it.",
        "Lathe never does that. Choose a model of a kind that the libraries know by themselves.",
    ),
    "model.class_unknown": ErrorText(
        "{path} is of the kind “{architecture}”, which {library} does not know.",
        "Use a newer release of Lathe, or another model.",
    ),
    "model.no_tokenizer": ErrorText(
        "{path} has no tokenizer that can be read: {reason}.",
        "Put the file tokenizer.json (or vocab.txt) of the same model into the folder.",
    ),
    "model.no_chat": ErrorText(
        "{name} is an encoder: it reads text, and writes none.",
        "Look into it on the page Inspect, or load another model to chat.",
    ),
    # parameters
    "params.invalid": ErrorText(
        "{name} cannot be {value}: {reason}.",
        "Choose a value from {minimum} to {maximum}.",
    ),
    "params.unknown": ErrorText("There is no setting called “{name}”.", "Did you mean “{nearest}”?"),
    "params.unsupported": ErrorText(
        "This kind of model cannot use {name}.",
        "Set it back to its neutral value, or load a GGUF model.",
    ),
    "grammar.invalid": ErrorText(
        "The grammar cannot be used: {reason}.",
        "Correct it, or clear the grammar to go on without one.",
    ),
    "schema.invalid": ErrorText(
        "The JSON schema cannot be used: {reason}.",
        "Correct it, or clear the schema to go on without one.",
    ),
    "template.broken": ErrorText(
        "The chat template of this model failed: {reason}.",
        "Switch to raw mode, or choose another template under Prompt.",
    ),
    "template.limit": ErrorText(
        "The chat template of this model was stopped: {reason}.",
        "Switch to raw mode, or choose another template under Prompt.",
    ),
    # context
    "context.overflow": ErrorText(
        "The conversation has {needed} tokens, and the context holds {n_ctx}.",
        "Raise the context length, choose another overflow policy, or shorten the conversation.",
    ),
    "context.no_room": ErrorText(
        "The conversation has {prompt} tokens and {reply} are kept for the reply; the context holds {n_ctx}.",
        "Raise the context length, choose another overflow policy, or shorten the conversation.",
    ),
    "context.message_too_long": ErrorText(
        "The last message alone has {needed} tokens and {reply} are kept for the reply; "
        "the context holds {n_ctx}.",
        "Shorten it, or raise the context length.",
    ),
    # looking inside
    "inspect.unsupported": ErrorText(
        "This model cannot be looked into: {reason}.",
        "Choose a GGUF model that runs on this machine.",
    ),
    "inspect.too_long": ErrorText(
        "The text has {needed} tokens, and at most {limit} can be looked into at once.",
        "Choose a shorter text, or load the model with a longer context.",
    ),
    "inspect.too_large": ErrorText(
        "The arrays would take {needed}, and {limit} is allowed.",
        "Ask for fewer layers or heads, for example {smaller}, or for a shorter text.",
    ),
    "inspect.no_room": ErrorText(
        "There is no room for arrays of {size}: {reason}.",
        "Ask for fewer layers or heads, or for a shorter text, or free some space for temporary files.",
    ),
    "inspect.no_layer": ErrorText(
        "There is no layer {layer}: this model has layers 0 to {last}.",
        "Choose one of those.",
    ),
    "inspect.no_head": ErrorText(
        "There is no head {head}: a layer of this model has heads 0 to {last}.",
        "Choose one of those.",
    ),
    "inspect.no_position": ErrorText(
        "There is no token {position}: the text has tokens 0 to {last}.",
        "Choose one of those; -1 is the last one.",
    ),
    "inspect.missing": ErrorText(
        "This model has no {what} to read.",
        "Choose something else to look at; the model card lists what the model is made of.",
    ),
    "reply.no_tokens": ErrorText(
        "It is not on record which tokens this reply is made of.",
        "Replies that were imported, edited or cut off have none; regenerate it.",
    ),
    "reply.beams": ErrorText(
        "This reply was found by beam search, which does not sample token by token.",
        "The tree of beams is in the panel Beams while such a reply is written.",
    ),
    "reply.other_model": ErrorText(
        "This reply was written by {name}, and another model is loaded.",
        "Load that model to go through its reply again.",
    ),
    "amateur.vocabulary": ErrorText(
        "{name} reads other tokens than {expert}: contrastive decoding needs two models with one vocabulary.",
        "Choose a smaller model of the same family.",
    ),
    "amateur.none": ErrorText(
        "Contrastive decoding needs a second, smaller model.",
        "Choose one under Decoding (in the terminal: --amateur), or another decoding mode.",
    ),
    # encoders
    "encoder.no_encoder": ErrorText(
        "The loaded model is no encoder: it has no masks to fill and no sentences to compare.",
        "Load an encoder (BERT kind) from a safetensors folder.",
    ),
    "encoder.no_head": ErrorText(
        "{name} cannot {what}: its files hold no {head}.",
        "Load a model whose config.json names the architecture {example}.",
    ),
    "encoder.no_mask": ErrorText(
        "The text has no {mask}.",
        "Write {mask} where a word is missing.",
    ),
    # engine
    "engine.died": ErrorText(
        "The engine process stopped unexpectedly ({reason}).",
        "It has been started again; send the message once more. If it repeats, try a smaller context.",
    ),
    "engine.start_failed": ErrorText(
        "The engine process could not start: {reason}.",
        "Install Lathe again. In a clone of the repository, `python3 dev.py run` repairs it.",
    ),
    "engine.not_answering": ErrorText(
        "The engine process has not answered for {seconds} seconds.",
        "It was stopped and started again; send the message once more.",
    ),
    "engine.out_of_memory": ErrorText(
        "There was not enough memory: {what}.",
        "Choose a smaller context length or a smaller model.",
    ),
    "engine.backend_missing": ErrorText(
        "{package} is not installed, so this kind of model cannot run.",
        "Run `{command}`, then load the model again.",
    ),
    # remote endpoints
    "endpoint.unreachable": ErrorText(
        "{url} does not answer: {reason}.",
        "Check that the server runs and that the address is right.",
    ),
    "endpoint.refused": ErrorText(
        "{url} refused the request: {reason}.",
        "Check the model name and the key of this endpoint.",
    ),
    "endpoint.busy": ErrorText(
        "{url} takes no more requests at the moment: {reason}.",
        "Wait a little and send the message again.",
    ),
    "endpoint.failed": ErrorText(
        "{url} reports an error of its own: {reason}.",
        "Look into the log of that server.",
    ),
    "endpoint.interrupted": ErrorText(
        "{url} broke off its answer: {reason}.",
        "The text so far is kept; continue the reply or send the message again.",
    ),
    "endpoint.unsupported": ErrorText(
        "A model on an endpoint cannot do this: {what}.",
        "Use a model on this computer for it.",
    ),
    "endpoint.invalid_url": ErrorText(
        "“{url}” is not the address of a server.",
        "Write it like http://192.168.1.20:8000/v1.",
    ),
    "endpoint.no_keyring": ErrorText(
        "This system has no keyring to keep the key in: {reason}.",
        "Set the environment variable LATHE_ENDPOINT_KEY instead.",
    ),
    # store
    "store.disk_full": ErrorText(
        "The disk is full: the chat could not be saved.",
        "Free some space; what is on the screen is kept in memory and saved then.",
    ),
    "store.no_room": ErrorText(
        "The disk is full: the database {path} cannot be opened.",
        "Free some space, then start Lathe again. Nothing was changed.",
    ),
    "store.locked": ErrorText(
        "The database {path} is in use by another program.",
        "Close the other copy of Lathe and try again.",
    ),
    "store.newer": ErrorText(
        "The database {path} was written by a newer Lathe (schema {found}; this one knows {known}).",
        "Update Lathe, or start with another folder: --home DIR.",
    ),
    "store.corrupt": ErrorText(
        "The database {path} was damaged; it has been kept as {kept}.",
        "Lathe goes on with a new database. Import an exported chat, or restore a snapshot from {snapshots}.",
    ),
    "store.corrupt_alone": ErrorText(
        "The database {path} was damaged; it has been kept as {kept}.",
        "Lathe goes on with a new database. Chats that were exported can be imported again.",
    ),
    "store.unwritable": ErrorText(
        "{path} cannot be written: {reason}.",
        "Check the permissions, or choose another folder: --home DIR.",
    ),
    "store.damaged": ErrorText(
        "The database {path} turned out to be damaged.",
        "Start Lathe again: it examines the file, keeps it aside where needed, and goes on.",
    ),
    # network, backups, the data folder
    "network.offline": ErrorText(
        "Lathe works offline: {host} was not contacted.",
        "To allow it, turn off “Work offline” under Settings, Privacy and network.",
    ),
    "update.unreachable": ErrorText(
        "{host} could not be asked for the newest release: {reason}.",
        "Check the connection, and the date of this machine. Everything else works without it.",
    ),
    "update.unreadable": ErrorText(
        "The answer of {host} does not name a release.",
        "Check the address under Settings, Privacy and network, or look at the project's page.",
    ),
    "update.no_address": ErrorText(
        "No address is set where a newer release could be looked for.",
        "This build names none itself. Enter one under Settings, Privacy and network.",
    ),
    "backup.unreadable": ErrorText(
        "{path} is not a backup of Lathe: {reason}.",
        "Choose a .zip file that “Back up” or `lathe backup` has written.",
    ),
    "backup.damaged": ErrorText(
        "The backup {path} is damaged: {what}.",
        "Use another copy of it. Nothing was changed.",
    ),
    "backup.unsafe": ErrorText(
        "{path} was refused: {what}.",
        "No backup of Lathe looks like this. Nothing was unpacked.",
    ),
    "backup.newer": ErrorText(
        "The backup {path} was written by a newer version of Lathe.",
        "Update Lathe, then restore it. Nothing was changed.",
    ),
    "home.in_use": ErrorText(
        "The data in {path} is in use by a window or another command.",
        "Close Lathe everywhere, wait for its jobs, then try again.",
    ),
    "home.jobs": ErrorText(
        "Jobs are still running: {titles}.",
        "Wait for them or cancel them, then try again.",
    ),
    "home.inside": ErrorText(
        "{path} cannot take the data of {home}: one lies inside the other.",
        "Choose a folder somewhere else.",
    ),
    "home.gone": ErrorText(
        "The data folder was moved to {path}, and it is not there now.",
        "Connect the drive it is on and start Lathe again. To begin anew without it, remove {pointer}.",
    ),
    "home.differs": ErrorText(
        "The copy of {name} is not what was copied.",
        "Something wrote to it meanwhile, or a disk fails. The old folder stays in use; nothing is lost.",
    ),
    "settings.unreadable": ErrorText(
        "{path} holds no settings of Lathe: {reason}.",
        "Choose a file that “Export settings” has written. Nothing was changed.",
    ),
    "window.no_display": ErrorText(
        "The window cannot be shown: {reason}.",
        "Check the display (DISPLAY or WAYLAND_DISPLAY), or use `lathe chat` in the terminal.",
    ),
    "server.request": ErrorText(
        "The request cannot be answered: {reason}.",
        "Correct it and send it again.",
    ),
    "server.port": ErrorText(
        "Port {port} cannot be used: {reason}.",
        "Choose another port, or 0 for any free one.",
    ),
    "session.unknown": ErrorText(
        "There is no chat “{id}”.",
        "Run `lathe sessions list` to see them.",
    ),
    "message.unknown": ErrorText(
        "The message is no longer in this chat.",
        "Undo its deletion, or go on from another message.",
    ),
    "import.unreadable": ErrorText(
        "{path} cannot be imported: {reason}.",
        "Lathe reads its own JSON export, and JSONL with messages or ShareGPT conversations.",
    ),
    "file.not_text": ErrorText(
        "{path} is not a text file.",
        "Attach plain text, Markdown, source code, CSV or JSON.",
    ),
    "file.too_large": ErrorText(
        "{path} has {size}, and at most {limit} can be attached.",
        "Attach a part of it.",
    ),
    "file.unreadable": ErrorText("{path} cannot be read: {reason}.", "Check the path and its permissions."),
    # quantizing, converting, comparing
    "job.died": ErrorText(
        "The process that did the work stopped unexpectedly ({reason}).",
        "Nothing was written. If it repeats, the file may be damaged, or memory may be short.",
    ),
    "job.interrupted": ErrorText(
        "The work was interrupted before its end ({reason}).",
        "Nothing half written was kept. Start it again.",
    ),
    "job.unknown": ErrorText("There is no job “{name}”.", "Run `lathe jobs list` to see them."),
    "job.not_prepared": ErrorText(
        "“{title}” has to be done first, and it did not succeed.", "Start that again, then this."
    ),
    "job.not_started": ErrorText(
        "The process that does the work could not be started: {reason}.",
        "Close other programs and try again.",
    ),
    "output.no_folder": ErrorText("There is no folder {path}.", "Make it first, or write somewhere else."),
    "output.is_folder": ErrorText("{path} is a folder.", "Give the name of the file to write."),
    "output.not_empty": ErrorText(
        "There is something at {path} already.", "Give the name of a new folder; nothing was overwritten."
    ),
    "output.is_source": ErrorText(
        "{path} is the file that is read.", "Give the new file another name; the original is never changed."
    ),
    "output.busy": ErrorText(
        "Another job is writing {path} right now.", "Wait until it is done, or choose another name."
    ),
    "output.no_space": ErrorText(
        "There is not enough room in {path}: {needed} needed, {free} free.",
        "Free some space, or write to another disk. Nothing was written.",
    ),
    "output.unwritable": ErrorText(
        "{path} cannot be written: {reason}.",
        "Check the permissions, or write somewhere else. Nothing was written.",
    ),
    "quantize.unknown_type": ErrorText("There is no quantization “{name}”.", "Choose one of {known}."),
    "quantize.unknown_tensor_type": ErrorText("There is no tensor type “{name}”.", "Choose one of {known}."),
    "quantize.pattern": ErrorText(
        "“{pattern}” is no regular expression: {reason}.",
        "Write it like attn_v=Q8_0 or blk\\.[0-3]\\.ffn_down=Q6_K.",
    ),
    "quantize.no_model": ErrorText("{path} holds no model.", "Choose a GGUF file that has weights."),
    "quantize.needs_imatrix": ErrorText(
        "{type} needs an importance matrix: without one the result would be useless.",
        "Make one with `lathe imatrix` from text like yours and give it with --imatrix.",
    ),
    "quantize.failed": ErrorText(
        "{path} could not be quantized: {reason}.", "Choose another type, or check the file."
    ),
    "quantize.requantizing": ErrorText(
        "{path} is quantized already ({types}): quantizing it again adds a second loss to the first.",
        "Where the original in F16, BF16 or F32 is to be had, quantize that.",
    ),
    "quantize.fallback": ErrorText(
        "{count} of {total} tensors have rows of {widths} values, which the type's blocks do not divide; "
        "they become another type ({changes}).",
        "The file is larger than the type's name says.",
    ),
    "quantize.no_match": ErrorText("No tensor's name matches “{pattern}”.", "That rule had no effect."),
    "text.too_short": ErrorText(
        "The text has {found} tokens, and one chunk needs {needed}.",
        "Use a longer text; on the command line a smaller --ctx-size does, too.",
    ),
    "lab.no_tensor": ErrorText(
        "{path} has no weight matrix called “{name}”.",
        "Name a matrix of a layer, like {example}; norms, embeddings and stacked experts are not taken.",
    ),
    "lab.too_large": ErrorText(
        "{name} has {values} values, and the lab takes up to {limit}.",
        "Choose a smaller matrix of the model.",
    ),
    "lab.memory": ErrorText(
        "Working on {name} needs about {needed} of memory, and {free} are free.",
        "Close other programs, choose a smaller matrix, or leave out GPTQ.",
    ),
    "lab.singular": ErrorText(
        "GPTQ cannot be computed here: the inputs of this layer hardly differ from each other.",
        "Use a longer calibration text, or another method.",
    ),
    "lab.no_result": ErrorText(
        "{path} holds no result of the quantization lab.",
        "Run the lab again.",
    ),
    "lab.quantized_source": ErrorText(
        "{name} is stored as {type}: errors are measured against these values, which are rounded already.",
        "Where the model is to be had in F16, BF16 or F32, look at that.",
    ),
    "convert.no_folder": ErrorText(
        "{path} is no folder with safetensors.",
        "Give the folder that holds config.json and the .safetensors files.",
    ),
    "convert.architecture": ErrorText(
        "{path} is of the kind “{architecture}”, which Lathe cannot convert.",
        "It converts {known}. Many models are published as GGUF, too.",
    ),
    "convert.unsupported": ErrorText(
        "{path} has something that cannot be converted faithfully: {what}.",
        "Get the GGUF version of this model from its publisher.",
    ),
    "convert.tokenizer": ErrorText(
        "{path} has a tokenizer that GGUF has no equal for: {what}.",
        "Get the GGUF version of this model from its publisher.",
    ),
    "convert.quantized": ErrorText(
        "{path} is quantized already, in a format of its own.", "Convert the original weights instead."
    ),
    "convert.kind": ErrorText(
        "{path} stores {name} as {kind}, which is no floating-point number.",
        "Convert the original weights instead.",
    ),
    "convert.overflow": ErrorText(
        "{name} has values that half precision cannot hold.", "Convert with --type bf16 or f32."
    ),
    "convert.window": ErrorText(
        "llama.cpp gives this model no sliding window: the original looks back {window} tokens at most.",
        "Up to that length both agree; beyond it the converted model sees more than it was trained for.",
    ),
    "convert.target": ErrorText(
        "{source} cannot become {target}.",
        "A safetensors folder or an adapter becomes a file that ends in .gguf; a GGUF becomes a folder.",
    ),
    "adapter.backend": ErrorText(
        "This chat has adapters, and only models that run in llama.cpp can have them.",
        "Switch the adapters off, or load the GGUF model that they were made for.",
    ),
    "adapter.kind": ErrorText(
        "{path} is an adapter of the kind “{kind}”; only LoRA adapters can be used here.",
        "Merge it into its model with the program that made it.",
    ),
    "adapter.part": ErrorText(
        "{path} changes {what}, which no GGUF adapter can hold.",
        "Merge the adapter into its model: lathe convert BASE --adapter ADAPTER --out NEW.",
    ),
    "adapter.unmergeable": ErrorText(
        "{path} changes {what}, which cannot be merged.", "Merge it with the program that made it."
    ),
    "adapter.no_base": ErrorText(
        "{path} does not say for which model it was made, or that model is not here: {base}.",
        "Name the model: --base MODEL.",
    ),
    "adapter.mismatch": ErrorText(
        "The adapter {path} does not fit {model}: {what}.",
        "An adapter works on the model that it was trained on, in any quantization of it.",
    ),
    "adapter.unreadable": ErrorText(
        "The adapter {path} cannot be loaded: {reason}.",
        "llama.cpp needs LoRA adapters as GGUF: lathe convert ADAPTER --base MODEL --out F.gguf.",
    ),
    "compare.vocabulary": ErrorText(
        "{name} reads the text as other tokens than {reference}, so their predictions cannot be compared.",
        "Compare variants of one model, or models that share a tokenizer.",
    ),
    "compare.no_decoder": ErrorText(
        "{path} holds no model that continues a text, so it has no perplexity.",
        "Choose a GGUF model, or the safetensors folder of a decoder.",
    ),
    "compare.export": ErrorText(
        "{path} is no name of a table: it ends neither in .md nor in .csv.",
        "Name a Markdown file (.md) or a table of values (.csv).",
    ),
    "compare.unreadable": ErrorText(
        "{path} is no comparison that this program can read: {reason}.",
        "Compare the models again; `lathe compare` writes a new file.",
    ),
    "sensitivity.unreadable": ErrorText(
        "{path} is no sensitivity map that this program can read: {reason}.",
        "Measure one with `lathe sensitivity`.",
    ),
    "sensitivity.other_model": ErrorText(
        "The sensitivity map {path} was measured on another model.",
        "Measure one on this model with `lathe sensitivity`.",
    ),
    "sensitivity.no_tensors": ErrorText(
        "{path} has no tensors that could be quantized.",
        "Choose a model with weight matrices whose rows are multiples of 32.",
    ),
    "target.no_divergence": ErrorText(
        "The sensitivity map says nothing about the KL divergence, so it cannot be aimed at.",
        "Measure the map again with a text.",
    ),
    "target.too_small": ErrorText(
        "The model cannot be made as small as {wanted}: {least} is the least with these types.",
        "Choose a larger size, or allow smaller types when the sensitivity map is measured.",
    ),
    "target.too_good": ErrorText(
        "A KL divergence of {wanted} is below what these types reach: {least}.",
        "Choose a larger divergence, or allow finer types when the sensitivity map is measured.",
    ),
    "imatrix.unreadable": ErrorText(
        "{path} is no importance matrix that can be used: {reason}.",
        "Make one with `lathe imatrix`, or use a file that llama-imatrix has written.",
    ),
    "imatrix.other_model": ErrorText(
        "{path} was made with another model: its tensors are not those of this one.",
        "Make one with `lathe imatrix` from this model or its unquantized original.",
    ),
    # fine-tuning
    "recipe.syntax": ErrorText(
        "{path} is no recipe: {reason}.", "Recipes are TOML: `name = value`, texts in quotes."
    ),
    "recipe.unknown_key": ErrorText("A recipe has no setting called “{key}”.", "Did you mean “{nearest}”?"),
    "recipe.missing_key": ErrorText("The recipe does not say “{key}”.", "Add a line for it."),
    "recipe.invalid": ErrorText("{key} cannot be {value}: {reason}.", "Correct that line of the recipe."),
    "recipe.choice": ErrorText(
        "{key} cannot be “{value}”: did you mean “{nearest}”?", "Choose one of {known}."
    ),
    "recipe.unused_section": ErrorText(
        "The section [{section}] has no effect with the method {method} and the objective {objective}.",
        "Remove it, or choose the method or objective that it belongs to.",
    ),
    "recipe.no_rewards": ErrorText(
        "The recipe names no rewards.",
        "Add [[{section}.rewards]] with a name: exact_answer, regex, format, length or python.",
    ),
    "recipe.unsupported": ErrorText("This does not go together: {what}.", "{instead}."),
    "finetune.no_rows": ErrorText(
        "{path} has no rows to learn from.", "Choose a data set with at least one row."
    ),
    "finetune.few_rows": ErrorText(
        "Only {rows} rows are left to learn from after {held_out} were held out.",
        "Hold out fewer, or add rows.",
    ),
    "finetune.masked": ErrorText(
        "None of the {rows} rows has anything to learn: every answer is empty or cut off.",
        "Raise max_length, or look at the rows on the page Data.",
    ),
    "finetune.cut_off": ErrorText(
        "All {rows} rows are cut off before their answer: the prompt alone fills {max_length} tokens.",
        "Shorten the prompts, or raise max_length (“Longest row”) where the model reads more.",
    ),
    "finetune.truncated": ErrorText(
        "{count} of {rows} rows are longer than {max_length} tokens and are cut off at the end.",
        "Raise max_length if their ends matter.",
    ),
    "finetune.dropped": ErrorText(
        "{count} of {rows} rows were left out: nothing of their answer is left within {max_length} tokens.",
        "Raise max_length to use them.",
    ),
    "finetune.broken_rows": ErrorText(
        "{count} rows could not be used; the first is row {row}: {reason}.",
        "The page Data shows them all.",
    ),
    "finetune.broken_lines": ErrorText(
        "{count} lines of {path} cannot be read and are left out; the first is line {line}: {problem}.",
        "The page Data and `lathe data show` name them all.",
    ),
    "finetune.too_long": ErrorText(
        "max_length is {max_length}, and {base} reads at most {context} tokens.",
        "Set max_length to at most that.",
    ),
    "finetune.not_trainable": ErrorText(
        "{base} cannot be trained: {reason}.", "Choose a model that writes text, as GGUF or safetensors."
    ),
    "finetune.architecture": ErrorText(
        "{base} is of the kind “{architecture}”, which Lathe cannot train from a GGUF.",
        "It trains {known}. A folder with the original's safetensors may be trained all the same.",
    ),
    "finetune.no_modules": ErrorText(
        "{base} has no layers called {names}.", "It has {known}; “all-linear” takes all of them."
    ),
    "finetune.missing": ErrorText(
        "{package} is not installed, and this recipe needs it.", "Run `{command}`, or change the recipe."
    ),
    "finetune.too_large": ErrorText(
        "This run needs about {needed} of memory, and {available} is free.", "It would fit with {settings}."
    ),
    "finetune.out_of_memory": ErrorText(
        "Memory ran out at step {step}. The run is kept.",
        "Go on from its last checkpoint with {settings}.",
    ),
    "finetune.disk_full": ErrorText(
        "The disk ran out of room at step {step}. The run is kept as it was at step {kept}.",
        "Free some space and resume it.",
    ),
    "finetune.diverged": ErrorText(
        "The loss became {loss} at step {step}. The run is kept as it was at step {kept}.",
        "Lower the learning rate, or add warm-up steps, and start again.",
    ),
    "finetune.checkpoint_damaged": ErrorText(
        "The checkpoint of step {step} is damaged: {reason}.", "The one before is used."
    ),
    "finetune.no_checkpoint": ErrorText(
        "The run {run} has no checkpoint to go on from.", "Start it again with `lathe finetune`."
    ),
    "finetune.from_gguf": ErrorText(
        "{base} is quantized ({kind}). Its weights are expanded for training: what was lost stays lost.",
        "Where the original in safetensors is to be had, train that.",
    ),
    "finetune.reward_failed": ErrorText(
        "The reward “{name}” failed: {reason}.", "Correct it and resume the run."
    ),
    "finetune.ray": ErrorText(
        "The cluster cannot be used: {reason}.", "Check the address, or leave [cluster] out."
    ),
    "run.unknown": ErrorText("There is no run “{run}”.", "Run `lathe runs list` to see them."),
    "run.similar": ErrorText("There is no run “{run}”.", "Did you mean {names}?"),
    "run.damaged": ErrorText("The run {run} cannot be read: {reason}.", "Its folder is {path}."),
    "run.running": ErrorText("The run {run} is going on right now.", "Wait for its end, or pause it first."),
    "run.data_changed": ErrorText(
        "The rows of {files} are not those that the run {run} has learned from so far.",
        "Put the file back as it was, or start a new run with the new rows.",
    ),
    "run.finished": ErrorText(
        "The run {run} is finished.", "Raise max_steps in a new recipe to train longer."
    ),
    "export.method": ErrorText(
        "What “{method}” learns cannot be written as {target}.", "Export it as {possible}."
    ),
    "export.type": ErrorText("This cannot be written as {type}.", "Choose one of {known}."),
    "export.differs": ErrorText(
        "The export does not agree with the trained model: mean KL divergence {kl}, and {limit} is allowed.",
        "The file was removed. This is worth a report.",
    ),
    # editing metadata
    "edit.fixed": ErrorText(
        "{key} cannot be changed: the places of the tensors depend on it.",
        "Leave it as it is; every other key can be edited.",
    ),
    "edit.key": ErrorText(
        "“{key}” is no name of a key.",
        "Use letters, digits, dots and underscores, like general.description.",
    ),
    "edit.no_item": ErrorText(
        "{key} has no item {index} to change.",
        "Look at the array again; the file may have changed meanwhile.",
    ),
    "edit.split": ErrorText(
        "{path} is a part of a split model, whose parts belong together.",
        "Quantizing a split model gives one file; edit that one.",
    ),
    "edit.value": ErrorText(
        "“{value}” cannot be stored as {kind}: {reason}.",
        "Write another value, or choose another type.",
    ),
    # getting models
    "hub.address": ErrorText(
        "“{address}” is not the address of a hub.",
        "Write it like https://huggingface.co, without a key or a question mark.",
    ),
    "hub.answer": ErrorText(
        "{host} answered something that no hub of models says.",
        "Check the address of the hub; a proxy or a login page may be in between.",
    ),
    "hub.busy": ErrorText(
        "{host} takes no more requests from here at the moment.",
        "Try again in {wait}. With a key of your own the limits are higher.",
    ),
    "hub.checksum": ErrorText(
        "{name} arrived from {host} with other contents than its checksum says.",
        "It was thrown away. Try again; if it repeats, ask another mirror, or the publisher.",
    ),
    "hub.choose_file": ErrorText(
        "{repo} offers {count} variants: {names}.",
        "Name one, for example with --file '*Q4_K_M*'.",
    ),
    "hub.failed": ErrorText(
        "{host} has a fault of its own (HTTP {status}).",
        "Try again in some minutes, or use a mirror.",
    ),
    "hub.file_gone": ErrorText(
        "A file of {repo} is no longer there.",
        "Look at the repository's files again; its owner may have changed them.",
    ),
    "hub.forbidden": ErrorText(
        "{host} does not let you have {repo}.",
        "Check that your key may read it, and that the repository is not closed.",
    ),
    "hub.gated": ErrorText(
        "{repo} is gated: its owner lets people in one by one.",
        "Ask for access at {address}, then give Lathe the key of that account.",
    ),
    "hub.interrupted": ErrorText(
        "The connection to {host} kept breaking off at {percent} of {name}: {reason}.",
        "What has arrived is kept: start the download again, and it goes on from there.",
    ),
    "hub.name": ErrorText(
        "“{name}” is not the name of a repository.",
        "Write it like bartowski/Qwen3-4B-GGUF.",
    ),
    "hub.no_files": ErrorText(
        "{repo} holds no GGUF and no safetensors files.",
        "Other kinds of files, such as pickles, are never fetched. Search for a GGUF version of this model.",
    ),
    "hub.no_keyring": ErrorText(
        "This system has no keyring to keep the key in: {reason}.",
        "Set the environment variable HF_TOKEN instead.",
    ),
    "hub.no_match": ErrorText(
        "Nothing in {repo} matches “{pattern}”.",
        "It has {names}.",
    ),
    "hub.no_repo": ErrorText(
        "{host} has no repository {repo}, or it is private.",
        "Check the name. For a private one, give Lathe a key that may read it.",
    ),
    "hub.no_revision": ErrorText(
        "The repository {repo} has no revision “{revision}”.",
        "Leave it out for the newest one, or name a branch, tag or commit.",
    ),
    "hub.offline": ErrorText(
        "HF_HUB_OFFLINE is set, so no hub was asked.",
        "Unset it and start Lathe again.",
    ),
    "hub.token": ErrorText(
        "{host} does not accept your key.",
        "It may have expired: make a new one there and give it to Lathe, or remove the old one.",
    ),
    "hub.too_large": ErrorText(
        "{name} is larger than what a hub sends over plain HTTP (50 GB).",
        "Get it with the tools that {address} names, or choose a variant that is split or smaller.",
    ),
    "hub.trying_again": ErrorText(
        "The connection to {host} broke off ({reason}).",
        "It is tried again in {seconds} seconds.",
    ),
    "hub.unreachable": ErrorText(
        "{host} cannot be reached: {reason}.",
        "Check the connection to the internet and the address of the hub, or use a mirror.",
    ),
    # add-ons
    "addon.failed": ErrorText(
        "The add-on could not be installed: {reason}.",
        "Check the connection to the internet, then try again. Nothing has changed so far.",
    ),
    "addon.missing": ErrorText(
        "{package} is not installed; it is part of the training stack.",
        "Install it on the page Fine-tune, or with `{command}`.",
    ),
    "addon.no_pip": ErrorText(
        "This Python has no pip, which fetches the packages of an add-on.",
        "Install pip for it (on Debian and Ubuntu: sudo apt-get install python3-pip), then try again.",
    ),
    # data sets
    "data.format": ErrorText(
        "{path} is of no kind that holds rows to train on.",
        "Lathe reads JSON, JSONL, CSV, TSV, Parquet and text files.",
    ),
    "data.unreadable": ErrorText(
        "{path} cannot be used as a data set: {reason}.", "Open it in an editor and correct that place."
    ),
    "data.empty": ErrorText("{path} holds no rows.", "Choose a file with at least one row."),
    "data.all_broken": ErrorText(
        "None of the {count} lines of {path} can be read; line {line}: {problem}.",
        "Check that the file is what its name says: JSONL has one complete JSON object on each line.",
    ),
    "data.changed": ErrorText(
        "{path} has been changed or removed since it was read.",
        "Read it again; the earlier version stays in the list of versions.",
    ),
    "data.needs_package": ErrorText(
        "{path} needs {package} to be read, which comes with the training stack and is not installed.",
        "Install the training stack, or save the data as JSONL or CSV.",
    ),
    "data.columns": ErrorText(
        "Nobody can tell what the columns of {path} mean: {columns}.",
        "Say which column is what, or rename them: messages, conversations, instruction and output, text, "
        "prompt with chosen and rejected, or prompt, completion and label.",
    ),
    "data.no_column": ErrorText(
        "The format {format} needs a column for {field}.", "The columns there are: {columns}."
    ),
    "data.no_row": ErrorText("There is no row {number}: there are {count}.", "Rows are counted from 1."),
    "data.nothing_trained": ErrorText(
        "No row of {path} has anything that would be trained: {reason}.",
        "Check the columns, the roles, and the longest row that is allowed.",
    ),
    "data.no_chats": ErrorText(
        "None of the chosen chats has an answer to learn from.", "Choose other chats, or other answers."
    ),
    # command line
    "cli.usage": ErrorText("{reason}.", "Run `lathe {command} --help` for the options."),
    "cli.no_prompt": ErrorText(
        "There is no message to answer: {reason}.",
        "Give one with --prompt TEXT, or --prompt - to read it from stdin.",
    ),
    "cli.engine_died": ErrorText(
        "The engine process stopped unexpectedly ({reason}).",
        "What was written so far is kept. Run the command again; if it repeats, try a smaller context.",
    ),
    "cli.disk_full": ErrorText(
        "The disk is full: the chat could not be saved.",
        "Free some space and run the command again.",
    ),
    "cli.output": ErrorText(
        "The output cannot be written: {reason}.",
        "Check the folder and the free space there, or write it somewhere else.",
    ),
}
