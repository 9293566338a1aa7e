"""The error sentences, marked for translation. Written by packaging/error_texts.py: do not edit."""

# ruff: noqa: E501
# fmt: off
from app.i18n.marks import QT_TRANSLATE_NOOP

ERROR_TEXTS: dict[str, tuple[str, str]] = {
    "model.missing": (
        QT_TRANSLATE_NOOP("Errors", "There is no file at {path}."),
        QT_TRANSLATE_NOOP("Errors", "Check the path, or pick a model from the library."),
    ),
    "model.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "{path} cannot be read: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the permissions of the file and its folder."),
    ),
    "model.unknown": (
        QT_TRANSLATE_NOOP("Errors", "No model is called “{name}”."),
        QT_TRANSLATE_NOOP("Errors", "Run `lathe models list` to see the names, or give the path of a file."),
    ),
    "model.similar": (
        QT_TRANSLATE_NOOP("Errors", "No model is called “{name}”."),
        QT_TRANSLATE_NOOP("Errors", "Did you mean {names}? `lathe models list` shows all of them."),
    ),
    "model.ambiguous": (
        QT_TRANSLATE_NOOP("Errors", "“{name}” could be {names}."),
        QT_TRANSLATE_NOOP("Errors", "Write more of the name, or give the path of a file."),
    ),
    "model.not_gguf": (
        QT_TRANSLATE_NOOP("Errors", "{path} is not a GGUF model."),
        QT_TRANSLATE_NOOP("Errors", "Choose a file that ends in .gguf, or convert a safetensors folder first."),
    ),
    "model.truncated": (
        QT_TRANSLATE_NOOP("Errors", "{path} is incomplete: it ends before {what}."),
        QT_TRANSLATE_NOOP("Errors", "Download or copy the file again; its size should be at least {expected_bytes} bytes."),
    ),
    "model.corrupt": (
        QT_TRANSLATE_NOOP("Errors", "{path} is damaged: {what}."),
        QT_TRANSLATE_NOOP("Errors", "Download the file again from its source."),
    ),
    "model.incomplete_split": (
        QT_TRANSLATE_NOOP("Errors", "{path} is split into {count} files, and number {number} is missing."),
        QT_TRANSLATE_NOOP("Errors", "Put all parts into one folder."),
    ),
    "model.architecture": (
        QT_TRANSLATE_NOOP("Errors", "{path} has the architecture “{architecture}”, which this build of llama.cpp does not know."),
        QT_TRANSLATE_NOOP("Errors", "Use a newer release of Lathe, or another model."),
    ),
    "model.load_failed": (
        QT_TRANSLATE_NOOP("Errors", "{path} could not be loaded: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Try a smaller context length, or another file of the same model."),
    ),
    "model.too_large": (
        QT_TRANSLATE_NOOP("Errors", "{path} needs about {needed}, and {available} is free."),
        QT_TRANSLATE_NOOP("Errors", "Choose a smaller or more strongly quantized model, or close other programs."),
    ),
    "model.context_too_large": (
        QT_TRANSLATE_NOOP("Errors", "A context of {n_ctx} tokens needs about {needed}, and {available} is free."),
        QT_TRANSLATE_NOOP("Errors", "Set a context length of at most {largest} tokens, or a smaller KV cache type."),
    ),
    "model.none_loaded": (
        QT_TRANSLATE_NOOP("Errors", "No model is loaded."),
        QT_TRANSLATE_NOOP("Errors", "Pick one from the model list first."),
    ),
    "model.no_starter": (
        QT_TRANSLATE_NOOP("Errors", "The starter model is not installed."),
        QT_TRANSLATE_NOOP("Errors", "Run `python3 dev.py run` once, or name another model."),
    ),
    "model.pickle_only": (
        QT_TRANSLATE_NOOP("Errors", "{path} holds its weights as Python pickles, which can run programs when they are opened."),
        QT_TRANSLATE_NOOP("Errors", "Get the model as safetensors; most publishers offer both."),
    ),
    "model.needs_conversion": (
        QT_TRANSLATE_NOOP("Errors", "{path} is a model that writes, in safetensors; Lathe runs those as GGUF."),
        QT_TRANSLATE_NOOP("Errors", "Convert it with `lathe convert`, or get its GGUF version."),
    ),
    "model.not_own": (
        QT_TRANSLATE_NOOP("Errors", "{path} is not in Lathe's own folder of models."),
        QT_TRANSLATE_NOOP("Errors", "Lathe moves only its own files. Delete it with the program that it belongs to."),
    ),
    "model.no_trash": (
        QT_TRANSLATE_NOOP("Errors", "{path} could not be moved to the trash: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "It is still there. Delete it in your file manager."),
    ),
    "model.not_restored": (
        QT_TRANSLATE_NOOP("Errors", "{path} could not be brought back."),
        QT_TRANSLATE_NOOP("Errors", "Look for it in the trash of your system."),
    ),
    "model.is_adapter": (
        QT_TRANSLATE_NOOP("Errors", "{path} is an adapter (LoRA), not a model."),
        QT_TRANSLATE_NOOP("Errors", "Load the model that it belongs to."),
    ),
    "model.needs_code": (
        QT_TRANSLATE_NOOP("Errors", "{path} can only be loaded by running program code that came with it."),
        QT_TRANSLATE_NOOP("Errors", "Lathe never does that. Choose a model of a kind that the libraries know by themselves."),
    ),
    "model.class_unknown": (
        QT_TRANSLATE_NOOP("Errors", "{path} is of the kind “{architecture}”, which {library} does not know."),
        QT_TRANSLATE_NOOP("Errors", "Use a newer release of Lathe, or another model."),
    ),
    "model.no_tokenizer": (
        QT_TRANSLATE_NOOP("Errors", "{path} has no tokenizer that can be read: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Put the file tokenizer.json (or vocab.txt) of the same model into the folder."),
    ),
    "model.no_chat": (
        QT_TRANSLATE_NOOP("Errors", "{name} is an encoder: it reads text, and writes none."),
        QT_TRANSLATE_NOOP("Errors", "Look into it on the page Inspect, or load another model to chat."),
    ),
    "params.invalid": (
        QT_TRANSLATE_NOOP("Errors", "{name} cannot be {value}: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Choose a value from {minimum} to {maximum}."),
    ),
    "params.unknown": (
        QT_TRANSLATE_NOOP("Errors", "There is no setting called “{name}”."),
        QT_TRANSLATE_NOOP("Errors", "Did you mean “{nearest}”?"),
    ),
    "params.unsupported": (
        QT_TRANSLATE_NOOP("Errors", "This kind of model cannot use {name}."),
        QT_TRANSLATE_NOOP("Errors", "Set it back to its neutral value, or load a GGUF model."),
    ),
    "grammar.invalid": (
        QT_TRANSLATE_NOOP("Errors", "The grammar cannot be used: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Correct it, or clear the grammar to go on without one."),
    ),
    "schema.invalid": (
        QT_TRANSLATE_NOOP("Errors", "The JSON schema cannot be used: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Correct it, or clear the schema to go on without one."),
    ),
    "template.broken": (
        QT_TRANSLATE_NOOP("Errors", "The chat template of this model failed: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Switch to raw mode, or choose another template under Prompt."),
    ),
    "template.limit": (
        QT_TRANSLATE_NOOP("Errors", "The chat template of this model was stopped: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Switch to raw mode, or choose another template under Prompt."),
    ),
    "context.overflow": (
        QT_TRANSLATE_NOOP("Errors", "The conversation has {needed} tokens, and the context holds {n_ctx}."),
        QT_TRANSLATE_NOOP("Errors", "Raise the context length, choose another overflow policy, or shorten the conversation."),
    ),
    "context.no_room": (
        QT_TRANSLATE_NOOP("Errors", "The conversation has {prompt} tokens and {reply} are kept for the reply; the context holds {n_ctx}."),
        QT_TRANSLATE_NOOP("Errors", "Raise the context length, choose another overflow policy, or shorten the conversation."),
    ),
    "context.message_too_long": (
        QT_TRANSLATE_NOOP("Errors", "The last message alone has {needed} tokens and {reply} are kept for the reply; the context holds {n_ctx}."),
        QT_TRANSLATE_NOOP("Errors", "Shorten it, or raise the context length."),
    ),
    "inspect.unsupported": (
        QT_TRANSLATE_NOOP("Errors", "This model cannot be looked into: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Choose a GGUF model that runs on this machine."),
    ),
    "inspect.too_long": (
        QT_TRANSLATE_NOOP("Errors", "The text has {needed} tokens, and at most {limit} can be looked into at once."),
        QT_TRANSLATE_NOOP("Errors", "Choose a shorter text, or load the model with a longer context."),
    ),
    "inspect.too_large": (
        QT_TRANSLATE_NOOP("Errors", "The arrays would take {needed}, and {limit} is allowed."),
        QT_TRANSLATE_NOOP("Errors", "Ask for fewer layers or heads, for example {smaller}, or for a shorter text."),
    ),
    "inspect.no_room": (
        QT_TRANSLATE_NOOP("Errors", "There is no room for arrays of {size}: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Ask for fewer layers or heads, or for a shorter text, or free some space for temporary files."),
    ),
    "inspect.no_layer": (
        QT_TRANSLATE_NOOP("Errors", "There is no layer {layer}: this model has layers 0 to {last}."),
        QT_TRANSLATE_NOOP("Errors", "Choose one of those."),
    ),
    "inspect.no_head": (
        QT_TRANSLATE_NOOP("Errors", "There is no head {head}: a layer of this model has heads 0 to {last}."),
        QT_TRANSLATE_NOOP("Errors", "Choose one of those."),
    ),
    "inspect.no_position": (
        QT_TRANSLATE_NOOP("Errors", "There is no token {position}: the text has tokens 0 to {last}."),
        QT_TRANSLATE_NOOP("Errors", "Choose one of those; -1 is the last one."),
    ),
    "inspect.missing": (
        QT_TRANSLATE_NOOP("Errors", "This model has no {what} to read."),
        QT_TRANSLATE_NOOP("Errors", "Choose something else to look at; the model card lists what the model is made of."),
    ),
    "reply.no_tokens": (
        QT_TRANSLATE_NOOP("Errors", "It is not on record which tokens this reply is made of."),
        QT_TRANSLATE_NOOP("Errors", "Replies that were imported, edited or cut off have none; regenerate it."),
    ),
    "reply.beams": (
        QT_TRANSLATE_NOOP("Errors", "This reply was found by beam search, which does not sample token by token."),
        QT_TRANSLATE_NOOP("Errors", "The tree of beams is in the panel Beams while such a reply is written."),
    ),
    "reply.other_model": (
        QT_TRANSLATE_NOOP("Errors", "This reply was written by {name}, and another model is loaded."),
        QT_TRANSLATE_NOOP("Errors", "Load that model to go through its reply again."),
    ),
    "amateur.vocabulary": (
        QT_TRANSLATE_NOOP("Errors", "{name} reads other tokens than {expert}: contrastive decoding needs two models with one vocabulary."),
        QT_TRANSLATE_NOOP("Errors", "Choose a smaller model of the same family."),
    ),
    "amateur.none": (
        QT_TRANSLATE_NOOP("Errors", "Contrastive decoding needs a second, smaller model."),
        QT_TRANSLATE_NOOP("Errors", "Choose one under Decoding (in the terminal: --amateur), or another decoding mode."),
    ),
    "encoder.no_encoder": (
        QT_TRANSLATE_NOOP("Errors", "The loaded model is no encoder: it has no masks to fill and no sentences to compare."),
        QT_TRANSLATE_NOOP("Errors", "Load an encoder (BERT kind) from a safetensors folder."),
    ),
    "encoder.no_head": (
        QT_TRANSLATE_NOOP("Errors", "{name} cannot {what}: its files hold no {head}."),
        QT_TRANSLATE_NOOP("Errors", "Load a model whose config.json names the architecture {example}."),
    ),
    "encoder.no_mask": (
        QT_TRANSLATE_NOOP("Errors", "The text has no {mask}."),
        QT_TRANSLATE_NOOP("Errors", "Write {mask} where a word is missing."),
    ),
    "engine.died": (
        QT_TRANSLATE_NOOP("Errors", "The engine process stopped unexpectedly ({reason})."),
        QT_TRANSLATE_NOOP("Errors", "It has been started again; send the message once more. If it repeats, try a smaller context."),
    ),
    "engine.start_failed": (
        QT_TRANSLATE_NOOP("Errors", "The engine process could not start: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Install Lathe again. In a clone of the repository, `python3 dev.py run` repairs it."),
    ),
    "engine.not_answering": (
        QT_TRANSLATE_NOOP("Errors", "The engine process has not answered for {seconds} seconds."),
        QT_TRANSLATE_NOOP("Errors", "It was stopped and started again; send the message once more."),
    ),
    "engine.out_of_memory": (
        QT_TRANSLATE_NOOP("Errors", "There was not enough memory: {what}."),
        QT_TRANSLATE_NOOP("Errors", "Choose a smaller context length or a smaller model."),
    ),
    "engine.backend_missing": (
        QT_TRANSLATE_NOOP("Errors", "{package} is not installed, so this kind of model cannot run."),
        QT_TRANSLATE_NOOP("Errors", "Run `{command}`, then load the model again."),
    ),
    "endpoint.unreachable": (
        QT_TRANSLATE_NOOP("Errors", "{url} does not answer: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check that the server runs and that the address is right."),
    ),
    "endpoint.refused": (
        QT_TRANSLATE_NOOP("Errors", "{url} refused the request: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the model name and the key of this endpoint."),
    ),
    "endpoint.busy": (
        QT_TRANSLATE_NOOP("Errors", "{url} takes no more requests at the moment: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Wait a little and send the message again."),
    ),
    "endpoint.failed": (
        QT_TRANSLATE_NOOP("Errors", "{url} reports an error of its own: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Look into the log of that server."),
    ),
    "endpoint.interrupted": (
        QT_TRANSLATE_NOOP("Errors", "{url} broke off its answer: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "The text so far is kept; continue the reply or send the message again."),
    ),
    "endpoint.unsupported": (
        QT_TRANSLATE_NOOP("Errors", "A model on an endpoint cannot do this: {what}."),
        QT_TRANSLATE_NOOP("Errors", "Use a model on this computer for it."),
    ),
    "endpoint.invalid_url": (
        QT_TRANSLATE_NOOP("Errors", "“{url}” is not the address of a server."),
        QT_TRANSLATE_NOOP("Errors", "Write it like http://192.168.1.20:8000/v1."),
    ),
    "endpoint.no_keyring": (
        QT_TRANSLATE_NOOP("Errors", "This system has no keyring to keep the key in: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Set the environment variable LATHE_ENDPOINT_KEY instead."),
    ),
    "store.disk_full": (
        QT_TRANSLATE_NOOP("Errors", "The disk is full: the chat could not be saved."),
        QT_TRANSLATE_NOOP("Errors", "Free some space; what is on the screen is kept in memory and saved then."),
    ),
    "store.no_room": (
        QT_TRANSLATE_NOOP("Errors", "The disk is full: the database {path} cannot be opened."),
        QT_TRANSLATE_NOOP("Errors", "Free some space, then start Lathe again. Nothing was changed."),
    ),
    "store.locked": (
        QT_TRANSLATE_NOOP("Errors", "The database {path} is in use by another program."),
        QT_TRANSLATE_NOOP("Errors", "Close the other copy of Lathe and try again."),
    ),
    "store.newer": (
        QT_TRANSLATE_NOOP("Errors", "The database {path} was written by a newer Lathe (schema {found}; this one knows {known})."),
        QT_TRANSLATE_NOOP("Errors", "Update Lathe, or start with another folder: --home DIR."),
    ),
    "store.corrupt": (
        QT_TRANSLATE_NOOP("Errors", "The database {path} was damaged; it has been kept as {kept}."),
        QT_TRANSLATE_NOOP("Errors", "Lathe goes on with a new database. Import an exported chat, or restore a snapshot from {snapshots}."),
    ),
    "store.corrupt_alone": (
        QT_TRANSLATE_NOOP("Errors", "The database {path} was damaged; it has been kept as {kept}."),
        QT_TRANSLATE_NOOP("Errors", "Lathe goes on with a new database. Chats that were exported can be imported again."),
    ),
    "store.unwritable": (
        QT_TRANSLATE_NOOP("Errors", "{path} cannot be written: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the permissions, or choose another folder: --home DIR."),
    ),
    "store.damaged": (
        QT_TRANSLATE_NOOP("Errors", "The database {path} turned out to be damaged."),
        QT_TRANSLATE_NOOP("Errors", "Start Lathe again: it examines the file, keeps it aside where needed, and goes on."),
    ),
    "network.offline": (
        QT_TRANSLATE_NOOP("Errors", "Lathe works offline: {host} was not contacted."),
        QT_TRANSLATE_NOOP("Errors", "To allow it, turn off “Work offline” under Settings, Privacy and network."),
    ),
    "update.unreachable": (
        QT_TRANSLATE_NOOP("Errors", "{host} could not be asked for the newest release: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the connection, and the date of this machine. Everything else works without it."),
    ),
    "update.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "The answer of {host} does not name a release."),
        QT_TRANSLATE_NOOP("Errors", "Check the address under Settings, Privacy and network, or look at the project's page."),
    ),
    "update.no_address": (
        QT_TRANSLATE_NOOP("Errors", "No address is set where a newer release could be looked for."),
        QT_TRANSLATE_NOOP("Errors", "This build names none itself. Enter one under Settings, Privacy and network."),
    ),
    "backup.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "{path} is not a backup of Lathe: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Choose a .zip file that “Back up” or `lathe backup` has written."),
    ),
    "backup.damaged": (
        QT_TRANSLATE_NOOP("Errors", "The backup {path} is damaged: {what}."),
        QT_TRANSLATE_NOOP("Errors", "Use another copy of it. Nothing was changed."),
    ),
    "backup.unsafe": (
        QT_TRANSLATE_NOOP("Errors", "{path} was refused: {what}."),
        QT_TRANSLATE_NOOP("Errors", "No backup of Lathe looks like this. Nothing was unpacked."),
    ),
    "backup.newer": (
        QT_TRANSLATE_NOOP("Errors", "The backup {path} was written by a newer version of Lathe."),
        QT_TRANSLATE_NOOP("Errors", "Update Lathe, then restore it. Nothing was changed."),
    ),
    "home.in_use": (
        QT_TRANSLATE_NOOP("Errors", "The data in {path} is in use by a window or another command."),
        QT_TRANSLATE_NOOP("Errors", "Close Lathe everywhere, wait for its jobs, then try again."),
    ),
    "home.jobs": (
        QT_TRANSLATE_NOOP("Errors", "Jobs are still running: {titles}."),
        QT_TRANSLATE_NOOP("Errors", "Wait for them or cancel them, then try again."),
    ),
    "home.inside": (
        QT_TRANSLATE_NOOP("Errors", "{path} cannot take the data of {home}: one lies inside the other."),
        QT_TRANSLATE_NOOP("Errors", "Choose a folder somewhere else."),
    ),
    "home.gone": (
        QT_TRANSLATE_NOOP("Errors", "The data folder was moved to {path}, and it is not there now."),
        QT_TRANSLATE_NOOP("Errors", "Connect the drive it is on and start Lathe again. To begin anew without it, remove {pointer}."),
    ),
    "home.differs": (
        QT_TRANSLATE_NOOP("Errors", "The copy of {name} is not what was copied."),
        QT_TRANSLATE_NOOP("Errors", "Something wrote to it meanwhile, or a disk fails. The old folder stays in use; nothing is lost."),
    ),
    "settings.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "{path} holds no settings of Lathe: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Choose a file that “Export settings” has written. Nothing was changed."),
    ),
    "window.no_display": (
        QT_TRANSLATE_NOOP("Errors", "The window cannot be shown: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the display (DISPLAY or WAYLAND_DISPLAY), or use `lathe chat` in the terminal."),
    ),
    "server.request": (
        QT_TRANSLATE_NOOP("Errors", "The request cannot be answered: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Correct it and send it again."),
    ),
    "server.port": (
        QT_TRANSLATE_NOOP("Errors", "Port {port} cannot be used: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Choose another port, or 0 for any free one."),
    ),
    "session.unknown": (
        QT_TRANSLATE_NOOP("Errors", "There is no chat “{id}”."),
        QT_TRANSLATE_NOOP("Errors", "Run `lathe sessions list` to see them."),
    ),
    "message.unknown": (
        QT_TRANSLATE_NOOP("Errors", "The message is no longer in this chat."),
        QT_TRANSLATE_NOOP("Errors", "Undo its deletion, or go on from another message."),
    ),
    "import.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "{path} cannot be imported: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Lathe reads its own JSON export, and JSONL with messages or ShareGPT conversations."),
    ),
    "file.not_text": (
        QT_TRANSLATE_NOOP("Errors", "{path} is not a text file."),
        QT_TRANSLATE_NOOP("Errors", "Attach plain text, Markdown, source code, CSV or JSON."),
    ),
    "file.too_large": (
        QT_TRANSLATE_NOOP("Errors", "{path} has {size}, and at most {limit} can be attached."),
        QT_TRANSLATE_NOOP("Errors", "Attach a part of it."),
    ),
    "file.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "{path} cannot be read: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the path and its permissions."),
    ),
    "job.died": (
        QT_TRANSLATE_NOOP("Errors", "The process that did the work stopped unexpectedly ({reason})."),
        QT_TRANSLATE_NOOP("Errors", "Nothing was written. If it repeats, the file may be damaged, or memory may be short."),
    ),
    "job.interrupted": (
        QT_TRANSLATE_NOOP("Errors", "The work was interrupted before its end ({reason})."),
        QT_TRANSLATE_NOOP("Errors", "Nothing half written was kept. Start it again."),
    ),
    "job.unknown": (
        QT_TRANSLATE_NOOP("Errors", "There is no job “{name}”."),
        QT_TRANSLATE_NOOP("Errors", "Run `lathe jobs list` to see them."),
    ),
    "job.not_prepared": (
        QT_TRANSLATE_NOOP("Errors", "“{title}” has to be done first, and it did not succeed."),
        QT_TRANSLATE_NOOP("Errors", "Start that again, then this."),
    ),
    "job.not_started": (
        QT_TRANSLATE_NOOP("Errors", "The process that does the work could not be started: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Close other programs and try again."),
    ),
    "output.no_folder": (
        QT_TRANSLATE_NOOP("Errors", "There is no folder {path}."),
        QT_TRANSLATE_NOOP("Errors", "Make it first, or write somewhere else."),
    ),
    "output.is_folder": (
        QT_TRANSLATE_NOOP("Errors", "{path} is a folder."),
        QT_TRANSLATE_NOOP("Errors", "Give the name of the file to write."),
    ),
    "output.not_empty": (
        QT_TRANSLATE_NOOP("Errors", "There is something at {path} already."),
        QT_TRANSLATE_NOOP("Errors", "Give the name of a new folder; nothing was overwritten."),
    ),
    "output.is_source": (
        QT_TRANSLATE_NOOP("Errors", "{path} is the file that is read."),
        QT_TRANSLATE_NOOP("Errors", "Give the new file another name; the original is never changed."),
    ),
    "output.busy": (
        QT_TRANSLATE_NOOP("Errors", "Another job is writing {path} right now."),
        QT_TRANSLATE_NOOP("Errors", "Wait until it is done, or choose another name."),
    ),
    "output.no_space": (
        QT_TRANSLATE_NOOP("Errors", "There is not enough room in {path}: {needed} needed, {free} free."),
        QT_TRANSLATE_NOOP("Errors", "Free some space, or write to another disk. Nothing was written."),
    ),
    "output.unwritable": (
        QT_TRANSLATE_NOOP("Errors", "{path} cannot be written: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the permissions, or write somewhere else. Nothing was written."),
    ),
    "quantize.unknown_type": (
        QT_TRANSLATE_NOOP("Errors", "There is no quantization “{name}”."),
        QT_TRANSLATE_NOOP("Errors", "Choose one of {known}."),
    ),
    "quantize.unknown_tensor_type": (
        QT_TRANSLATE_NOOP("Errors", "There is no tensor type “{name}”."),
        QT_TRANSLATE_NOOP("Errors", "Choose one of {known}."),
    ),
    "quantize.pattern": (
        QT_TRANSLATE_NOOP("Errors", "“{pattern}” is no regular expression: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Write it like attn_v=Q8_0 or blk\\.[0-3]\\.ffn_down=Q6_K."),
    ),
    "quantize.no_model": (
        QT_TRANSLATE_NOOP("Errors", "{path} holds no model."),
        QT_TRANSLATE_NOOP("Errors", "Choose a GGUF file that has weights."),
    ),
    "quantize.needs_imatrix": (
        QT_TRANSLATE_NOOP("Errors", "{type} needs an importance matrix: without one the result would be useless."),
        QT_TRANSLATE_NOOP("Errors", "Make one with `lathe imatrix` from text like yours and give it with --imatrix."),
    ),
    "quantize.failed": (
        QT_TRANSLATE_NOOP("Errors", "{path} could not be quantized: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Choose another type, or check the file."),
    ),
    "quantize.requantizing": (
        QT_TRANSLATE_NOOP("Errors", "{path} is quantized already ({types}): quantizing it again adds a second loss to the first."),
        QT_TRANSLATE_NOOP("Errors", "Where the original in F16, BF16 or F32 is to be had, quantize that."),
    ),
    "quantize.fallback": (
        QT_TRANSLATE_NOOP("Errors", "{count} of {total} tensors have rows of {widths} values, which the type's blocks do not divide; they become another type ({changes})."),
        QT_TRANSLATE_NOOP("Errors", "The file is larger than the type's name says."),
    ),
    "quantize.no_match": (
        QT_TRANSLATE_NOOP("Errors", "No tensor's name matches “{pattern}”."),
        QT_TRANSLATE_NOOP("Errors", "That rule had no effect."),
    ),
    "text.too_short": (
        QT_TRANSLATE_NOOP("Errors", "The text has {found} tokens, and one chunk needs {needed}."),
        QT_TRANSLATE_NOOP("Errors", "Use a longer text; on the command line a smaller --ctx-size does, too."),
    ),
    "lab.no_tensor": (
        QT_TRANSLATE_NOOP("Errors", "{path} has no weight matrix called “{name}”."),
        QT_TRANSLATE_NOOP("Errors", "Name a matrix of a layer, like {example}; norms, embeddings and stacked experts are not taken."),
    ),
    "lab.too_large": (
        QT_TRANSLATE_NOOP("Errors", "{name} has {values} values, and the lab takes up to {limit}."),
        QT_TRANSLATE_NOOP("Errors", "Choose a smaller matrix of the model."),
    ),
    "lab.memory": (
        QT_TRANSLATE_NOOP("Errors", "Working on {name} needs about {needed} of memory, and {free} are free."),
        QT_TRANSLATE_NOOP("Errors", "Close other programs, choose a smaller matrix, or leave out GPTQ."),
    ),
    "lab.singular": (
        QT_TRANSLATE_NOOP("Errors", "GPTQ cannot be computed here: the inputs of this layer hardly differ from each other."),
        QT_TRANSLATE_NOOP("Errors", "Use a longer calibration text, or another method."),
    ),
    "lab.no_result": (
        QT_TRANSLATE_NOOP("Errors", "{path} holds no result of the quantization lab."),
        QT_TRANSLATE_NOOP("Errors", "Run the lab again."),
    ),
    "lab.quantized_source": (
        QT_TRANSLATE_NOOP("Errors", "{name} is stored as {type}: errors are measured against these values, which are rounded already."),
        QT_TRANSLATE_NOOP("Errors", "Where the model is to be had in F16, BF16 or F32, look at that."),
    ),
    "convert.no_folder": (
        QT_TRANSLATE_NOOP("Errors", "{path} is no folder with safetensors."),
        QT_TRANSLATE_NOOP("Errors", "Give the folder that holds config.json and the .safetensors files."),
    ),
    "convert.architecture": (
        QT_TRANSLATE_NOOP("Errors", "{path} is of the kind “{architecture}”, which Lathe cannot convert."),
        QT_TRANSLATE_NOOP("Errors", "It converts {known}. Many models are published as GGUF, too."),
    ),
    "convert.unsupported": (
        QT_TRANSLATE_NOOP("Errors", "{path} has something that cannot be converted faithfully: {what}."),
        QT_TRANSLATE_NOOP("Errors", "Get the GGUF version of this model from its publisher."),
    ),
    "convert.tokenizer": (
        QT_TRANSLATE_NOOP("Errors", "{path} has a tokenizer that GGUF has no equal for: {what}."),
        QT_TRANSLATE_NOOP("Errors", "Get the GGUF version of this model from its publisher."),
    ),
    "convert.quantized": (
        QT_TRANSLATE_NOOP("Errors", "{path} is quantized already, in a format of its own."),
        QT_TRANSLATE_NOOP("Errors", "Convert the original weights instead."),
    ),
    "convert.kind": (
        QT_TRANSLATE_NOOP("Errors", "{path} stores {name} as {kind}, which is no floating-point number."),
        QT_TRANSLATE_NOOP("Errors", "Convert the original weights instead."),
    ),
    "convert.overflow": (
        QT_TRANSLATE_NOOP("Errors", "{name} has values that half precision cannot hold."),
        QT_TRANSLATE_NOOP("Errors", "Convert with --type bf16 or f32."),
    ),
    "convert.window": (
        QT_TRANSLATE_NOOP("Errors", "llama.cpp gives this model no sliding window: the original looks back {window} tokens at most."),
        QT_TRANSLATE_NOOP("Errors", "Up to that length both agree; beyond it the converted model sees more than it was trained for."),
    ),
    "convert.target": (
        QT_TRANSLATE_NOOP("Errors", "{source} cannot become {target}."),
        QT_TRANSLATE_NOOP("Errors", "A safetensors folder or an adapter becomes a file that ends in .gguf; a GGUF becomes a folder."),
    ),
    "adapter.backend": (
        QT_TRANSLATE_NOOP("Errors", "This chat has adapters, and only models that run in llama.cpp can have them."),
        QT_TRANSLATE_NOOP("Errors", "Switch the adapters off, or load the GGUF model that they were made for."),
    ),
    "adapter.kind": (
        QT_TRANSLATE_NOOP("Errors", "{path} is an adapter of the kind “{kind}”; only LoRA adapters can be used here."),
        QT_TRANSLATE_NOOP("Errors", "Merge it into its model with the program that made it."),
    ),
    "adapter.part": (
        QT_TRANSLATE_NOOP("Errors", "{path} changes {what}, which no GGUF adapter can hold."),
        QT_TRANSLATE_NOOP("Errors", "Merge the adapter into its model: lathe convert BASE --adapter ADAPTER --out NEW."),
    ),
    "adapter.unmergeable": (
        QT_TRANSLATE_NOOP("Errors", "{path} changes {what}, which cannot be merged."),
        QT_TRANSLATE_NOOP("Errors", "Merge it with the program that made it."),
    ),
    "adapter.no_base": (
        QT_TRANSLATE_NOOP("Errors", "{path} does not say for which model it was made, or that model is not here: {base}."),
        QT_TRANSLATE_NOOP("Errors", "Name the model: --base MODEL."),
    ),
    "adapter.mismatch": (
        QT_TRANSLATE_NOOP("Errors", "The adapter {path} does not fit {model}: {what}."),
        QT_TRANSLATE_NOOP("Errors", "An adapter works on the model that it was trained on, in any quantization of it."),
    ),
    "adapter.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "The adapter {path} cannot be loaded: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "llama.cpp needs LoRA adapters as GGUF: lathe convert ADAPTER --base MODEL --out F.gguf."),
    ),
    "compare.vocabulary": (
        QT_TRANSLATE_NOOP("Errors", "{name} reads the text as other tokens than {reference}, so their predictions cannot be compared."),
        QT_TRANSLATE_NOOP("Errors", "Compare variants of one model, or models that share a tokenizer."),
    ),
    "compare.no_decoder": (
        QT_TRANSLATE_NOOP("Errors", "{path} holds no model that continues a text, so it has no perplexity."),
        QT_TRANSLATE_NOOP("Errors", "Choose a GGUF model, or the safetensors folder of a decoder."),
    ),
    "compare.export": (
        QT_TRANSLATE_NOOP("Errors", "{path} is no name of a table: it ends neither in .md nor in .csv."),
        QT_TRANSLATE_NOOP("Errors", "Name a Markdown file (.md) or a table of values (.csv)."),
    ),
    "compare.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "{path} is no comparison that this program can read: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Compare the models again; `lathe compare` writes a new file."),
    ),
    "sensitivity.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "{path} is no sensitivity map that this program can read: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Measure one with `lathe sensitivity`."),
    ),
    "sensitivity.other_model": (
        QT_TRANSLATE_NOOP("Errors", "The sensitivity map {path} was measured on another model."),
        QT_TRANSLATE_NOOP("Errors", "Measure one on this model with `lathe sensitivity`."),
    ),
    "sensitivity.no_tensors": (
        QT_TRANSLATE_NOOP("Errors", "{path} has no tensors that could be quantized."),
        QT_TRANSLATE_NOOP("Errors", "Choose a model with weight matrices whose rows are multiples of 32."),
    ),
    "target.no_divergence": (
        QT_TRANSLATE_NOOP("Errors", "The sensitivity map says nothing about the KL divergence, so it cannot be aimed at."),
        QT_TRANSLATE_NOOP("Errors", "Measure the map again with a text."),
    ),
    "target.too_small": (
        QT_TRANSLATE_NOOP("Errors", "The model cannot be made as small as {wanted}: {least} is the least with these types."),
        QT_TRANSLATE_NOOP("Errors", "Choose a larger size, or allow smaller types when the sensitivity map is measured."),
    ),
    "target.too_good": (
        QT_TRANSLATE_NOOP("Errors", "A KL divergence of {wanted} is below what these types reach: {least}."),
        QT_TRANSLATE_NOOP("Errors", "Choose a larger divergence, or allow finer types when the sensitivity map is measured."),
    ),
    "imatrix.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "{path} is no importance matrix that can be used: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Make one with `lathe imatrix`, or use a file that llama-imatrix has written."),
    ),
    "imatrix.other_model": (
        QT_TRANSLATE_NOOP("Errors", "{path} was made with another model: its tensors are not those of this one."),
        QT_TRANSLATE_NOOP("Errors", "Make one with `lathe imatrix` from this model or its unquantized original."),
    ),
    "recipe.syntax": (
        QT_TRANSLATE_NOOP("Errors", "{path} is no recipe: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Recipes are TOML: `name = value`, texts in quotes."),
    ),
    "recipe.unknown_key": (
        QT_TRANSLATE_NOOP("Errors", "A recipe has no setting called “{key}”."),
        QT_TRANSLATE_NOOP("Errors", "Did you mean “{nearest}”?"),
    ),
    "recipe.missing_key": (
        QT_TRANSLATE_NOOP("Errors", "The recipe does not say “{key}”."),
        QT_TRANSLATE_NOOP("Errors", "Add a line for it."),
    ),
    "recipe.invalid": (
        QT_TRANSLATE_NOOP("Errors", "{key} cannot be {value}: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Correct that line of the recipe."),
    ),
    "recipe.choice": (
        QT_TRANSLATE_NOOP("Errors", "{key} cannot be “{value}”: did you mean “{nearest}”?"),
        QT_TRANSLATE_NOOP("Errors", "Choose one of {known}."),
    ),
    "recipe.unused_section": (
        QT_TRANSLATE_NOOP("Errors", "The section [{section}] has no effect with the method {method} and the objective {objective}."),
        QT_TRANSLATE_NOOP("Errors", "Remove it, or choose the method or objective that it belongs to."),
    ),
    "recipe.no_rewards": (
        QT_TRANSLATE_NOOP("Errors", "The recipe names no rewards."),
        QT_TRANSLATE_NOOP("Errors", "Add [[{section}.rewards]] with a name: exact_answer, regex, format, length or python."),
    ),
    "recipe.unsupported": (
        QT_TRANSLATE_NOOP("Errors", "This does not go together: {what}."),
        QT_TRANSLATE_NOOP("Errors", "{instead}."),
    ),
    "finetune.no_rows": (
        QT_TRANSLATE_NOOP("Errors", "{path} has no rows to learn from."),
        QT_TRANSLATE_NOOP("Errors", "Choose a data set with at least one row."),
    ),
    "finetune.few_rows": (
        QT_TRANSLATE_NOOP("Errors", "Only {rows} rows are left to learn from after {held_out} were held out."),
        QT_TRANSLATE_NOOP("Errors", "Hold out fewer, or add rows."),
    ),
    "finetune.masked": (
        QT_TRANSLATE_NOOP("Errors", "None of the {rows} rows has anything to learn: every answer is empty or cut off."),
        QT_TRANSLATE_NOOP("Errors", "Raise max_length, or look at the rows on the page Data."),
    ),
    "finetune.cut_off": (
        QT_TRANSLATE_NOOP("Errors", "All {rows} rows are cut off before their answer: the prompt alone fills {max_length} tokens."),
        QT_TRANSLATE_NOOP("Errors", "Shorten the prompts, or raise max_length (“Longest row”) where the model reads more."),
    ),
    "finetune.truncated": (
        QT_TRANSLATE_NOOP("Errors", "{count} of {rows} rows are longer than {max_length} tokens and are cut off at the end."),
        QT_TRANSLATE_NOOP("Errors", "Raise max_length if their ends matter."),
    ),
    "finetune.dropped": (
        QT_TRANSLATE_NOOP("Errors", "{count} of {rows} rows were left out: nothing of their answer is left within {max_length} tokens."),
        QT_TRANSLATE_NOOP("Errors", "Raise max_length to use them."),
    ),
    "finetune.broken_rows": (
        QT_TRANSLATE_NOOP("Errors", "{count} rows could not be used; the first is row {row}: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "The page Data shows them all."),
    ),
    "finetune.broken_lines": (
        QT_TRANSLATE_NOOP("Errors", "{count} lines of {path} cannot be read and are left out; the first is line {line}: {problem}."),
        QT_TRANSLATE_NOOP("Errors", "The page Data and `lathe data show` name them all."),
    ),
    "finetune.too_long": (
        QT_TRANSLATE_NOOP("Errors", "max_length is {max_length}, and {base} reads at most {context} tokens."),
        QT_TRANSLATE_NOOP("Errors", "Set max_length to at most that."),
    ),
    "finetune.not_trainable": (
        QT_TRANSLATE_NOOP("Errors", "{base} cannot be trained: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Choose a model that writes text, as GGUF or safetensors."),
    ),
    "finetune.architecture": (
        QT_TRANSLATE_NOOP("Errors", "{base} is of the kind “{architecture}”, which Lathe cannot train from a GGUF."),
        QT_TRANSLATE_NOOP("Errors", "It trains {known}. A folder with the original's safetensors may be trained all the same."),
    ),
    "finetune.no_modules": (
        QT_TRANSLATE_NOOP("Errors", "{base} has no layers called {names}."),
        QT_TRANSLATE_NOOP("Errors", "It has {known}; “all-linear” takes all of them."),
    ),
    "finetune.missing": (
        QT_TRANSLATE_NOOP("Errors", "{package} is not installed, and this recipe needs it."),
        QT_TRANSLATE_NOOP("Errors", "Run `{command}`, or change the recipe."),
    ),
    "finetune.too_large": (
        QT_TRANSLATE_NOOP("Errors", "This run needs about {needed} of memory, and {available} is free."),
        QT_TRANSLATE_NOOP("Errors", "It would fit with {settings}."),
    ),
    "finetune.out_of_memory": (
        QT_TRANSLATE_NOOP("Errors", "Memory ran out at step {step}. The run is kept."),
        QT_TRANSLATE_NOOP("Errors", "Go on from its last checkpoint with {settings}."),
    ),
    "finetune.disk_full": (
        QT_TRANSLATE_NOOP("Errors", "The disk ran out of room at step {step}. The run is kept as it was at step {kept}."),
        QT_TRANSLATE_NOOP("Errors", "Free some space and resume it."),
    ),
    "finetune.diverged": (
        QT_TRANSLATE_NOOP("Errors", "The loss became {loss} at step {step}. The run is kept as it was at step {kept}."),
        QT_TRANSLATE_NOOP("Errors", "Lower the learning rate, or add warm-up steps, and start again."),
    ),
    "finetune.checkpoint_damaged": (
        QT_TRANSLATE_NOOP("Errors", "The checkpoint of step {step} is damaged: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "The one before is used."),
    ),
    "finetune.no_checkpoint": (
        QT_TRANSLATE_NOOP("Errors", "The run {run} has no checkpoint to go on from."),
        QT_TRANSLATE_NOOP("Errors", "Start it again with `lathe finetune`."),
    ),
    "finetune.from_gguf": (
        QT_TRANSLATE_NOOP("Errors", "{base} is quantized ({kind}). Its weights are expanded for training: what was lost stays lost."),
        QT_TRANSLATE_NOOP("Errors", "Where the original in safetensors is to be had, train that."),
    ),
    "finetune.reward_failed": (
        QT_TRANSLATE_NOOP("Errors", "The reward “{name}” failed: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Correct it and resume the run."),
    ),
    "finetune.ray": (
        QT_TRANSLATE_NOOP("Errors", "The cluster cannot be used: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the address, or leave [cluster] out."),
    ),
    "run.unknown": (
        QT_TRANSLATE_NOOP("Errors", "There is no run “{run}”."),
        QT_TRANSLATE_NOOP("Errors", "Run `lathe runs list` to see them."),
    ),
    "run.similar": (
        QT_TRANSLATE_NOOP("Errors", "There is no run “{run}”."),
        QT_TRANSLATE_NOOP("Errors", "Did you mean {names}?"),
    ),
    "run.damaged": (
        QT_TRANSLATE_NOOP("Errors", "The run {run} cannot be read: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Its folder is {path}."),
    ),
    "run.running": (
        QT_TRANSLATE_NOOP("Errors", "The run {run} is going on right now."),
        QT_TRANSLATE_NOOP("Errors", "Wait for its end, or pause it first."),
    ),
    "run.data_changed": (
        QT_TRANSLATE_NOOP("Errors", "The rows of {files} are not those that the run {run} has learned from so far."),
        QT_TRANSLATE_NOOP("Errors", "Put the file back as it was, or start a new run with the new rows."),
    ),
    "run.finished": (
        QT_TRANSLATE_NOOP("Errors", "The run {run} is finished."),
        QT_TRANSLATE_NOOP("Errors", "Raise max_steps in a new recipe to train longer."),
    ),
    "export.method": (
        QT_TRANSLATE_NOOP("Errors", "What “{method}” learns cannot be written as {target}."),
        QT_TRANSLATE_NOOP("Errors", "Export it as {possible}."),
    ),
    "export.type": (
        QT_TRANSLATE_NOOP("Errors", "This cannot be written as {type}."),
        QT_TRANSLATE_NOOP("Errors", "Choose one of {known}."),
    ),
    "export.differs": (
        QT_TRANSLATE_NOOP("Errors", "The export does not agree with the trained model: mean KL divergence {kl}, and {limit} is allowed."),
        QT_TRANSLATE_NOOP("Errors", "The file was removed. This is worth a report."),
    ),
    "edit.fixed": (
        QT_TRANSLATE_NOOP("Errors", "{key} cannot be changed: the places of the tensors depend on it."),
        QT_TRANSLATE_NOOP("Errors", "Leave it as it is; every other key can be edited."),
    ),
    "edit.key": (
        QT_TRANSLATE_NOOP("Errors", "“{key}” is no name of a key."),
        QT_TRANSLATE_NOOP("Errors", "Use letters, digits, dots and underscores, like general.description."),
    ),
    "edit.no_item": (
        QT_TRANSLATE_NOOP("Errors", "{key} has no item {index} to change."),
        QT_TRANSLATE_NOOP("Errors", "Look at the array again; the file may have changed meanwhile."),
    ),
    "edit.split": (
        QT_TRANSLATE_NOOP("Errors", "{path} is a part of a split model, whose parts belong together."),
        QT_TRANSLATE_NOOP("Errors", "Quantizing a split model gives one file; edit that one."),
    ),
    "edit.value": (
        QT_TRANSLATE_NOOP("Errors", "“{value}” cannot be stored as {kind}: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Write another value, or choose another type."),
    ),
    "hub.address": (
        QT_TRANSLATE_NOOP("Errors", "“{address}” is not the address of a hub."),
        QT_TRANSLATE_NOOP("Errors", "Write it like https://huggingface.co, without a key or a question mark."),
    ),
    "hub.answer": (
        QT_TRANSLATE_NOOP("Errors", "{host} answered something that no hub of models says."),
        QT_TRANSLATE_NOOP("Errors", "Check the address of the hub; a proxy or a login page may be in between."),
    ),
    "hub.busy": (
        QT_TRANSLATE_NOOP("Errors", "{host} takes no more requests from here at the moment."),
        QT_TRANSLATE_NOOP("Errors", "Try again in {wait}. With a key of your own the limits are higher."),
    ),
    "hub.checksum": (
        QT_TRANSLATE_NOOP("Errors", "{name} arrived from {host} with other contents than its checksum says."),
        QT_TRANSLATE_NOOP("Errors", "It was thrown away. Try again; if it repeats, ask another mirror, or the publisher."),
    ),
    "hub.choose_file": (
        QT_TRANSLATE_NOOP("Errors", "{repo} offers {count} variants: {names}."),
        QT_TRANSLATE_NOOP("Errors", "Name one, for example with --file '*Q4_K_M*'."),
    ),
    "hub.failed": (
        QT_TRANSLATE_NOOP("Errors", "{host} has a fault of its own (HTTP {status})."),
        QT_TRANSLATE_NOOP("Errors", "Try again in some minutes, or use a mirror."),
    ),
    "hub.file_gone": (
        QT_TRANSLATE_NOOP("Errors", "A file of {repo} is no longer there."),
        QT_TRANSLATE_NOOP("Errors", "Look at the repository's files again; its owner may have changed them."),
    ),
    "hub.forbidden": (
        QT_TRANSLATE_NOOP("Errors", "{host} does not let you have {repo}."),
        QT_TRANSLATE_NOOP("Errors", "Check that your key may read it, and that the repository is not closed."),
    ),
    "hub.gated": (
        QT_TRANSLATE_NOOP("Errors", "{repo} is gated: its owner lets people in one by one."),
        QT_TRANSLATE_NOOP("Errors", "Ask for access at {address}, then give Lathe the key of that account."),
    ),
    "hub.interrupted": (
        QT_TRANSLATE_NOOP("Errors", "The connection to {host} kept breaking off at {percent} of {name}: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "What has arrived is kept: start the download again, and it goes on from there."),
    ),
    "hub.name": (
        QT_TRANSLATE_NOOP("Errors", "“{name}” is not the name of a repository."),
        QT_TRANSLATE_NOOP("Errors", "Write it like bartowski/Qwen3-4B-GGUF."),
    ),
    "hub.no_files": (
        QT_TRANSLATE_NOOP("Errors", "{repo} holds no GGUF and no safetensors files."),
        QT_TRANSLATE_NOOP("Errors", "Other kinds of files, such as pickles, are never fetched. Search for a GGUF version of this model."),
    ),
    "hub.no_keyring": (
        QT_TRANSLATE_NOOP("Errors", "This system has no keyring to keep the key in: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Set the environment variable HF_TOKEN instead."),
    ),
    "hub.no_match": (
        QT_TRANSLATE_NOOP("Errors", "Nothing in {repo} matches “{pattern}”."),
        QT_TRANSLATE_NOOP("Errors", "It has {names}."),
    ),
    "hub.no_repo": (
        QT_TRANSLATE_NOOP("Errors", "{host} has no repository {repo}, or it is private."),
        QT_TRANSLATE_NOOP("Errors", "Check the name. For a private one, give Lathe a key that may read it."),
    ),
    "hub.no_revision": (
        QT_TRANSLATE_NOOP("Errors", "The repository {repo} has no revision “{revision}”."),
        QT_TRANSLATE_NOOP("Errors", "Leave it out for the newest one, or name a branch, tag or commit."),
    ),
    "hub.offline": (
        QT_TRANSLATE_NOOP("Errors", "HF_HUB_OFFLINE is set, so no hub was asked."),
        QT_TRANSLATE_NOOP("Errors", "Unset it and start Lathe again."),
    ),
    "hub.token": (
        QT_TRANSLATE_NOOP("Errors", "{host} does not accept your key."),
        QT_TRANSLATE_NOOP("Errors", "It may have expired: make a new one there and give it to Lathe, or remove the old one."),
    ),
    "hub.too_large": (
        QT_TRANSLATE_NOOP("Errors", "{name} is larger than what a hub sends over plain HTTP (50 GB)."),
        QT_TRANSLATE_NOOP("Errors", "Get it with the tools that {address} names, or choose a variant that is split or smaller."),
    ),
    "hub.trying_again": (
        QT_TRANSLATE_NOOP("Errors", "The connection to {host} broke off ({reason})."),
        QT_TRANSLATE_NOOP("Errors", "It is tried again in {seconds} seconds."),
    ),
    "hub.unreachable": (
        QT_TRANSLATE_NOOP("Errors", "{host} cannot be reached: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the connection to the internet and the address of the hub, or use a mirror."),
    ),
    "addon.failed": (
        QT_TRANSLATE_NOOP("Errors", "The add-on could not be installed: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the connection to the internet, then try again. Nothing has changed so far."),
    ),
    "addon.missing": (
        QT_TRANSLATE_NOOP("Errors", "{package} is not installed; it is part of the training stack."),
        QT_TRANSLATE_NOOP("Errors", "Install it on the page Fine-tune, or with `{command}`."),
    ),
    "addon.no_pip": (
        QT_TRANSLATE_NOOP("Errors", "This Python has no pip, which fetches the packages of an add-on."),
        QT_TRANSLATE_NOOP("Errors", "Install pip for it (on Debian and Ubuntu: sudo apt-get install python3-pip), then try again."),
    ),
    "data.format": (
        QT_TRANSLATE_NOOP("Errors", "{path} is of no kind that holds rows to train on."),
        QT_TRANSLATE_NOOP("Errors", "Lathe reads JSON, JSONL, CSV, TSV, Parquet and text files."),
    ),
    "data.unreadable": (
        QT_TRANSLATE_NOOP("Errors", "{path} cannot be used as a data set: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Open it in an editor and correct that place."),
    ),
    "data.empty": (
        QT_TRANSLATE_NOOP("Errors", "{path} holds no rows."),
        QT_TRANSLATE_NOOP("Errors", "Choose a file with at least one row."),
    ),
    "data.all_broken": (
        QT_TRANSLATE_NOOP("Errors", "None of the {count} lines of {path} can be read; line {line}: {problem}."),
        QT_TRANSLATE_NOOP("Errors", "Check that the file is what its name says: JSONL has one complete JSON object on each line."),
    ),
    "data.changed": (
        QT_TRANSLATE_NOOP("Errors", "{path} has been changed or removed since it was read."),
        QT_TRANSLATE_NOOP("Errors", "Read it again; the earlier version stays in the list of versions."),
    ),
    "data.needs_package": (
        QT_TRANSLATE_NOOP("Errors", "{path} needs {package} to be read, which comes with the training stack and is not installed."),
        QT_TRANSLATE_NOOP("Errors", "Install the training stack, or save the data as JSONL or CSV."),
    ),
    "data.columns": (
        QT_TRANSLATE_NOOP("Errors", "Nobody can tell what the columns of {path} mean: {columns}."),
        QT_TRANSLATE_NOOP("Errors", "Say which column is what, or rename them: messages, conversations, instruction and output, text, prompt with chosen and rejected, or prompt, completion and label."),
    ),
    "data.no_column": (
        QT_TRANSLATE_NOOP("Errors", "The format {format} needs a column for {field}."),
        QT_TRANSLATE_NOOP("Errors", "The columns there are: {columns}."),
    ),
    "data.no_row": (
        QT_TRANSLATE_NOOP("Errors", "There is no row {number}: there are {count}."),
        QT_TRANSLATE_NOOP("Errors", "Rows are counted from 1."),
    ),
    "data.nothing_trained": (
        QT_TRANSLATE_NOOP("Errors", "No row of {path} has anything that would be trained: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the columns, the roles, and the longest row that is allowed."),
    ),
    "data.no_chats": (
        QT_TRANSLATE_NOOP("Errors", "None of the chosen chats has an answer to learn from."),
        QT_TRANSLATE_NOOP("Errors", "Choose other chats, or other answers."),
    ),
    "cli.usage": (
        QT_TRANSLATE_NOOP("Errors", "{reason}."),
        QT_TRANSLATE_NOOP("Errors", "Run `lathe {command} --help` for the options."),
    ),
    "cli.no_prompt": (
        QT_TRANSLATE_NOOP("Errors", "There is no message to answer: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Give one with --prompt TEXT, or --prompt - to read it from stdin."),
    ),
    "cli.engine_died": (
        QT_TRANSLATE_NOOP("Errors", "The engine process stopped unexpectedly ({reason})."),
        QT_TRANSLATE_NOOP("Errors", "What was written so far is kept. Run the command again; if it repeats, try a smaller context."),
    ),
    "cli.disk_full": (
        QT_TRANSLATE_NOOP("Errors", "The disk is full: the chat could not be saved."),
        QT_TRANSLATE_NOOP("Errors", "Free some space and run the command again."),
    ),
    "cli.output": (
        QT_TRANSLATE_NOOP("Errors", "The output cannot be written: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Check the folder and the free space there, or write it somewhere else."),
    ),
}
