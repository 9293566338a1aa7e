"""Settings of a recipe in words. Written by packaging/setting_texts.py: do not edit."""

# ruff: noqa: E501
# fmt: off
from app.i18n.marks import QT_TRANSLATE_NOOP

SETTING_TEXTS: dict[str, tuple[str, str]] = {
    "base": (
        QT_TRANSLATE_NOOP("Recipe", "Base model"),
        QT_TRANSLATE_NOOP("Recipe", "A name of the library, a GGUF file, or a folder."),
    ),
    "data": (
        QT_TRANSLATE_NOOP("Recipe", "Data"),
        QT_TRANSLATE_NOOP("Recipe", "The file with the rows, or several of them."),
    ),
    "method": (
        QT_TRANSLATE_NOOP("Recipe", "Method"),
        QT_TRANSLATE_NOOP("Recipe", "Which weights are learned."),
    ),
    "objective": (
        QT_TRANSLATE_NOOP("Recipe", "Objective"),
        QT_TRANSLATE_NOOP("Recipe", "What it learns from."),
    ),
    "name": (
        QT_TRANSLATE_NOOP("Recipe", "Name"),
        QT_TRANSLATE_NOOP("Recipe", "What the run is called."),
    ),
    "notes": (
        QT_TRANSLATE_NOOP("Recipe", "Notes"),
        QT_TRANSLATE_NOOP("Recipe", "For you."),
    ),
    "tags": (
        QT_TRANSLATE_NOOP("Recipe", "Tags"),
        QT_TRANSLATE_NOOP("Recipe", "For you."),
    ),
    "license": (
        QT_TRANSLATE_NOOP("Recipe", "Licence"),
        QT_TRANSLATE_NOOP("Recipe", "Of the result; it has to fit those of the base and of the data."),
    ),
    "lora.r": (
        QT_TRANSLATE_NOOP("Recipe", "Rank"),
        QT_TRANSLATE_NOOP("Recipe", "How many directions each layer may change in. More can learn more and takes more memory."),
    ),
    "lora.alpha": (
        QT_TRANSLATE_NOOP("Recipe", "Alpha"),
        QT_TRANSLATE_NOOP("Recipe", "How strongly the change counts: it is multiplied by alpha/r (alpha/√r for rsLoRA)."),
    ),
    "lora.dropout": (
        QT_TRANSLATE_NOOP("Recipe", "Dropout"),
        QT_TRANSLATE_NOOP("Recipe", "Share of inputs left out at random while training, against learning by heart. Above 0 the slower general path trains."),
    ),
    "lora.target_modules": (
        QT_TRANSLATE_NOOP("Recipe", "Layers"),
        QT_TRANSLATE_NOOP("Recipe", "Names of the layers that are changed, as in PEFT; “all-linear” takes all but the output head."),
    ),
    "adalora.init_r": (
        QT_TRANSLATE_NOOP("Recipe", "Rank at the start"),
        QT_TRANSLATE_NOOP("Recipe", "The rank of every layer before pruning."),
    ),
    "adalora.target_r": (
        QT_TRANSLATE_NOOP("Recipe", "Rank at the end"),
        QT_TRANSLATE_NOOP("Recipe", "The average rank that remains."),
    ),
    "adalora.alpha": (
        QT_TRANSLATE_NOOP("Recipe", "Alpha"),
        QT_TRANSLATE_NOOP("Recipe", "How strongly the change counts."),
    ),
    "adalora.tinit": (
        QT_TRANSLATE_NOOP("Recipe", "Steps before pruning"),
        QT_TRANSLATE_NOOP("Recipe", "Steps in which no rank is taken away."),
    ),
    "adalora.tfinal": (
        QT_TRANSLATE_NOOP("Recipe", "Steps after pruning"),
        QT_TRANSLATE_NOOP("Recipe", "Steps at the end with the ranks as they then are."),
    ),
    "adalora.deltaT": (
        QT_TRANSLATE_NOOP("Recipe", "Steps between two prunings"),
        QT_TRANSLATE_NOOP("Recipe", "How often ranks are given out anew."),
    ),
    "adalora.orth_reg_weight": (
        QT_TRANSLATE_NOOP("Recipe", "Orthogonality"),
        QT_TRANSLATE_NOOP("Recipe", "Weight of the term that keeps directions apart."),
    ),
    "adalora.target_modules": (
        QT_TRANSLATE_NOOP("Recipe", "Layers"),
        QT_TRANSLATE_NOOP("Recipe", "Names of the layers that are changed, as in PEFT."),
    ),
    "qlora.bnb_4bit_quant_type": (
        QT_TRANSLATE_NOOP("Recipe", "4-bit type"),
        QT_TRANSLATE_NOOP("Recipe", "NF4 suits weights; FP4 is the plain floating-point kind."),
    ),
    "qlora.bnb_4bit_use_double_quant": (
        QT_TRANSLATE_NOOP("Recipe", "Quantize twice"),
        QT_TRANSLATE_NOOP("Recipe", "Store the scales smaller too: 0.4 bits a weight less."),
    ),
    "ia3.target_modules": (
        QT_TRANSLATE_NOOP("Recipe", "Layers"),
        QT_TRANSLATE_NOOP("Recipe", "Names of the layers that are scaled."),
    ),
    "ia3.feedforward_modules": (
        QT_TRANSLATE_NOOP("Recipe", "Feed-forward layers"),
        QT_TRANSLATE_NOOP("Recipe", "Those of them whose input is scaled, not the output."),
    ),
    "prefix.num_virtual_tokens": (
        QT_TRANSLATE_NOOP("Recipe", "Virtual tokens"),
        QT_TRANSLATE_NOOP("Recipe", "Length of the learned prefix."),
    ),
    "prefix.prefix_projection": (
        QT_TRANSLATE_NOOP("Recipe", "Projection"),
        QT_TRANSLATE_NOOP("Recipe", "Learn the prefix through a small network; steadier, larger."),
    ),
    "prefix.encoder_hidden_size": (
        QT_TRANSLATE_NOOP("Recipe", "Projection size"),
        QT_TRANSLATE_NOOP("Recipe", "Width of that network."),
    ),
    "prompt.num_virtual_tokens": (
        QT_TRANSLATE_NOOP("Recipe", "Virtual tokens"),
        QT_TRANSLATE_NOOP("Recipe", "Length of the learned prompt."),
    ),
    "prompt.prompt_tuning_init_text": (
        QT_TRANSLATE_NOOP("Recipe", "Start from"),
        QT_TRANSLATE_NOOP("Recipe", "A text whose embeddings the prompt starts from; empty: random."),
    ),
    "p-tuning.num_virtual_tokens": (
        QT_TRANSLATE_NOOP("Recipe", "Virtual tokens"),
        QT_TRANSLATE_NOOP("Recipe", "Length of the learned prompt."),
    ),
    "p-tuning.encoder_reparameterization_type": (
        QT_TRANSLATE_NOOP("Recipe", "Network"),
        QT_TRANSLATE_NOOP("Recipe", "What writes the prompt."),
    ),
    "p-tuning.encoder_hidden_size": (
        QT_TRANSLATE_NOOP("Recipe", "Network size"),
        QT_TRANSLATE_NOOP("Recipe", "Width of that network."),
    ),
    "adapter.bottleneck": (
        QT_TRANSLATE_NOOP("Recipe", "Bottleneck"),
        QT_TRANSLATE_NOOP("Recipe", "Width of the narrow layers."),
    ),
    "adapter.activation": (
        QT_TRANSLATE_NOOP("Recipe", "Activation"),
        QT_TRANSLATE_NOOP("Recipe", "Between the two narrow layers."),
    ),
    "adapter.after_attention": (
        QT_TRANSLATE_NOOP("Recipe", "After attention"),
        QT_TRANSLATE_NOOP("Recipe", "Put one adapter after each attention."),
    ),
    "adapter.after_feed_forward": (
        QT_TRANSLATE_NOOP("Recipe", "After the feed-forward"),
        QT_TRANSLATE_NOOP("Recipe", "Put one adapter after each feed-forward."),
    ),
    "dpo.beta": (
        QT_TRANSLATE_NOOP("Recipe", "Beta"),
        QT_TRANSLATE_NOOP("Recipe", "How closely the model stays to the one it started from."),
    ),
    "dpo.label_smoothing": (
        QT_TRANSLATE_NOOP("Recipe", "Label smoothing"),
        QT_TRANSLATE_NOOP("Recipe", "Share of preferences taken to be wrong."),
    ),
    "dpo.loss_type": (
        QT_TRANSLATE_NOOP("Recipe", "Loss"),
        QT_TRANSLATE_NOOP("Recipe", "Sigmoid is DPO as published."),
    ),
    "kto.beta": (
        QT_TRANSLATE_NOOP("Recipe", "Beta"),
        QT_TRANSLATE_NOOP("Recipe", "How closely the model stays to the one it started from."),
    ),
    "kto.desirable_weight": (
        QT_TRANSLATE_NOOP("Recipe", "Weight of good answers"),
        QT_TRANSLATE_NOOP("Recipe", "Their weight in the loss."),
    ),
    "kto.undesirable_weight": (
        QT_TRANSLATE_NOOP("Recipe", "Weight of bad answers"),
        QT_TRANSLATE_NOOP("Recipe", "Their weight in the loss."),
    ),
    "orpo.beta": (
        QT_TRANSLATE_NOOP("Recipe", "Beta"),
        QT_TRANSLATE_NOOP("Recipe", "Weight of the preference beside the likelihood of the answer."),
    ),
    "reward.center_rewards_coefficient": (
        QT_TRANSLATE_NOOP("Recipe", "Centring"),
        QT_TRANSLATE_NOOP("Recipe", "Pulls the scores towards an average of 0; 0 does not."),
    ),
    "grpo.rewards": (
        QT_TRANSLATE_NOOP("Recipe", "Rewards"),
        QT_TRANSLATE_NOOP("Recipe", "What good replies are."),
    ),
    "grpo.num_generations": (
        QT_TRANSLATE_NOOP("Recipe", "Replies to a prompt"),
        QT_TRANSLATE_NOOP("Recipe", "They are compared with each other."),
    ),
    "grpo.max_completion_length": (
        QT_TRANSLATE_NOOP("Recipe", "Longest reply"),
        QT_TRANSLATE_NOOP("Recipe", "In tokens."),
    ),
    "grpo.temperature": (
        QT_TRANSLATE_NOOP("Recipe", "Temperature"),
        QT_TRANSLATE_NOOP("Recipe", "How freely replies are sampled."),
    ),
    "grpo.beta": (
        QT_TRANSLATE_NOOP("Recipe", "Beta"),
        QT_TRANSLATE_NOOP("Recipe", "Weight of the divergence from the model at the start."),
    ),
    "grpo.scale_rewards": (
        QT_TRANSLATE_NOOP("Recipe", "Scale"),
        QT_TRANSLATE_NOOP("Recipe", "GRPO: divide advantages by the spread within a prompt."),
    ),
    "rloo.rewards": (
        QT_TRANSLATE_NOOP("Recipe", "Rewards"),
        QT_TRANSLATE_NOOP("Recipe", "What good replies are."),
    ),
    "rloo.num_generations": (
        QT_TRANSLATE_NOOP("Recipe", "Replies to a prompt"),
        QT_TRANSLATE_NOOP("Recipe", "They are compared with each other."),
    ),
    "rloo.max_completion_length": (
        QT_TRANSLATE_NOOP("Recipe", "Longest reply"),
        QT_TRANSLATE_NOOP("Recipe", "In tokens."),
    ),
    "rloo.temperature": (
        QT_TRANSLATE_NOOP("Recipe", "Temperature"),
        QT_TRANSLATE_NOOP("Recipe", "How freely replies are sampled."),
    ),
    "rloo.beta": (
        QT_TRANSLATE_NOOP("Recipe", "Beta"),
        QT_TRANSLATE_NOOP("Recipe", "Weight of the divergence from the model at the start."),
    ),
    "rloo.scale_rewards": (
        QT_TRANSLATE_NOOP("Recipe", "Scale"),
        QT_TRANSLATE_NOOP("Recipe", "GRPO: divide advantages by the spread within a prompt."),
    ),
    "train.max_steps": (
        QT_TRANSLATE_NOOP("Recipe", "Steps"),
        QT_TRANSLATE_NOOP("Recipe", "How often the weights change; 0: as many as the epochs need."),
    ),
    "train.num_train_epochs": (
        QT_TRANSLATE_NOOP("Recipe", "Epochs"),
        QT_TRANSLATE_NOOP("Recipe", "How often every row is seen, where no number of steps is given."),
    ),
    "train.batch_size": (
        QT_TRANSLATE_NOOP("Recipe", "Batch size"),
        QT_TRANSLATE_NOOP("Recipe", "Rows in memory at once. With packing: packed rows."),
    ),
    "train.gradient_accumulation_steps": (
        QT_TRANSLATE_NOOP("Recipe", "Batches to a step"),
        QT_TRANSLATE_NOOP("Recipe", "Batches that are added up before each step."),
    ),
    "train.max_length": (
        QT_TRANSLATE_NOOP("Recipe", "Longest row"),
        QT_TRANSLATE_NOOP("Recipe", "In tokens; what is longer is cut off at the end."),
    ),
    "train.packing": (
        QT_TRANSLATE_NOOP("Recipe", "Packing"),
        QT_TRANSLATE_NOOP("Recipe", "Put short rows together up to the longest length. They do not see each other."),
    ),
    "train.learning_rate": (
        QT_TRANSLATE_NOOP("Recipe", "Learning rate"),
        QT_TRANSLATE_NOOP("Recipe", "How far each step goes. Too high forgets and diverges, too low learns nothing."),
    ),
    "train.lr_scheduler_type": (
        QT_TRANSLATE_NOOP("Recipe", "Schedule"),
        QT_TRANSLATE_NOOP("Recipe", "How the learning rate falls after the warm-up."),
    ),
    "train.warmup_steps": (
        QT_TRANSLATE_NOOP("Recipe", "Warm-up steps"),
        QT_TRANSLATE_NOOP("Recipe", "Steps in which the learning rate rises from 0."),
    ),
    "train.warmup_ratio": (
        QT_TRANSLATE_NOOP("Recipe", "Warm-up share"),
        QT_TRANSLATE_NOOP("Recipe", "The same as a share of all steps, if steps is 0."),
    ),
    "train.weight_decay": (
        QT_TRANSLATE_NOOP("Recipe", "Weight decay"),
        QT_TRANSLATE_NOOP("Recipe", "Pulls weights (not norms or biases) to 0."),
    ),
    "train.max_grad_norm": (
        QT_TRANSLATE_NOOP("Recipe", "Clipping"),
        QT_TRANSLATE_NOOP("Recipe", "Longer gradients are shortened; 0 does not."),
    ),
    "train.adam_beta1": (
        QT_TRANSLATE_NOOP("Recipe", "Adam β₁"),
        QT_TRANSLATE_NOOP("Recipe", "Memory of the mean gradient."),
    ),
    "train.adam_beta2": (
        QT_TRANSLATE_NOOP("Recipe", "Adam β₂"),
        QT_TRANSLATE_NOOP("Recipe", "Memory of the squared gradient."),
    ),
    "train.adam_epsilon": (
        QT_TRANSLATE_NOOP("Recipe", "Adam ε"),
        QT_TRANSLATE_NOOP("Recipe", "Keeps the division of Adam finite."),
    ),
    "train.seed": (
        QT_TRANSLATE_NOOP("Recipe", "Seed"),
        QT_TRANSLATE_NOOP("Recipe", "The same seed gives the same run on the same machine."),
    ),
    "train.precision": (
        QT_TRANSLATE_NOOP("Recipe", "Precision"),
        QT_TRANSLATE_NOOP("Recipe", "auto: bf16 where it is faster here and learns as well, else fp32."),
    ),
    "train.gradient_checkpointing": (
        QT_TRANSLATE_NOOP("Recipe", "Recompute"),
        QT_TRANSLATE_NOOP("Recipe", "Keep less in memory and compute it twice: a third slower."),
    ),
    "train.threads": (
        QT_TRANSLATE_NOOP("Recipe", "Threads"),
        QT_TRANSLATE_NOOP("Recipe", "0: one a physical core."),
    ),
    "train.loss_on": (
        QT_TRANSLATE_NOOP("Recipe", "Learn from"),
        QT_TRANSLATE_NOOP("Recipe", "answer: the model learns to write the answers. all: prompts, too."),
    ),
    "train.eval_steps": (
        QT_TRANSLATE_NOOP("Recipe", "Steps between evaluations"),
        QT_TRANSLATE_NOOP("Recipe", "0: about ten times in the run."),
    ),
    "train.eval_rows": (
        QT_TRANSLATE_NOOP("Recipe", "Rows to evaluate on"),
        QT_TRANSLATE_NOOP("Recipe", "At most so many of the held-out rows."),
    ),
    "train.save_steps": (
        QT_TRANSLATE_NOOP("Recipe", "Steps between checkpoints"),
        QT_TRANSLATE_NOOP("Recipe", "0: about every two minutes, and at the end."),
    ),
    "train.save_total_limit": (
        QT_TRANSLATE_NOOP("Recipe", "Checkpoints kept"),
        QT_TRANSLATE_NOOP("Recipe", "Older ones are removed."),
    ),
    "train.early_stopping_patience": (
        QT_TRANSLATE_NOOP("Recipe", "Patience"),
        QT_TRANSLATE_NOOP("Recipe", "Stop after so many evaluations without improvement; 0: never."),
    ),
    "train.early_stopping_threshold": (
        QT_TRANSLATE_NOOP("Recipe", "Improvement"),
        QT_TRANSLATE_NOOP("Recipe", "What counts as one, in nats of held-out loss."),
    ),
    "train.engine": (
        QT_TRANSLATE_NOOP("Recipe", "Path"),
        QT_TRANSLATE_NOOP("Recipe", "auto: Lathe's own loop where it fits, else transformers and PEFT."),
    ),
    "dataset.format": (
        QT_TRANSLATE_NOOP("Recipe", "Format"),
        QT_TRANSLATE_NOOP("Recipe", "auto recognises messages, Alpaca, ShareGPT, text, preferences, KTO."),
    ),
    "dataset.columns": (
        QT_TRANSLATE_NOOP("Recipe", "Columns"),
        QT_TRANSLATE_NOOP("Recipe", "Where they are not recognised: role = column."),
    ),
    "dataset.held_out": (
        QT_TRANSLATE_NOOP("Recipe", "Held out"),
        QT_TRANSLATE_NOOP("Recipe", "Share of the rows that is never trained on, to see whether it helps elsewhere."),
    ),
    "dataset.held_out_data": (
        QT_TRANSLATE_NOOP("Recipe", "Held-out file"),
        QT_TRANSLATE_NOOP("Recipe", "Rows of their own instead of a share."),
    ),
    "dataset.split_seed": (
        QT_TRANSLATE_NOOP("Recipe", "Seed of the split"),
        QT_TRANSLATE_NOOP("Recipe", "Which rows these are."),
    ),
    "dataset.limit": (
        QT_TRANSLATE_NOOP("Recipe", "At most"),
        QT_TRANSLATE_NOOP("Recipe", "Use only the first rows; 0: all."),
    ),
    "probe.prompts": (
        QT_TRANSLATE_NOOP("Recipe", "Probe prompts"),
        QT_TRANSLATE_NOOP("Recipe", "Answered again and again, to see what changes."),
    ),
    "probe.every": (
        QT_TRANSLATE_NOOP("Recipe", "Steps between"),
        QT_TRANSLATE_NOOP("Recipe", "0: with every evaluation."),
    ),
    "probe.max_new_tokens": (
        QT_TRANSLATE_NOOP("Recipe", "Longest answer"),
        QT_TRANSLATE_NOOP("Recipe", "In tokens."),
    ),
    "probe.rows": (
        QT_TRANSLATE_NOOP("Recipe", "Watched rows"),
        QT_TRANSLATE_NOOP("Recipe", "Held-out rows whose loss is shown token by token, from 0."),
    ),
    "cluster.address": (
        QT_TRANSLATE_NOOP("Recipe", "Ray address"),
        QT_TRANSLATE_NOOP("Recipe", "host:port of its head, auto for a cluster that this machine is part of, local for processes of this machine; empty: no cluster."),
    ),
    "cluster.num_workers": (
        QT_TRANSLATE_NOOP("Recipe", "Workers"),
        QT_TRANSLATE_NOOP("Recipe", "Processes that share each batch."),
    ),
}
